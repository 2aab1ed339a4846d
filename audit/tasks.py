"""Housekeeping of the events' table, and the signatures that keep it honest."""

import logging

from celery import shared_task
from django.conf import settings
from django.core.mail import send_mail
from django.db import connection

from audit import checkpoints

logger = logging.getLogger("audit")
MONTHS_AHEAD = 3


@shared_task(name="audit.ensure_partitions")
def ensure_partitions() -> int:
    """Create the partitions of this and the coming months; how many were made. Harmless when repeated."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT audit_ensure_partitions(%s)", [MONTHS_AHEAD])
        row: tuple[int] = cursor.fetchone()
    return row[0]


@shared_task(name="audit.sign_checkpoint")
def sign_checkpoint() -> int | None:
    """Every minute: sign the chains and hand the signature out; its number, None when nothing moved."""
    try:
        made = checkpoints.sign()
    except checkpoints.ChainBroken as broken:
        logger.critical("audit chain broken, nothing signed: %s", broken)
        _tell(settings.ALERT_EMAILS, "AUDITORIA ADULTERADA", f"{broken}.\n\nNada foi assinado. Veja auditoria.md.")
        raise
    checkpoints.hand_out()
    return made.number if made else None


@shared_task(name="audit.mail_checkpoint")
def mail_checkpoint() -> int:
    """Every day: the last checkpoint to those who keep it away from here; to how many."""
    latest = checkpoints.latest()
    if latest is None:
        return 0
    subject = f"Ponto de controle {latest.number} da auditoria"
    return _tell(settings.AUDIT_CHECKPOINT_EMAILS, subject, f"Guarde esta mensagem.\n\n{latest.text}")


def _tell(addresses: list[str], subject: str, body: str) -> int:
    # One by one: no address learns of the others.
    return sum(send_mail(subject, body, settings.DEFAULT_FROM_EMAIL, [address]) for address in addresses)
