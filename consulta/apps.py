from django.apps import AppConfig


class ConsultaConfig(AppConfig):
    """Search, profile, units: the agents' screens and API."""

    name = "consulta"
    verbose_name = "Consulta"
