"""Who may change at the same time what makes up a person."""

from django.db.backends.utils import CursorWrapper

# An arbitrary number that only this platform's identity work asks PostgreSQL for.
_IDENTITY = 5_141_972
_FINDINGS = 5_141_973
_FIGURES = 5_141_974
_SETTLING = 5_141_975
_CROSSINGS = 5_141_976


def writing_records(cursor: CursorWrapper) -> None:
    """Until the transaction ends, records may be written, by several loads at once, but not judged."""
    cursor.execute("SELECT pg_advisory_xact_lock_shared(%s)", [_IDENTITY])


def judging_records(cursor: CursorWrapper) -> None:
    """Until the transaction ends, nobody else judges records or moves them between persons, nor writes them."""
    cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_IDENTITY])


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
