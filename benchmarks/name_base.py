"""A base of search documents of invented people, written by COPY: what the search benchmark stands on."""

import sys
import uuid
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from random import Random
from typing import Any

from django.db import connection, connections, transaction

from audit.events import system
from fictitious import names
from registry.models import RecordKind, Situation
from registry.services import origins
from registry.values import lexemes, phonetics
from registry.values.names import normalise, tokens

STATES = ("AL", "PE", "SP", "BA", "MG", "RS")
WHEN = datetime(2026, 1, 1, tzinfo=UTC)
# The full-text column is the baseline's; generated, so that both sides read the same rows.
BASELINE = (
    "ALTER TABLE registry_personsearch ADD COLUMN words tsvector"
    " GENERATED ALWAYS AS (to_tsvector('simple', names || ' ' || mothers)) STORED",
    "CREATE INDEX search_words ON registry_personsearch USING gin (words) WITH (fastupdate = off)",
)


@dataclass(frozen=True)
class Human:
    """Somebody who does not exist. Names in comparable form."""

    id: int
    name: str
    mother: str
    birth: date
    sex: str
    uf: str

    @property
    def words(self) -> tuple[str, ...]:
        return tokens(self.name)


def build(people: int) -> list[Human]:
    """Write the documents of so many people, analyse the tables, and answer who they are."""
    print(f"writing {people} search documents…", file=sys.stderr)
    humans = list(invent(people))
    vocabulary = _vocabulary(humans)
    with transaction.atomic():
        origin = origins.register(code="AL", name="Alagoas", uf="AL", timezone="America/Maceio", by=system("benchmark"))
        _copy("registry_namekey", "id, key, people, mothers, fathers, lawyers", vocabulary.rows())
        _copy("registry_person", "id, public_id, created_at", ((h.id, uuid.UUID(int=h.id), WHEN) for h in humans))
        _copy("registry_record", RECORD, (_record(human, origin.pk) for human in humans))
        _copy("registry_personsearch", DOCUMENT, (_document(human, vocabulary) for human in humans))
    with connections["owner"].cursor() as cursor:
        for statement in (*BASELINE, "VACUUM ANALYZE registry_personsearch", "ANALYZE registry_record"):
            cursor.execute(statement)
    return humans


@dataclass(frozen=True)
class Vocabulary:
    """Phonetic keys with their ids and how many names and mothers carry each."""

    ids: dict[str, int]
    people: Counter[str]
    mothers: Counter[str]

    def rows(self) -> Iterator[tuple[Any, ...]]:
        return ((pk, key, self.people[key], self.mothers[key], 0, 0) for key, pk in self.ids.items())


def invent(people: int) -> Iterator[Human]:
    """So many people, with ids from 1: the same ones each time."""
    rng = Random(11)
    for pk in range(1, people + 1):
        uf = rng.choice(STATES)
        sex = "M" if rng.random() < 0.6 else "F"
        birth = date(rng.randint(1950, 2007), rng.randint(1, 12), rng.randint(1, 28))
        own, hers = names.surnames(rng, uf), names.surnames(rng, uf)
        name = f"{names.given(rng, sex, birth.year)} {' '.join((hers[-1], *own[-1:]))}"
        mother = f"{names.given(rng, 'F', birth.year - 24)} {' '.join(hers)}"
        yield Human(pk, normalise(name), normalise(mother), birth, sex, uf)


def _vocabulary(humans: Iterable[Human]) -> Vocabulary:
    people: Counter[str] = Counter()
    mothers: Counter[str] = Counter()
    for human in humans:
        people.update(set(phonetics.keys(human.name)))
        mothers.update(set(phonetics.keys(human.mother)))
    ids = {key: position for position, key in enumerate(sorted(people | mothers), start=1)}
    return Vocabulary(ids, people, mothers)


RECORD = (
    "id, origin_id, origin_key, origin_updated_at, load, kind, person_id, home_id, name, mother_name, father_name,"
    " birth_date, sex, cpf, phone, address, name_norm, mother_norm"
)
DOCUMENT = "person_id, names, mothers, fathers, births, sex, kinds, ufs, uf, unit_id, regime, modality, situation, keys"


def _record(human: Human, origin: int) -> tuple[Any, ...]:
    own = (human.id, origin, str(human.id), WHEN, 1, RecordKind.VISITOR.value, human.id, human.id)
    return (*own, human.name, human.mother, "", human.birth, human.sex, "", "", "", human.name, human.mother)


def _document(human: Human, vocabulary: Vocabulary) -> tuple[Any, ...]:
    keys = [vocabulary.ids[key] for key in phonetics.keys(human.name)]
    keys += [-vocabulary.ids[key] for key in phonetics.keys(human.mother)]
    keys += [lexemes.of_year(human.birth.year), lexemes.of_state(human.uf) or 0]
    own = (human.id, human.name, human.mother, "", [human.birth], human.sex, [RecordKind.VISITOR.value], [human.uf])
    return (*own, human.uf, None, "FECHADO", "CELA_FISICA", Situation.CUSTODY.value, keys)


def _copy(table: str, columns: str, rows: Iterable[tuple[Any, ...]]) -> None:
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)
