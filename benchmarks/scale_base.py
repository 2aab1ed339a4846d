"""A large base of invented people, their comparable forms and new records of them, for matching_scale and relink."""

import sys
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from random import Random
from typing import Any, Final

from django.db import connection, connections, transaction

from benchmarks.name_base import RECORD, Human
from fictitious import documents, names
from registry.matching import linking, workbench
from registry.matching.model import Model
from registry.matching.subjects import SENT, Source, Subject, subject, subjects
from registry.models import MatchingModel
from registry.services import bulk

_WHEN: Final = datetime(2026, 1, 1, tzinfo=UTC)
_TOWNS: Final = 60  # birthplaces of each state
_TRAINED_ON: Final = 20_000
_KNOWN: Final = 0.6  # of the new records, those of somebody the base holds
_COLUMNS: Final = ("record_id", *SENT[1:])
_POSITIONS: Final = tuple(Subject._fields.index(column) for column in SENT)
_PRISONER: Final = (
    "record_ptr_id, registration, rji, social_name, gender_identity, race, indigenous_people, marital_status,"
    " schooling, occupation, nationality, birthplace, disabilities, area, email, registration_norm"
)
_DOCUMENT: Final = (
    "origin_id, origin_updated_at, load, received_at, origin_key, record_id, kind, raw, number, flaw, issuer"
)


def source(human: Human) -> Source:
    """What the known record of somebody brings; the same for the same human."""
    rng = Random(human.id)
    surname = human.name.rsplit(" ", 1)[-1]
    father = f"{names.given(rng, 'M', human.birth.year - 26)} {surname}" if rng.random() < 0.5 else ""
    return Source(
        id=human.id, name=human.name, mother=human.mother if rng.random() < 0.95 else "", father=father,
        birth=human.birth, sex=human.sex, cpf=documents.cpf(human.id, human.uf) if rng.random() < 0.7 else "",
        rji=f"{human.id:09d}00" if rng.random() < 0.5 else "",
        rg=str(1_000_000 + human.id % 40_000_000) if rng.random() < 0.6 else "", rg_uf=human.uf,
        birthplace=f"{human.uf}{rng.randrange(_TOWNS):05d}"[:7],
    )  # fmt: skip


def noisy(rng: Random, known: Source, number: int) -> Source:
    """Another record of the same human: without some of what it had, and with an error in most."""
    given = known._asdict() | {"id": number}
    for column, chance in (("cpf", 0.5), ("rji", 0.6), ("rg", 0.6), ("father", 0.5), ("mother", 0.05)):
        if rng.random() < chance:
            given[column] = ""
    return rng.choice(_ERRORS)(rng, Source(**given))


def arriving(humans: Sequence[Human], first: int, count: int, seed: int) -> list[Source]:
    """New records with ids from `first` on: most are noisy copies of known people, the others of nobody known."""
    rng = Random(seed)
    made = []
    for number in range(first, first + count):
        human = rng.choice(humans)
        if rng.random() < _KNOWN:
            made.append(noisy(rng, source(human), number))
        else:
            born = date(rng.randint(1950, 2007), rng.randint(1, 12), rng.randint(1, 28))
            hers = names.surnames(rng, human.uf)
            name = (
                f"{names.given(rng, human.sex, born.year)} {' '.join((hers[-1], *names.surnames(rng, human.uf)[-1:]))}"
            )
            mother = f"{names.given(rng, 'F', born.year - 24)} {' '.join(hers)}"
            stranger = human.__class__(number, name, mother, born, human.sex, human.uf)
            made.append(source(stranger))
    return made


