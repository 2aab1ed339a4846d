"""The project that composes the apps: settings, routes, processes. No app imports it, except `senappen.lib`."""

# Whoever sends a task must know the application that carries it.
from senappen.celery import app as celery_app

__all__ = ["celery_app"]
