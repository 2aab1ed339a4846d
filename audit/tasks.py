"""Housekeeping of the events' table."""

from celery import shared_task
from django.db import connection

MONTHS_AHEAD = 3


@shared_task(name="audit.ensure_partitions")
def ensure_partitions() -> int:
    """Create the partitions of this and the coming months; how many were made. Harmless when repeated."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT audit_ensure_partitions(%s)", [MONTHS_AHEAD])
        row: tuple[int] = cursor.fetchone()
    return row[0]
