"""The states' codes that wait for a person, and the person's answer: a new version of the mapping."""

from collections import defaultdict
from collections.abc import Mapping as MappingOf
from dataclasses import dataclass

from django.db import transaction

from audit.events import Actor
from ingestion.contract import VIEWS
from ingestion.contract.views import domain_labels
from ingestion.mapping.compiling import Reader, compile_view
from ingestion.mapping.editing import with_codes
from ingestion.mapping.reading import MappingError, read
from ingestion.mapping.schema import Mapping
from ingestion.models import MappingVersion, Source, UnmappedCode
from ingestion.services import mappings, rereading


@dataclass(frozen=True)
class Pending:
    """A code that the mapping in use does not translate. `choices` are the contract's codes and their words.

    `shared_with` names the other fields that read through the same code map, and would read it too.
    """

    unmapped: UnmappedCode
    choices: tuple[tuple[str, str], ...]
    shared_with: tuple[str, ...]


class WrongChoice(ValueError):
    """A code that the contract does not have for this field; the message tells a person."""


def pending(source: Source) -> list[Pending]:
    """What waits, the most frequent first: codes counted so far that the mapping in use still leaves as they came."""
    mapping = _mapping(source)
    if mapping is None:
        return []
    readers: dict[str, Reader] = {view: compile_view(mapping, view) for view in mapping.views}
    queue = UnmappedCode.objects.filter(origin=source.origin).order_by("-count", "view", "field", "code")
    return [
        Pending(one, _choices(mapping, one.view, one.field), _shared(mapping, one.view, one.field))
        for one in queue
        if one.view in readers and _is_unmapped(readers[one.view], one)
    ]


@transaction.atomic
def translate(*, source: Source, chosen: MappingOf[UnmappedCode, str], by: Actor) -> MappingVersion:
    """Put these translations in the mapping, as a new version in use, and have published rows read again.

    Raises WrongChoice, EditError, MappingError, StaleMapping.
    """
    mapping = _mapping(source)
    if source.mapping is None or mapping is None:
        raise WrongChoice("A fonte não tem mapeamento em uso.")
    by_field: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    for one, code in chosen.items():
        if code not in dict(_choices(mapping, one.view, one.field)):
            raise WrongChoice(f"O contrato não tem o código “{code}” em {one.view}.{one.field}.")
        by_field[one.view, one.field][one.code] = code
    text = source.mapping.text
    for (view, field), codes in by_field.items():
        text = with_codes(text, view, field, codes)
    version = mappings.put_in_use(source=source, text=text, by=by, instead_of=source.mapping.number)
    rereading.start(source=source, by=by)
    return version


def _mapping(source: Source) -> Mapping | None:
    try:
        return read(source.mapping.text) if source.mapping else None
    except MappingError:
        return None


def _is_unmapped(reader: Reader, one: UnmappedCode) -> bool:
    known = reader.known_codes.get(one.field)
    return known is not None and reader.convert_one(one.field, one.code) not in known


def _choices(mapping: Mapping, view: str, field: str) -> tuple[tuple[str, str], ...]:
    """The contract's list; where the contract has none, what the field's own map already gives."""
    given = mapping.views[view].fields.get(field) if view in mapping.views else None
    if given is None:
        return ()
    domain = VIEWS[view].by_name[field].domain
    if domain:
        return tuple(domain_labels(domain).items())
    return tuple((code, code) for code in sorted(set((mapping.codes_of(given) or {}).values())))


def _shared(mapping: Mapping, view: str, field: str) -> tuple[str, ...]:
    codes = mapping.views[view].fields[field].codes
    if not isinstance(codes, str):
        return ()
    uses = ((name, other) for name, given in mapping.views.items() for other in given.fields)
    return tuple(
        f"{name}.{other}"
        for name, other in uses
        if mapping.views[name].fields[other].codes == codes and (name, other) != (view, field)
    )
