from django.apps import AppConfig


class CredentialingConfig(AppConfig):
    """Agencies, users, roles and declared purposes."""

    name = "credentialing"
    verbose_name = "Credenciamento"
