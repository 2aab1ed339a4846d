from django.apps import AppConfig


class AuditConfig(AppConfig):
    """The append-only record of accesses and changes."""

    name = "audit"
    verbose_name = "Auditoria"
