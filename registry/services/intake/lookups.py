"""Documents of a handover read by `registry.values.documents`: each distinct one once, then joined."""

from django.db.backends.utils import CursorWrapper

from registry.services import bulk
from registry.services.intake.columns import LOOKUP
from registry.services.intake.statements import Statements
from registry.values.documents import normalise_document


def fill(cursor: CursorWrapper, statements: Statements) -> None:
    """Make the look-up table of a handover: document kind and text to comparable number and flaw.

    No view has two fields of one kind, so that a join finds each document once.
    """
    columns = {column.source: column for column in statements.view.parsed}
    if not columns:
        return
    bulk.temporary(cursor, LOOKUP, "kind text, raw text, number text, flaw text")
    for column in columns.values():
        for rows in bulk.pieces(statements.documents(column)):
            bulk.copy(cursor, LOOKUP, ("kind", "raw", "number", "flaw"), (_read(kind, raw) for kind, raw in rows))
    bulk.analyse(cursor, LOOKUP)


def _read(kind: str, raw: str) -> tuple[str, str, str, str]:
    document = normalise_document(kind, raw)
    return kind, raw, document.number or "", document.reason or ""
