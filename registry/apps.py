from django.apps import AppConfig


class RegistryConfig(AppConfig):
    """Records, persons, custody, movements and links."""

    name = "registry"
    verbose_name = "Base nacional"
