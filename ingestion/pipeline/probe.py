"""A probe of a source whose breaker is open."""

from django.db import transaction

from ingestion.models import Source
from ingestion.pipeline.work import sole_worker
from ingestion.problems import describe
from ingestion.services import breakers
from ingestion.transports.probing import probe


def run_probe(source_id: int) -> bool:
    """Try the source's door; whether its load may be tried again. Harmless when a worker has the source."""
    source = Source.objects.select_related("origin", "mapping").filter(pk=source_id, enabled=True).first()
    if source is None or not source.encrypted_credentials or not breakers.holds(source_id):
        return False
    with sole_worker(source_id) as alone:
        if not alone:
            return False
        found, reference = None, ""
        try:
            probe(source)
        except Exception as error:  # noqa: BLE001 whatever it is, the breaker stays open and says why
            found, (_, reference) = error, describe(error)
        with transaction.atomic():
            breakers.after_probe(source, found, reference)
    return found is None
