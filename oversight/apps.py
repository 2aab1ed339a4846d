from django.apps import AppConfig


class OversightConfig(AppConfig):
    """The corregedor's desk: signs of misuse, cases, verdicts."""

    name = "oversight"
    verbose_name = "Corregedoria"
