"""What beat and the workers run of the registry. Idempotent: running one twice, or twice at once, is harmless."""

from celery import current_app, shared_task
from django.utils import timezone

from audit.events import system
from registry.services import figures, findings, sealing, search_documents
from registry.services.reviewing.sampling import sample
from registry.services.search_documents import pairing

CHECK = "registry.check_findings"
CHECK_ALL = "registry.check_all_findings"
SAMPLE = "registry.sample_reviews"
FIGURES = "registry.build_figures"
CHECK_FIGURES = "registry.check_figures"
EXPIRE = "registry.expire_seals"
PAIR = "registry.pair_names"
# Loads wait for workers too: a long check takes turns with them.
TURN_SECONDS = 120
QUEUE = "loads.long"


@shared_task(name=CHECK)
def check_findings() -> None:
    """Every minute: one turn of checking what loads touched, and a call for the next while there is something left."""
    if not findings.check(by=system(CHECK), seconds=TURN_SECONDS).finished:
        current_app.send_task(CHECK, queue=QUEUE)


@shared_task(name=CHECK_ALL)
def check_all_findings() -> None:
    """Every week: everything, since some rules look at today's date, and to prove that nothing was missed."""
    if findings.all_due(timezone.now()):
        findings.check_all(by=system(CHECK_ALL))


@shared_task(name=SAMPLE)
def sample_reviews() -> None:
    """Every day: a share of what is settled goes into the review queue again."""
    sample(by=system(SAMPLE))


@shared_task(name=FIGURES)
def build_figures() -> None:
    """Every ten minutes: the statistics of the days that loads touched, and of days never counted."""
    if not figures.build_due(by=system(FIGURES), seconds=TURN_SECONDS):
        current_app.send_task(FIGURES, queue=QUEUE)


@shared_task(name=CHECK_FIGURES)
def check_figures() -> None:
    """Every hour, on the queue of long work: once a day, two days' statistics are counted again and compared."""
    figures.check_due(timezone.now())


@shared_task(name=EXPIRE)
def expire_seals() -> None:
    """Every minute: whoever no seal hides any more comes back, and whoever one hides is hidden."""
    sealing.expire()


@shared_task(name=PAIR)
def pair_names(keys: list[int] | None = None, after: int = 0) -> None:
    """Every day, on the queue of long work: the vocabulary counted anew, and one turn of telling pairs of words that
    became common; a call for the next turn while there is something left.
    """
    rest = pairing.Rest(tuple(keys), after) if keys else None
    if rest is None:
        search_documents.refresh_frequencies()
    if left := pairing.pair(rest, seconds=TURN_SECONDS):
        current_app.send_task(PAIR, [left.keys, left.after], queue=QUEUE)
