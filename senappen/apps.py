from django.apps import AppConfig


class SenappenConfig(AppConfig):
    """The project's own management commands."""

    name = "senappen"
    verbose_name = "Plataforma"
