"""What the registry holds of a batch of persons, read for their search documents.

The batch is the temporary table `refreshing(person_id)`. Rows the states have excluded do not count.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db.backends.utils import CursorWrapper

from registry.labels import Effect, codes_with
from registry.models import RecordKind
from registry.services import bulk

# What tells where a person is; changes of regime, cell or modality and corrections do not.
_STEPS = codes_with(Effect.ENTRY, Effect.EXIT, Effect.TEMPORARY, Effect.RETURN)

_TABLE = "person_id bigint, record_id bigint, origin_id bigint, uf text, kind text"
_OF_BATCH = """
INSERT INTO refreshing_record
SELECT f.person_id, r.id, r.origin_id, o.uf, r.kind
FROM refreshing f JOIN registry_record r ON r.person_id = f.person_id JOIN registry_origin o ON o.id = r.origin_id
WHERE r.removed_at IS NULL
"""
_RECORDS = """
SELECT f.person_id, f.kind, r.name, r.mother_name, r.father_name, r.birth_date, r.sex, f.uf,
    coalesce(p.social_name, ''), p.died_on IS NOT NULL
FROM refreshing_record f JOIN registry_record r ON r.id = f.record_id
    LEFT JOIN registry_prisoner p ON p.record_ptr_id = f.record_id
ORDER BY r.id
"""
_NAMES = """
SELECT f.person_id, n.kind, n.value, f.kind
FROM refreshing_record f JOIN registry_recordname n ON n.record_id = f.record_id
WHERE n.removed_at IS NULL AND n.kind IN ('NOME', 'ALCUNHA', 'MAE', 'PAI', 'NASC') ORDER BY n.id
"""
# The open custody or else the last, of each record: a person may have one in each of several states.
_CUSTODIES = """
SELECT DISTINCT ON (f.record_id) f.person_id, f.record_id, f.uf, c.unit_id, c.regime, u.modality, c.started_at,
    c.ended_at
FROM refreshing_record f JOIN registry_custody c ON c.prisoner_id = f.record_id JOIN registry_unit u ON u.id = c.unit_id
WHERE c.removed_at IS NULL
ORDER BY f.record_id, c.ended_at DESC NULLS FIRST, c.started_at DESC, c.id DESC
"""
_LAST_STEPS = """
SELECT DISTINCT ON (f.record_id) f.person_id, f.record_id, m.kind, m.occurred_at
FROM refreshing_record f
    JOIN registry_movement m ON m.prisoner_id = f.record_id AND m.origin_id = f.origin_id
WHERE m.removed_at IS NULL AND m.kind = ANY(%s)
ORDER BY f.record_id, m.occurred_at DESC, m.registered_at DESC, m.id DESC
"""


class RecordFacts(NamedTuple):
    """A record's main fields."""

    kind: str
    name: str
    mother: str
    father: str
    birth: date | None
    sex: str
    uf: str
    social_name: str
    died: bool

    @property
    def is_prisoner(self) -> bool:
        """True for a prison registration."""
        return self.kind == RecordKind.PRISONER


class Custody(NamedTuple):
    """The custody of a record that matters now."""

    record: int
    uf: str
    unit: int
    regime: str
    modality: str
    started_at: datetime
    ended_at: datetime | None


class Step(NamedTuple):
    """The last movement of a record that says where the person is."""

    record: int
    kind: str
    at: datetime


class OtherName(NamedTuple):
    """Another name, parent or birth date (`kind`: NOME, ALCUNHA, MAE, PAI, NASC), and the kind of record telling it."""

    kind: str
    value: str
    told_by: str


@dataclass
class Facts:
    """All that a person's search document is made of."""

    records: list[RecordFacts] = field(default_factory=list)
    names: list[OtherName] = field(default_factory=list)
    custodies: list[Custody] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)

    def without_lawyers(self) -> Facts:
        """What is left without lawyers' records; custodies and steps are prisoners'."""
        records = [record for record in self.records if record.kind != RecordKind.LAWYER]
        names = [name for name in self.names if name.told_by != RecordKind.LAWYER]
        return Facts(records, names, self.custodies, self.steps)


def read(cursor: CursorWrapper) -> dict[int, Facts]:
    """The facts of each person of the batch that has a record."""
    bulk.temporary(cursor, "refreshing_record", _TABLE)
    cursor.execute(_OF_BATCH)
    bulk.analyse(cursor, "refreshing_record")
    facts: dict[int, Facts] = defaultdict(Facts)
    for person, record in _rows(cursor, _RECORDS, RecordFacts):
        facts[person].records.append(record)
    for person, name in _rows(cursor, _NAMES, OtherName):
        facts[person].names.append(name)
    for person, custody in _rows(cursor, _CUSTODIES, Custody):
        facts[person].custodies.append(custody)
    for person, step in _rows(cursor, _LAST_STEPS, Step, [list(_STEPS)]):
        facts[person].steps.append(step)
    return facts


def _rows(
    cursor: CursorWrapper, query: str, into: Callable[..., Any], parameters: list[Any] | None = None
) -> Iterable[tuple[int, Any]]:
    cursor.execute(query, parameters)
    return [(person, into(*rest)) for person, *rest in cursor.fetchall()]
