"""What the base knows of the candidates, read for all of them at once (three queries)."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from django.db import connection

from registry.matching.subjects import Source, Subject, subject
from registry.scope import Scope
from registry.selectors import seals
from registry.values.unnamed import is_unnamed

_RECORDS = f"""
SELECT r.person_id, r.kind, r.name, coalesce(p.social_name, ''), r.mother_name, r.birth_date, r.sex,
    coalesce(p.race, ''), coalesce(p.rji, ''), u.unnamed, o.uf
FROM registry_record r JOIN registry_origin o ON o.id = r.origin_id
    LEFT JOIN registry_prisoner p ON p.record_ptr_id = r.id
    LEFT JOIN registry_unidentified u ON u.record_id = r.id
WHERE r.person_id = ANY(%(persons)s) AND r.removed_at IS NULL AND (%(lawyers)s OR r.kind <> 'L')
    AND {seals.seen("r.person_id")}
ORDER BY r.kind <> 'P', r.id
"""  # noqa: S608 - composed of fixed texts
_NAMES = """
SELECT r.person_id, n.kind, n.value FROM registry_record r JOIN registry_recordname n ON n.record_id = r.id
WHERE r.person_id = ANY(%(persons)s) AND r.removed_at IS NULL AND n.removed_at IS NULL AND n.kind IN ('NOME', 'MAE')
    AND (%(lawyers)s OR r.kind <> 'L')
ORDER BY n.id
"""
_STAYS = """
SELECT r.person_id, o.uf, c.started_at::date, c.ended_at::date, u.modality = 'CELA_FISICA'
FROM registry_record r JOIN registry_origin o ON o.id = r.origin_id
    JOIN registry_custody c ON c.prisoner_id = r.id AND c.removed_at IS NULL JOIN registry_unit u ON u.id = c.unit_id
WHERE r.person_id = ANY(%(persons)s) AND r.removed_at IS NULL ORDER BY c.started_at
"""
_MARKS = """
SELECT r.person_id, m.description, m.body_part FROM registry_record r JOIN registry_mark m ON m.record_id = r.id
WHERE r.person_id = ANY(%(persons)s) AND r.removed_at IS NULL AND m.removed_at IS NULL
    AND m.kind IN ('TATUAGEM', 'CICATRIZ', 'outros') AND (%(lawyers)s OR r.kind <> 'L') ORDER BY m.id
"""


class RecordFacts(NamedTuple):
    """A record. `unnamed` is None for one of known identity, False for one that only lacks every document."""

    kind: str
    name: str
    social_name: str
    mother: str
    birth: date | None
    sex: str
    race: str
    rji: str
    unnamed: bool | None
    uf: str


class Stay(NamedTuple):
    """A custody by its days; `cell` in a unit with cells."""

    uf: str
    start: date
    end: date | None
    cell: bool


@dataclass(slots=True)
class Facts:
    """A candidate."""

    records: list[RecordFacts] = field(default_factory=list)
    names: list[tuple[str, str]] = field(default_factory=list)
    stays: list[Stay] = field(default_factory=list)
    marks: list[str] = field(default_factory=list)

    @property
    def is_unnamed(self) -> bool:
        """True if no record of a prisoner has a name."""
        return any(record.unnamed for record in self.records) and all(is_unnamed(r.name) for r in self.records)

    @property
    def is_undocumented(self) -> bool:
        return any(record.unnamed is False for record in self.records)

    @property
    def has_rji_alone(self) -> bool:
        """True if the only number a state gives for somebody unidentified is the RJI: perhaps a *RJI de exceção*."""
        return any(record.rji and record.unnamed is not None for record in self.records)


def read(persons: Iterable[int], scope: Scope) -> dict[int, Facts]:
    """The facts of each person who has a record that the scope shows."""
    found: dict[int, Facts] = defaultdict(Facts)
    parameters = {"persons": list(persons), "lawyers": scope.lawyers, **seals.bound(scope)}
    for person, *rest in _rows(_RECORDS, parameters):
        found[person].records.append(RecordFacts(*rest))
    for person, kind, value in _rows(_NAMES, parameters):
        if person in found:
            found[person].names.append((kind, value))
    for person, *rest in _rows(_STAYS, parameters):
        if person in found:
            found[person].stays.append(Stay(*rest))
    for person, description, part in _rows(_MARKS, parameters):
        if person in found:
            found[person].marks.append(", ".join(filter(None, (description, part.lower()))))
    return dict(found)


def subjects_of(facts: Facts, number: int) -> list[Subject]:
    """The comparable forms of a person, numbered from `number`: one for each record and each other name."""
    sources = [
        Source(number, "" if is_unnamed(r.name) else name, mother=r.mother, birth=r.birth, sex=r.sex)
        for r in facts.records
        for name in (r.name, r.social_name)
        if name
    ]
    sources += [Source(number, value) for kind, value in facts.names if kind == "NOME"]
    sources += [Source(number, "", mother=value) for kind, value in facts.names if kind == "MAE"]
    return [subject(source._replace(id=number + position)) for position, source in enumerate(sources)]


def _rows(statement: str, parameters: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return list(cursor.fetchall())
