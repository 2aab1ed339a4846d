from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps


class SenappenConfig(AppConfig):
    """The project's own management commands."""

    name = "senappen"
    verbose_name = "Plataforma"
    default = True


class AuditedAdminConfig(admin_apps.AdminConfig):
    """Django's admin with our site in place of its own."""

    default = False
    default_site = "senappen.admin_site.AuditedSite"
