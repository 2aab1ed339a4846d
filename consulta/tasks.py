"""What beat and the workers run of the consultation. Idempotent: running one twice, or twice at once, is harmless."""

from celery import shared_task

from consulta.work.follows import digest, watching

LOOK = "consulta.look_at_follows"
DIGESTS = "consulta.send_digests"


@shared_task(name=LOOK)
def look_at_follows() -> None:
    """Every two minutes: what loads and judgements made known of whom is followed."""
    watching.look()


@shared_task(name=DIGESTS)
def send_digests() -> None:
    """Every quarter of an hour: e-mail those who asked for it how many notices wait."""
    digest.send()
