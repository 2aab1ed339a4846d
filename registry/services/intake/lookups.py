"""Documents of a handover read by `registry.values.documents`: each distinct one once, then joined.

Most numbers are written as they are compared, digits and capitals alone. Those that SQL can tell to be so are not read
at all: they are missing from the look-up table and stand for themselves. Of kinds with check digits those are the CPF
and the voter number, which nearly everybody has.
"""

from collections.abc import Sequence

from django.db.backends.utils import CursorWrapper
from psycopg import sql

from registry.services import bulk
from registry.services.intake.columns import LOOKUP
from registry.services.intake.statements import Statements
from registry.values.documents import PARSERS, normalise_document, plain

# Text of a kind with a rule of its own that is its own comparable number, unless it repeats one digit.
_CLEAN = {
    "RG": "^[1-9][0-9]{3,12}$", "RJI": "^[0-9]{11}$", "CPF": "^[0-9]{11}$", "CIN": "^[0-9]{11}$",
    # Eight of sequence, two of state, two of check.
    "TITULO": "^[0-9]{8}(0[1-9]|1[0-9]|2[0-8])[0-9]{2}$",
}  # fmt: skip


def _agrees(place: int, first: int, weights: Sequence[int], times: int) -> str:
    """That the digit in a place is the check digit of those from the `first` on: modulus 11, in SQL.

    Of the characters' codes in `c`, which are the digits and that of "0".
    """
    codes = " + ".join(f"{weight} * get_byte(c, {at})" for at, weight in enumerate(weights, start=first))
    total = f"({codes} - {sum(weights) * ord('0')}) * {times}"
    return f"mod(mod({total}, 11), 10) = get_byte(c, {place}) - {ord('0')}"


def _all_agree(*conditions: str) -> str:
    # Without OFFSET the codes would be decoded at each use.
    return f"(SELECT {' AND '.join(conditions)} FROM (SELECT decode({{raw}}, 'escape') AS c OFFSET 0) codes)"  # noqa: S608  constants


# What the digits of a kind must agree on beyond their form (see `senappen.lib.cpf`, `registry.values.voter_id`). Some
# voter numbers of two states have a second form: those are read.
_CPF = _all_agree(_agrees(9, 0, range(10, 1, -1), 10), _agrees(10, 0, range(11, 1, -1), 10))
_VOTER = _all_agree(_agrees(10, 0, range(2, 10), 1), _agrees(11, 8, (7, 8, 9), 1))
_CHECKS = {"CPF": _CPF, "CIN": _CPF, "TITULO": _VOTER}
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
