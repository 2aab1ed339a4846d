"""Who may change at the same time what makes up a person."""

from django.db.backends.utils import CursorWrapper

# An arbitrary number that only this platform's identity work asks PostgreSQL for.
_IDENTITY = 5_141_972
_FINDINGS = 5_141_973
_FIGURES = 5_141_974
_SETTLING = 5_141_975
_CROSSINGS = 5_141_976
# The first half of the key of an origin's lock; the second is its id.
_WAITING = 5_141_977
_PAIRS = 5_141_979
# 5_141_978 is of the function `registry_refresh_statistics`, which `planner` calls.
_COUNTED_ON = """
SELECT id FROM registry_origin WHERE unjudged AND id = ANY (%s) AND NOT pg_try_advisory_xact_lock(%s, id::int)
"""
_UNJUDGED = "SELECT unjudged FROM registry_origin WHERE id = %s"


def writing_records(cursor: CursorWrapper) -> None:
    """Until the transaction ends, records may be written, by several loads at once, but not judged."""
    cursor.execute("SELECT pg_advisory_xact_lock_shared(%s)", [_IDENTITY])


def judging_records(cursor: CursorWrapper) -> None:
    """Until the transaction ends, nobody else judges records or moves them between persons, nor writes them."""
    cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_IDENTITY])


def counting_on_waiting(cursor: CursorWrapper, origin: int) -> bool:
    """Whether all records of the origin wait to be judged. If so they go on waiting until the transaction ends.

    Then nothing that they bring needs to be queued for anybody, nor each of them to be held: whatever is derived of
    them follows once they are judged. That is so until the first of them is: through the whole first load, unless
    another origin's loads judge them between two of its views.
    """
    cursor.execute(_UNJUDGED, [origin])
    if not cursor.fetchone()[0]:
        return False
    cursor.execute("SELECT pg_advisory_xact_lock_shared(%s, %s::int)", [_WAITING, origin])
    cursor.execute(_UNJUDGED, [origin])
    return bool(cursor.fetchone()[0])


def counted_on(cursor: CursorWrapper, among: list[int]) -> list[int]:
    """Those of these origins whose records a load counts on to wait; nobody is waited for.

    No load counts on those of the others until the transaction ends.
    """
    cursor.execute(_COUNTED_ON, [among, _WAITING])
    return [origin for (origin,) in cursor.fetchall()]


def settling(cursor: CursorWrapper) -> None:
    """Until the transaction ends, nobody else scores pairs or changes comparable forms and the model in use.

    Humans judge and loads write records meanwhile. Whoever needs `judging_records` too asks for it afterwards.
    """
    cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_SETTLING])


def checking_findings(cursor: CursorWrapper) -> None:
    """Until the transaction ends, nobody else writes down findings; records may be written and judged."""
    cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_FINDINGS])


def building_figures(cursor: CursorWrapper) -> None:
    """Until the transaction ends, nobody else writes the cube of statistics; records may be written and judged."""
    cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_FIGURES])


def refreshing_crossings(cursor: CursorWrapper) -> None:
    """Until the transaction ends, nobody else rebuilds crossings: two at once would write one pair twice."""
    cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_CROSSINGS])


def telling_pairs(cursor: CursorWrapper) -> None:
    """Until the transaction ends, which keys are told in pairs stays as it is; several may write documents at once."""
    cursor.execute("SELECT pg_advisory_xact_lock_shared(%s)", [_PAIRS])


def choosing_pairs(cursor: CursorWrapper) -> None:
    """Until the transaction ends, nobody writes search documents: whoever does next knows which pairs to tell."""
    cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_PAIRS])
