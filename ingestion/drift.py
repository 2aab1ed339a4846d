"""What a state changed in its views that somebody should know of: for the schema page and for alerts. Reads only."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from ingestion.mapping.reading import MappingError, read
from ingestion.mapping.schema import Mapping, ViewMapping
from ingestion.models import SchemaChange, SchemaChangeKind, Source, ViewSchema

# A new column or view is told for so many changes; nobody has to act on it.
NOTICES = 50


@dataclass(frozen=True)
class Drift:
    """One thing that stands. `stops` says that loads stop or misread because of it; the rest are notices."""

    change: SchemaChange
    used_by: tuple[str, ...]
    stops: bool

    @property
    def sentence(self) -> str:
        """In pt-BR, without values of rows."""
        change = self.change
        where = f"{change.relation}.{change.column}" if change.column else change.relation
        used = f"; usada por {', '.join(self.used_by)}" if self.used_by else ""
        kinds = f" (de {change.before} para {change.after})" if change.kind == SchemaChangeKind.COLUMN_TYPE else ""
        return f"{change.get_kind_display()}: {where}{kinds}{used}."


def standing(source: Source, *, since: datetime | None = None) -> list[Drift]:
    """What is so now, the latest first: gone things that the mapping uses, changed types, and new things.

    A changed type is settled by a newer mapping.
    `since` leaves out the notices of before; what stops loads always comes. A gone column that came back, or that
    the mapping in use no longer reads, is settled.
    """
    uses = used_columns(source)
    now = {schema.relation: schema for schema in ViewSchema.objects.filter(origin=source.origin)}
    seen: set[tuple[str, str]] = set()
    found: list[Drift] = []
    for change in SchemaChange.objects.filter(origin=source.origin).order_by("-pk"):
        place = (change.relation, change.column)
        if place in seen:
            continue
        seen.add(place)
        used_by = tuple(uses.get(change.relation, {}).get(change.column.lower(), ()))
        stops = _stops(source, change, now.get(change.relation), uses)
        if stops or (_is_notice(change) and (since is None or change.noticed_at >= since) and len(found) < NOTICES):
            found.append(Drift(change, used_by, stops))
    return found


def used_columns(source: Source) -> dict[str, dict[str, list[str]]]:
    """By relation and column (in lower case), the contract's fields that the mapping in use reads from it."""
    uses: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for name, view in _mapping(source).items():
        relation = view.relation or view.endpoint or name
        for key in {relation, name}:  # through a gateway, relations have the contract's names
            for field, given in view.fields.items():
                if given.column:
                    uses[key][given.column.lower()].append(f"{name}.{field}")
    return uses


def _mapping(source: Source) -> dict[str, ViewMapping]:
    try:
        parsed: Mapping | None = read(source.mapping.text) if source.mapping else None
    except MappingError:
        parsed = None
    return parsed.views if parsed else {}


def _stops(source: Source, change: SchemaChange, now: ViewSchema | None, uses: dict[str, dict[str, list[str]]]) -> bool:
    columns = uses.get(change.relation)
    if now is None or columns is None:
        return False
    if change.kind == SchemaChangeKind.VIEW_GONE:
        return now.gone_at is not None
    if change.column.lower() not in columns or source.mapping is None:
        return False
    newer = source.mapping.created_at > change.noticed_at
    return change.kind == SchemaChangeKind.COLUMN_GONE or (change.kind == SchemaChangeKind.COLUMN_TYPE and not newer)


def _is_notice(change: SchemaChange) -> bool:
    return change.kind in (SchemaChangeKind.COLUMN_NEW, SchemaChangeKind.VIEW_NEW, SchemaChangeKind.COLUMN_TYPE)
