"""What beat and the workers run. Thin and idempotent: running one twice, or twice at once, is harmless."""

from datetime import UTC, datetime

from celery import shared_task

from audit.events import system
from ingestion.models import Source
from ingestion.pipeline.run import run
from ingestion.services import loads, schemas


@shared_task(name="ingestion.start_due_loads")
def start_due_loads() -> None:
    """Every minute: open the loads whose time has come, and call a worker for every unfinished one."""
    now = datetime.now(UTC)
    for source in loads.due(now):
        loads.start(source=source, by=system("ingestion.start_due_loads"))
    for source_id in loads.waiting(now):
        loads.enqueue(source_id)


@shared_task(name=loads.TASK)
def load_source(source_id: int) -> None:
    """Go on with the source's unfinished load, if there is one and no other worker has it."""
    load = loads.unfinished(source_id)
    if load is not None:
        run(load)


@shared_task(name="ingestion.note_schemas")
def note_schemas() -> None:
    """Every day: note what each enabled source's views look like. One out of reach waits for tomorrow."""
    for source in Source.objects.select_related("origin", "mapping").filter(enabled=True):
        schemas.look(source=source, by=system("ingestion.note_schemas"))
