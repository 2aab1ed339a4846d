from django.apps import AppConfig


class IngestionConfig(AppConfig):
    """Sources, loads and quarantine."""

    name = "ingestion"
    verbose_name = "Cargas"
