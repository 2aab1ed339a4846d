"""Noting what each state's views look like, and what changed since the last sight. Never part of a load."""

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db import transaction

from audit import recorder
from audit.events import Actor, Event, Kind
from ingestion import clock
from ingestion.mapping.reading import MappingError, read
from ingestion.models import SchemaChange, SchemaChangeKind, Source, ViewSchema
from ingestion.problems import SourceProblem, describe
from ingestion.services.refusals import why_not
from ingestion.transports.registry import transport_for
from ingestion.transports.schema import Describing, Seen
from registry.models import Origin

logger = logging.getLogger("ingestion")


@dataclass(frozen=True)
class Sight:
    """What became of looking at a source: how many changes, or why it could not be looked at (pt-BR)."""

    changes: int = 0
    problem: str = ""


def look(*, source: Source, by: Actor) -> Sight:
    """Compare the state's views with the last sight and keep the differences. Never raises for the state's sake."""
    if refusal := why_not(source, clock.now()):
        return Sight(problem=refusal)
    if source.mapping is None:
        raise TypeError("a source that may load has a mapping")
    try:
        mapping = read(source.mapping.text)
        with transport_for(source.rule)(source) as state:
            if not isinstance(state, Describing):
                return Sight(problem="Esta regra não diz que colunas o estado tem.")
            seen = state.describe(mapping)
    except MappingError:
        return Sight(problem="O mapeamento em uso não serve mais; corrija-o.")
    except SourceProblem as problem:
        return Sight(problem=problem.cause)
    except Exception as error:  # noqa: BLE001 whatever a driver raises, a sight is worth no failure
        cause, reference = describe(error)
        return Sight(problem=f"{cause} Código: {reference}.")
    return Sight(changes=note(source.origin, seen, by=by))


@transaction.atomic
def note(origin: Origin, seen: Iterable[Seen], *, by: Actor) -> int:
    """Keep a sight of an origin's views; how many changes there were. The first sight of all makes none."""
    # Two sights at once would each find the same changes.
    Origin.objects.select_for_update(no_key=True).get(pk=origin.pk)
    known = {schema.relation: schema for schema in ViewSchema.objects.filter(origin=origin)}
    first, now = not known, datetime.now(UTC)
    changes: list[SchemaChange] = []
    for one in seen:
        before = known.get(one.relation)
        changes += [] if first else _compare(origin, before, one)
        _keep(origin, before, one, now)
    SchemaChange.objects.bulk_create(changes)
    if changes:
        detail = {"origin": origin.code, "changes": len(changes)}
        recorder.record_with(Event(kind=Kind.CONFIGURED, actor=by, action="schema.changed", detail=detail))
    return len(changes)


def _compare(origin: Origin, before: ViewSchema | None, seen: Seen) -> list[SchemaChange]:
    def change(kind: SchemaChangeKind, column: str = "", old: str = "", new: str = "") -> SchemaChange:
        given = {"column": column, "before": old, "after": new}
        return SchemaChange(origin=origin, relation=seen.relation, view=seen.view, kind=kind, **given)

    if seen.columns is None:
        return [change(SchemaChangeKind.VIEW_GONE)] if before and before.gone_at is None else []
    if before is None:
        return [change(SchemaChangeKind.VIEW_NEW)]
    found = [change(SchemaChangeKind.VIEW_BACK)] if before.gone_at else []
    old = dict(before.columns)
    # A relation that nothing read has no columns to compare with yet.
    if not old:
        return found
    for name, kind in seen.columns.items():
        if name not in old:
            found.append(change(SchemaChangeKind.COLUMN_NEW, name, new=kind))
        elif old[name] and kind and old[name] != kind:
            found.append(change(SchemaChangeKind.COLUMN_TYPE, name, old[name], kind))
    if seen.whole:
        found += [change(SchemaChangeKind.COLUMN_GONE, name, old[name]) for name in old if name not in seen.columns]
    return found


def _keep(origin: Origin, before: ViewSchema | None, seen: Seen, now: datetime) -> None:
    schema = before or ViewSchema(origin=origin, relation=seen.relation, columns=[])
    schema.view, schema.noted_at = seen.view, now
    if seen.columns is None:
        schema.gone_at = schema.gone_at or now
    else:
        kept = {} if seen.whole else dict(schema.columns)
        schema.columns = [[name, kind or kept.get(name, "")] for name, kind in {**kept, **seen.columns}.items()]
        schema.gone_at = None
    schema.save()
