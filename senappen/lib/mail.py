"""Letters by e-mail that nothing waits for: one that does not go is logged, and stops nobody."""

import logging
from collections.abc import Iterable
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import send_mail

logger = logging.getLogger(__name__)


def post(subject: str, body: str, addresses: Iterable[str], *, about: str) -> int:
    """Send each address, empty ones aside, a message of its own; how many went.

    `about` names what it is about in the log, without anybody's name. Servers' answers are not logged: they repeat
    addresses.
    """
    return sum(_went(subject, body, address, about) for address in addresses if address)


def _went(subject: str, body: str, address: str, about: str) -> bool:
    try:
        return send_mail(subject, body, settings.DEFAULT_FROM_EMAIL, [address]) == 1
    except (OSError, SMTPException) as error:
        logger.error("%s: e-mail not sent: %s", about, type(error).__name__)
        return False
