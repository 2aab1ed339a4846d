"""Signs of life of the loads' clock and of the workers."""

from datetime import datetime, timedelta

from celery import current_app

from ingestion.models import Heartbeat

CLOCK = "relógio"
# Both tell every minute; one that missed this many is taken for dead.
SILENCE = timedelta(minutes=5)
FORGOTTEN = timedelta(days=1)
ANSWER_S = 1.0


def tell(name: str, now: datetime, queues: list[str] | None = None) -> None:
    """This process is alive."""
    Heartbeat.objects.update_or_create(name=name, defaults={"seen_at": now, "queues": queues or []})


def ask_workers(now: datetime) -> int:
    """Ask every worker which queues it takes, and note those that answer; how many. Long gone ones are forgotten."""
    found = current_app.control.inspect(timeout=ANSWER_S).active_queues() or {}
    for name, queues in found.items():
        tell(name, now, sorted(queue["name"] for queue in queues))
    Heartbeat.objects.filter(seen_at__lt=now - FORGOTTEN).exclude(name=CLOCK).delete()
    return len(found)


def clock_alive(now: datetime) -> bool:
    """Whether loads are being opened."""
    return Heartbeat.objects.filter(name=CLOCK, seen_at__gt=now - SILENCE).exists()


def worker_alive(queue: str, now: datetime) -> bool:
    """Whether some worker takes tasks of this queue."""
    return Heartbeat.objects.filter(queues__contains=[queue], seen_at__gt=now - SILENCE).exists()