def trained(humans: Sequence[Human], *, first: int) -> Model:
    """A model trained on some known records and as many noisy others as a load brings, and put in use.

    The others take ids from `first` on, and are forgotten.
    """
    some = humans[:_TRAINED_ON]
    sources: list[Source] = [source(human) for human in some]
    sources += arriving(some, first, len(some) // 2, seed=4)
    with workbench.workbench() as bench:
        workbench.put(bench, "subjects", subjects(sources))
        model = linking.train(bench, "subjects")
    MatchingModel.objects.create(
        version=model.version, parameters=model.to_json(), records=len(sources), made_by="benchmark", adopted=True
    )
    return model


def keep_forms(humans: Iterable[Human], version: str) -> None:
    """Write the comparable forms of the known records, as linked by a model, and index them at the end."""
    print("writing comparable forms…", file=sys.stderr)
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = 'registry_matchsubject'"
            " AND starts_with(indexname, 'ms_')"
        )
        indexes = cursor.fetchall()
        for name, _ in indexes:
            cursor.execute(f"DROP INDEX {name}")
    with transaction.atomic(), connection.cursor() as cursor:
        rows = ((*_form(source(human)), version) for human in humans)
        bulk.copy(cursor, "registry_matchsubject", (*_COLUMNS, "model"), rows)
    with connections["owner"].cursor() as cursor:
        for _, definition in indexes:
            cursor.execute(definition)
        cursor.execute("VACUUM ANALYZE")


def deliver(sources: Sequence[Source], *, waiting: bool = True) -> None:
    """Write new records as a load leaves them: registered, with documents and, if `waiting`, to be judged."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT id, registry_add_partitions(id) FROM registry_origin")
        (origin, _) = cursor.fetchone()
        ids = [one.id for one in sources]
        cursor.execute(
            "INSERT INTO registry_person (id, public_id, created_at) SELECT unnest(%s), gen_random_uuid(), now()", [ids]
        )
        _copy(cursor, "registry_record", RECORD, (_record(one, origin) for one in sources))
        _copy(cursor, "registry_prisoner", _PRISONER, map(_prisoner, sources))
        papers = (_document(one, origin) for one in sources if one.rg)
        _copy(cursor, "registry_recorddocument", _DOCUMENT, papers)
        if waiting:
            cursor.execute("INSERT INTO registry_pendingrecord (record_id, since) SELECT unnest(%s), now()", [ids])


def _form(one: Source) -> tuple[Any, ...]:
    made = subject(one)
    return tuple(made[position] for position in _POSITIONS)


def _record(one: Source, origin: int) -> tuple[Any, ...]:
    own = (one.id, origin, str(one.id), _WHEN, 1, "P", one.id, one.id)
    return (*own, one.name, one.mother, one.father, one.birth, one.sex, one.cpf, "", "", "", "")


def _prisoner(one: Source) -> tuple[Any, ...]:
    return (one.id, "", one.rji, "", "", "", "", "", "", "", "", one.birthplace, [], "", "", "")


def _document(one: Source, origin: int) -> tuple[Any, ...]:
    return (origin, _WHEN, 1, _WHEN, str(one.id), one.id, "RG", one.rg, one.rg, "", f"SSP/{one.rg_uf}")


def _copy(cursor: Any, table: str, columns: str, rows: Iterator[tuple[Any, ...]]) -> None:
    bulk.copy(cursor, table, columns.replace(" ", "").split(","), rows)


def _as_known(rng: Random, one: Source) -> Source:
    return one


def _letter_lost(rng: Random, one: Source) -> Source:
    at = rng.randrange(1, len(one.name))
    return one._replace(name=one.name[:at] + one.name[at + 1 :])


def _surname_dropped(rng: Random, one: Source) -> Source:
    words = one.name.split()
    return one._replace(name=" ".join([*words[:-2], words[-1]])) if len(words) > 2 else one


def _day_and_month_swapped(rng: Random, one: Source) -> Source:
    born = one.birth
    return one._replace(birth=date(born.year, born.day, born.month)) if born and born.day <= 12 else one


def _mother_shortened(rng: Random, one: Source) -> Source:
    words = one.mother.split()
    return one._replace(mother=f"{words[0]} {words[-1]}") if words else one


_ERRORS: Final = (_as_known, _letter_lost, _surname_dropped, _day_and_month_swapped, _mother_shortened)
