"""What workers do about people and agencies: ask for conduct, close what is not used, not attested or past its term."""

from datetime import datetime

from celery import shared_task
from django.utils import timezone

from audit.events import system
from credentialing.adhesion import expiry
from credentialing.people import lifecycle
from credentialing.reports import making
from credentialing.requests import checking
from credentialing.requests.asking import CHECK
from credentialing.services import letters
from credentialing.services.letters import Letter

IDLE = "credentialing.close_idle"
UNATTESTED = "credentialing.close_unattested"
TERMS = "credentialing.look_at_terms"
REPORTS = "credentialing.prepare_reports"


@shared_task(name=CHECK)
def check_conduct() -> None:
    """Ask the conduct service about the requests whose time has come."""
    checking.check_due(by=system(CHECK))


@shared_task(name=IDLE)
def close_idle() -> None:
    """Tell those who have nearly been idle too long, and close the accounts of those who have."""
    lifecycle.close_idle(by=system(IDLE))


@shared_task(name=UNATTESTED)
def close_unattested() -> None:
    """Close the accounts whose agency did not attest them in time."""
    lifecycle.close_unattested(by=system(UNATTESTED))


@shared_task(name=TERMS)
def look_at_terms() -> None:
    """Every hour: agencies whose term comes to its end are warned, those at it closed."""
    expiry.look(now=timezone.now(), by=system(TERMS))


@shared_task(name=REPORTS)
def prepare_reports() -> None:
    """Every six hours: last month's reports of the agencies for which nobody prepared them."""
    making.prepare_due(by=system(REPORTS))


@shared_task(name=letters.SEND, autoretry_for=(letters.NotSent,), retry_backoff=60, max_retries=6)
def send_letter(account: int, letter: str, at: str, session: str = "") -> None:
    """Tell an account's owner, or the corregedores, what became of it; `at` in ISO 8601. Tried for about an hour."""
    letters.send(account, Letter(letter), datetime.fromisoformat(at), session)
