"""A base of search documents of invented people, made fast: what the search benchmark stands on.

Names are as common as IBGE counted them: those of `fictitious` among themselves, and of rare ones, made of syllables,
so many that 74 % of women and 81 % of men bear one of the first four hundred given names (Censo 2010) and 17 % of
people are called Silva (34.0 of 203.1 million, Censo 2022). One word in eighty is mistyped, so that the vocabulary
grows with the base as a country's does.
"""

import sys
import uuid
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import accumulate
from random import Random
from typing import Any, Final, NamedTuple

from django.db import connection, connections, transaction

from audit.events import system
from fictitious import names, tables
from registry.models import Pairing, RecordKind, Situation
from registry.services import origins
from registry.services.search_documents import pairing
from registry.values import lexemes, phonetics
from registry.values.names import normalise

STATES: Final = ("SP", "MG", "RJ", "BA", "PE", "AL")
WHEN: Final = datetime(2026, 1, 1, tzinfo=UTC)
SAMPLE: Final = 4_000
CHUNK: Final = 50_000
_TAIL: Final = 60_000
# Of the surnames written, and of the given names of a sex.
_RARE_SURNAME: Final = 0.47
_RARE_GIVEN: Final = {"F": 0.26, "M": 0.19}
# A tail begins where the common names end: ranks there, and how fast names get rarer with them.
_GIVEN_FROM, _GIVEN_SLOPE = 400, 1.4
_SURNAMES_FROM, _SURNAMES_SLOPE = 107, 1.0
_MISTYPED: Final = 0.0125
_NICKNAMED: Final = 0.2
_FATHER_KNOWN: Final = 0.6
_ONSETS: Final = (*"BCDFGJLMNPRSTV", "BR", "CR", "DR", "FR", "GR", "PR", "TR", "CH", "LH", "NH", "QU")
_ENDS: Final = (*"AEIOU", "AN", "EN", "IN", "ON", "AR", "ER", "OR", "AS", "ES", "OS", "AL", "EL", "IL")
# The rivals' column is generated, so that all sides read the same rows.
_RIVALS: Final = (
    "ALTER TABLE registry_personsearch ADD COLUMN words tsvector"
    " GENERATED ALWAYS AS (to_tsvector('simple', names || ' ' || mothers)) STORED",
    "CREATE INDEX search_words ON registry_personsearch USING gin (words) WITH (fastupdate = off)",
)
_INDEX: Final = "CREATE INDEX search_keys ON registry_personsearch USING gin (keys) WITH (fastupdate = on)"

DOCUMENT: Final = (
    "person_id, names, mothers, fathers, births, sex, kinds, ufs, uf, unit_id, regime, modality, situation, keys"
)
RECORD: Final = (
    "id, origin_id, origin_key, origin_updated_at, load, kind, person_id, home_id, name, mother_name, father_name,"
    " birth_date, sex, cpf, phone, address, name_norm, mother_norm"
)


class Human(NamedTuple):
    """Somebody who does not exist; words in comparable form, without particles."""

    id: int
    words: tuple[str, ...]
    mother: tuple[str, ...]
    father: tuple[str, ...]
    nickname: str
    birth: date
    sex: str
    uf: str


@dataclass
class Vocabulary:
    """Phonetic keys with their ids and how many persons carry each by role."""

    ids: dict[str, int] = field(default_factory=dict)
    keys: dict[str, int] = field(default_factory=dict)
    counts: tuple[Counter[int], Counter[int], Counter[int]] = field(
        default_factory=lambda: (Counter(), Counter(), Counter())
    )
    paired: set[int] = field(default_factory=set)

    def id(self, word: str) -> int:
        """The id of a word's key."""
        if word not in self.keys:
            self.keys[word] = self.ids.setdefault(phonetics.key(word)[:40], len(self.ids) + 1)
        return self.keys[word]

    def pair_of(self, humans: Sequence[Human], people: int) -> None:
        """Choose the keys whose pairs documents tell, as `pairing` would of a base of which these are a sample."""
        least = pairing.least(people) * len(humans) / people
        for role in ("words", "mother", "father"):
            carried = Counter(key for human in humans for key in {self.id(word) for word in getattr(human, role)})
            self.paired |= {key for key, count in carried.items() if count >= least}

    def rows(self) -> Iterator[tuple[Any, ...]]:
        """The rows of the vocabulary."""
        for key, pk in self.ids.items():
            state = Pairing.SEARCHED if pk in self.paired else Pairing.NONE
            yield (pk, key, *(count[pk] for count in self.counts), 0, state.value)


