"""Versions of an origin's mapping, and whether two of them read a view alike."""

from typing import Any

from ingestion.mapping.reading import MappingError, read
from ingestion.mapping.schema import Mapping
from ingestion.models import MappingVersion


def reading_otherwise(version: MappingVersion, mapping: Mapping, view: str) -> list[MappingVersion]:
    """The origin's versions that read the view otherwise than this one, whose text says `mapping`."""
    others = MappingVersion.objects.filter(origin=version.origin).exclude(pk=version.pk)
    wanted = _reading_of(mapping, view)
    return [other for other in others if _reading_of(parsed(other), view) != wanted]


def parsed(version: MappingVersion) -> Mapping | None:
    """What a version says; None for one of before the format was stricter."""
    try:
        return read(version.text)
    except MappingError:
        return None


def _reading_of(mapping: Mapping | None, view: str) -> Any:
    """All that decides what a row of the view becomes."""
    if mapping is None or view not in mapping.views:
        return None
    given = mapping.views[view]
    fields = {name: (one.model_dump(exclude={"codes"}), mapping.codes_of(one)) for name, one in given.fields.items()}
    return (
        mapping.timezone,
        mapping.encoding,
        mapping.repair,
        mapping.not_declared,
        given.encoding,
        given.repair,
        fields,
    )
