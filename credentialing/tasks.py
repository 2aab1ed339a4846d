"""What workers do about people: ask for their conduct, close what is not used or not attested."""

from celery import shared_task

from audit.events import system
from credentialing.people import lifecycle
from credentialing.requests import checking

CHECK = "credentialing.check_conduct"
IDLE = "credentialing.close_idle"
UNATTESTED = "credentialing.close_unattested"


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