class _Pool:
    """Words to draw many at a time."""

    def __init__(self, items: Sequence[str], limits: Sequence[float]) -> None:
        self.items, self.limits = items, limits

    def draw(self, rng: Random, count: int) -> list[str]:
        return rng.choices(self.items, cum_weights=self.limits, k=count)


def build(people: int) -> list[Human]:
    """Write the documents of so many people, analyse the tables, and answer some of them."""
    print(f"writing {people} search documents…", file=sys.stderr)
    rng, vocabulary, sample = Random(11), Vocabulary(), []
    with connections["owner"].cursor() as cursor:
        cursor.execute("DROP INDEX search_keys")
    with transaction.atomic():
        origin = origins.register(code="AL", name="Alagoas", uf="AL", timezone="America/Maceio", by=system("benchmark"))
        for start in range(0, people, CHUNK):
            humans = list(_invent(rng, start, min(CHUNK, people - start)))
            if not start:
                vocabulary.pair_of(humans, people)
            sample += rng.sample(humans, max(1, SAMPLE * len(humans) // people))
            _copy("registry_person", "id, public_id, created_at", ((h.id, uuid.UUID(int=h.id), WHEN) for h in humans))
            _copy("registry_record", RECORD, (_record(human, origin.pk) for human in humans))
            _copy("registry_personsearch", DOCUMENT, (_document(human, vocabulary) for human in humans))
        _copy("registry_namekey", "id, key, people, mothers, fathers, lawyers, pairing", vocabulary.rows())
    with connections["owner"].cursor() as cursor:
        tables_ = ("registry_personsearch", "registry_namekey", "registry_record", "registry_person")
        for statement in (_INDEX, *_RIVALS, *(f"VACUUM ANALYZE {table}" for table in tables_)):
            cursor.execute(statement)
    return sample


def _invent(rng: Random, start: int, count: int) -> Iterator[Human]:
    given = {(sex, decade): _given(sex, decade) for sex in "MF" for decade in names.DECADES}
    own, his, hers = (_draw_surnames(rng, count) for _ in range(3))
    mothers, fathers = given["F", 1960].draw(rng, count), given["M", 1960].draw(rng, count)
    nicknames = rng.choices(names.NICKNAMES, k=count)
    births = [date(1950, 1, 1) + timedelta(days=rng.randrange(20_800)) for _ in range(count)]
    for at in range(count):
        sex = "M" if rng.random() < 0.9 else "F"
        first = _first(rng, given[sex, births[at].year // 10 * 10], sex)
        words = (*first, hers[at], his[at]) if rng.random() < 0.85 else (*first, hers[at], own[at], his[at])
        yield Human(
            id=start + at + 1,
            words=_typed(rng, words),
            mother=_typed(rng, (mothers[at], own[at], hers[at])),
            father=_typed(rng, (fathers[at], his[at])) if rng.random() < _FATHER_KNOWN else (),
            nickname=normalise(nicknames[at]) if rng.random() < _NICKNAMED else "",
            birth=births[at],
            sex=sex,
            uf=rng.choice(STATES),
        )


@cache
def _given(sex: str, decade: int) -> _Pool:
    rows = tables.read(f"given_names_{sex.lower()}")
    return _Pool([normalise(row["name"]) for row in rows], list(accumulate(float(row[str(decade)]) for row in rows)))


def _first(rng: Random, pool: _Pool, sex: str) -> tuple[str, ...]:
    chosen = _rare_given() if rng.random() < _RARE_GIVEN[sex] else pool
    first = chosen.draw(rng, 1)[0]
    second = normalise(rng.choice(names.SECONDS[sex])) if rng.random() < names.SECOND_GIVEN else ""
    return (first, second) if second and second != first else (first,)


def _draw_surnames(rng: Random, count: int) -> list[str]:
    rows = tables.read("surnames")
    usual = _Pool([normalise(row["surname"]) for row in rows], list(accumulate(float(row["weight"]) for row in rows)))
    rare = _rare(3, _SURNAMES_FROM, _SURNAMES_SLOPE).draw(rng, count)
    return [
        one if rng.random() >= _RARE_SURNAME else other for one, other in zip(usual.draw(rng, count), rare, strict=True)
    ]


def _rare_given() -> _Pool:
    return _rare(2, _GIVEN_FROM, _GIVEN_SLOPE)


@cache
def _rare(syllables: int, rank: int, slope: float) -> _Pool:
    """Rare names, the commonest of them of this rank among all."""
    tail = _tail(syllables)
    return _Pool(tail, list(accumulate((rank + at) ** -slope for at in range(len(tail)))))


def _tail(syllables: int) -> list[str]:
    """Rare names, each once."""
    rng = Random(syllables)
    made = (
        "".join(rng.choice(_ONSETS) + rng.choice(_ENDS) for _ in range(rng.randint(2, syllables))) for _ in range(_TAIL)
    )
    return list(dict.fromkeys(made))


def _typed(rng: Random, words: Sequence[str]) -> tuple[str, ...]:
    """The words as a clerk types them, by which a state's base has them."""
    return tuple(mistyped(rng, word) if rng.random() < _MISTYPED else word for word in words)


def mistyped(rng: Random, word: str) -> str:
    """A letter left out, doubled, changed, or exchanged with the next."""
    at = rng.randrange(1, len(word)) if len(word) > 1 else 0
    letter = rng.choice("ABCDEFGHIJLMNOPRSTUVXZ")
    return rng.choice(
        [
            word[:at] + word[at + 1 :],
            word[:at] + word[at] + word[at:],
            word[:at] + letter + word[at + 1 :],
            word[: at - 1] + word[at] + word[at - 1] + word[at + 1 :] if at else letter + word,
        ]
    )


def _record(human: Human, origin: int) -> tuple[Any, ...]:
    own = (human.id, origin, str(human.id), WHEN, 1, RecordKind.VISITOR.value, human.id, human.id)
    name, mother, father = (" ".join(words) for words in (human.words, human.mother, human.father))
    return (*own, name, mother, father, human.birth, human.sex, "", "", "", name, mother)


def _document(human: Human, vocabulary: Vocabulary) -> tuple[Any, ...]:
    roles = ((*human.words, *human.nickname.split()), human.mother, human.father)
    ids = [[vocabulary.id(word) for word in words] for words in roles]
    for count, own in zip(vocabulary.counts, ids, strict=True):
        count.update(set(own))
    keys = [*ids[0], *map(lexemes.of_mother, ids[1]), *map(lexemes.of_father, ids[2])]
    years = [lexemes.of_year(human.birth.year)]
    keys += [*years, lexemes.of_state(human.uf) or 0, *lexemes.pairs(ids[0], ids[1], ids[2], years, vocabulary.paired)]
    called = "|".join(filter(None, (" ".join(human.words), human.nickname)))
    parents = (" ".join(human.mother), " ".join(human.father))
    place = ([human.uf], human.uf, None, "FECHADO", "CELA_FISICA", Situation.CUSTODY.value)
    return (human.id, called, *parents, [human.birth], human.sex, [RecordKind.VISITOR.value], *place, keys)


def _copy(table: str, columns: str, rows: Iterator[tuple[Any, ...]]) -> None:
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)
