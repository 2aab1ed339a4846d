from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps

# Whoever sends a task must know the application that carries it. Not in the package itself: processes without Django
# read its leaves, and would wait for Celery.
from senappen import celery, checks  # noqa: F401 known by being imported


class SenappenConfig(AppConfig):
    """The project's own management commands."""

    name = "senappen"
    verbose_name = "Plataforma"
    default = True


class AuditedAdminConfig(admin_apps.AdminConfig):
    """Django's admin with our site in place of its own."""

    default = False
    default_site = "senappen.admin_site.AuditedSite"
