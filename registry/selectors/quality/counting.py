"""One reading of a view's table counts all its fields; what needs other rows is asked apart.

Every statement reads one origin's rows alone and takes no lock that a load waits for.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, NamedTuple

from psycopg import sql

from registry.models import Origin
from registry.selectors.quality import delays
from registry.selectors.quality.across import ACROSS
from registry.selectors.quality.delays import Delay, DelayKind
from registry.selectors.quality.expected import EXPECTED
from registry.selectors.quality.faults import CHECKS, Fault
from registry.selectors.quality.rows import one, rows_of
from registry.services.intake.specs import Column, Form, Parsed, Part, View
from registry.services.intake.views import VIEWS

NUMBERS: Final = (Form.VALUE, Form.COUNT, Form.SMALL_COUNT)


@dataclass
class FieldCount:
    """Rows in which a field is expected, rows in which it is informed, codes outside its list, and faults."""

    expected: int = 0
    informed: int = 0
    uncoded: int = 0
    faults: dict[Fault, int] = field(default_factory=dict)


@dataclass(frozen=True)
class ViewCount:
    """The standing rows of a view, its fields, and the delays of those that came lately."""

    rows: int
    fields: dict[str, FieldCount]
    delays: dict[DelayKind, Delay]


class _Aggregate(NamedTuple):
    """A count over all rows, and where its result goes."""

    field: str
    what: str  # expected, informed, uncoded or the value of a fault
    expression: sql.Composable


def count_view(origin: Origin, view: str, *, codes: Mapping[str, frozenset[str]], since: datetime) -> ViewCount:
    """Count one view of one origin.

    `codes` has the closed lists of its coded fields; delays are of rows that changed at the state after `since` and
    came in the last 30 days. Those of earlier rows would tell how old the state's archive is.
    """
    spec = VIEWS[view]
    aggregates = list(_aggregates(spec, codes))
    selected = sql.SQL(", ").join([sql.SQL("count(*)"), *(one.expression for one in aggregates)])
    rows, *counts = one(sql.SQL("SELECT {} {}").format(selected, rows_of(spec, origin)))
    fields: dict[str, FieldCount] = {}
    for aggregate, found in zip(aggregates, counts, strict=True):
        _put(fields.setdefault(aggregate.field, FieldCount()), aggregate.what, found)
    for across in ACROSS.get(view, ()):
        statement = sql.SQL(across.statement).format(origin=sql.Literal(origin.pk))
        for (name, fault), found in zip(across.finds, one(statement), strict=True):
            _put(fields[name], fault, found)
    return ViewCount(rows, fields, delays.of(spec, origin, since))


def _put(count: FieldCount, what: str, found: int) -> None:
    if what in {"expected", "informed", "uncoded"}:
        setattr(count, what, found)
    elif found:
        count.faults[Fault(what)] = count.faults.get(Fault(what), 0) + found


def _aggregates(spec: View, codes: Mapping[str, frozenset[str]]) -> Iterator[_Aggregate]:
    for name, column, informed in _fields(spec):
        expected = EXPECTED.get(spec.name, {}).get(name, "true")
        yield _Aggregate(name, "expected", _where(expected))
        yield _Aggregate(name, "informed", _where(f"({expected}) AND {informed}" if expected != "false" else informed))
        if name in codes:
            known = sql.Literal(sorted(codes[name]))
            condition = sql.SQL("{} <> '' AND {} <> ALL ({}::text[])").format(sql.SQL(column), sql.SQL(column), known)
            yield _Aggregate(name, "uncoded", sql.SQL("count(*) FILTER (WHERE {})").format(condition))
    for check in CHECKS.get(spec.name, ()):
        yield _Aggregate(check.field, check.fault, _where(check.condition))


def _fields(spec: View) -> Iterator[tuple[str, str, str]]:
    """Each field once: its name, its column, and when it is informed; as received, where the registry keeps that."""
    chosen: dict[str, tuple[str, str]] = {}
    for alias, table in (("r", spec.record), ("t", spec.table)):
        for column in table.columns if table else ():
            if isinstance(column, Column) and (column.form is Form.SIZE or column.field == "sha256"):
                continue
            if isinstance(column, Parsed) and (column.part is Part.FLAW or column.field in chosen):
                continue
            named = f"{alias}.{column.name}"
            chosen[column.field] = (named, _informed(column, named))
    for parent in spec.parents:
        if parent.optional:
            chosen[parent.field] = (f"t.{parent.name}", f"t.{parent.name} IS NOT NULL")
    return ((name, column, informed) for name, (column, informed) in chosen.items())


def _informed(column: Column | Parsed, named: str) -> str:
    if isinstance(column, Column) and column.form is Form.LIST:
        return f"{named} <> '{{}}'"
    if isinstance(column, Column) and column.form in NUMBERS:
        return f"{named} IS NOT NULL"
    return f"{named} <> ''"


def _where(condition: str) -> sql.Composable:
    return sql.SQL("count(*) FILTER (WHERE {})").format(sql.SQL(condition))
