"""Documents of a handover read by `registry.values.documents`: each distinct one once, then joined.

Most numbers are written as they are compared, digits and capitals alone. Those that SQL can tell to be so are not read
at all: they are missing from the look-up table and stand for themselves. Of kinds with check digits that is the CPF
alone, which nearly everybody has.
"""

from django.db.backends.utils import CursorWrapper
from psycopg import sql

from registry.services import bulk
from registry.services.intake.columns import LOOKUP
from registry.services.intake.statements import Statements
from registry.values.documents import PARSERS, normalise_document, plain

# Text of a kind with a rule of its own that is its own comparable number, unless it repeats one digit.
_CLEAN = {"RG": "^[1-9][0-9]{3,12}$", "RJI": "^[0-9]{11}$", "CPF": "^[0-9]{11}$", "CIN": "^[0-9]{11}$"}


def _agrees(places: int) -> str:
    """That the digit after so many of a CPF is their check digit: modulus 11 (see `senappen.lib.cpf`), in SQL.

    Of the characters' codes in `c`, which are the digits and that of "0".
    """
    weights = range(places + 1, 1, -1)
    codes = " + ".join(f"{weight} * get_byte(c, {place})" for place, weight in enumerate(weights))
    total = f"({codes} - {sum(weights) * ord('0')}) * 10"
    return f"mod(mod({total}, 11), 10) = get_byte(c, {places}) - {ord('0')}"


# What the digits of a kind must agree on beyond their form. Without OFFSET the codes would be decoded at each use.
_CHECKED = f"SELECT {_agrees(9)} AND {_agrees(10)} FROM (SELECT decode({{raw}}, 'escape') AS c OFFSET 0) codes"  # noqa: S608  constants
_CHECKS = {"CPF": f"({_CHECKED})", "CIN": f"({_CHECKED})"}
# As for every kind that `documents.plain` reads, which also leaves up to three characters as they are.
_CLEAN_PLAIN = "^[A-Z0-9]+$"
_REPEATED_FROM = 4
_WITH_RULES = sorted(kind for kind, parse in PARSERS.items() if parse is not plain)


def fill(cursor: CursorWrapper, statements: Statements) -> None:
    """Make the look-up table of a handover: document kind and text to comparable number and flaw.

    No view has two fields of one kind, so that a join finds each document once.
    """
    columns = {column.source: column for column in statements.view.parsed}
    if not columns:
        return
    bulk.temporary(cursor, LOOKUP, "kind text, raw text, number text, flaw text")
    for column in columns.values():
        for rows in bulk.pieces(statements.documents(column, clean)):
            bulk.copy(cursor, LOOKUP, ("kind", "raw", "number", "flaw"), (_read(kind, raw) for kind, raw in rows))
    bulk.tell_size(cursor, sql.Identifier(LOOKUP), "raw")


def clean(kind: sql.Composable, raw: sql.Composable) -> sql.Composed:
    """A condition under which `normalise_document(kind, raw)` would give `raw` back as the number."""
    # Cases within cases: what is asked later may fail on what was refused before.
    cases = [
        sql.SQL(
            "WHEN {} THEN CASE WHEN {raw} ~ {} AND btrim({raw}, left({raw}, 1)) <> '' THEN {} ELSE false END"
        ).format(sql.Literal(own), sql.Literal(form), sql.SQL(_CHECKS.get(own, "true")).format(raw=raw), raw=raw)
        for own, form in _CLEAN.items()
    ]
    return sql.SQL(
        "CASE {kind} {own} ELSE {kind} <> ALL ({rules}) AND {raw} ~ {form}"
        " AND (length({raw}) < {few} OR btrim({raw}, left({raw}, 1)) <> '') END"
    ).format(
        kind=kind,
        own=sql.SQL(" ").join(cases),
        rules=sql.Literal(_WITH_RULES),
        raw=raw,
        form=sql.Literal(_CLEAN_PLAIN),
        few=sql.Literal(_REPEATED_FROM),
    )


def _read(kind: str, raw: str) -> tuple[str, str, str, str]:
    document = normalise_document(kind, raw)
    return kind, raw, document.number or "", document.reason or ""
