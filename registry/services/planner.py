"""What PostgreSQL's planner knows of the tables, kept up while much is written at once."""

from django.db import connection

# The session's own writes are told to the server first: otherwise it may keep them to itself for up to ten seconds.
_TELL = "SELECT pg_stat_force_next_flush()"
_LOOK = "SELECT registry_refresh_statistics()"


def catch_up() -> int:
    """Analyse the registry's tables of which a third or more changed since that was last done; how many these were.

    Autovacuum does so too, once a minute and for itself. Until then, after a first load, plans are made for tables
    that are believed to be empty, and go through all rows of one for each row of another: seconds become minutes.
    Called between transactions; costs milliseconds when nothing changed much.
    """
    with connection.cursor() as cursor:
        cursor.execute(_TELL)
        cursor.execute(_LOOK)
        (renewed,) = cursor.fetchone()
    return int(renewed)
