"""Who the person is: each fact with its variants, who says them, and how fresh their word is."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from registry.labels import Label, label
from registry.models import Record, RecordKind
from registry.scope import Scope
from registry.selectors.people.choice import Choice, Mention, choose
from registry.selectors.people.papers import Paper, PaperKind
from registry.selectors.people.subject import Subject
from registry.selectors.provenance import Source, local, source_of
from registry.values import names, oab, rji
from registry.values.dates import age_on

_UNKNOWN: Final = frozenset({"NAO_INFORMADO", "SEM_INFORMACAO_SOBRE_A_NACIONALIDADE"})

# Facts that are plain columns of the prison registration: fact → (column, domain of its codes or empty).
_PRISONER_FACTS: Final[Mapping[str, tuple[str, str]]] = {
    "social_name": ("social_name", ""),
    "race": ("race", "raca_cor"),
    "indigenous_people": ("indigenous_people", ""),
    "marital_status": ("marital_status", "estado_civil"),
    "schooling": ("schooling", "escolaridade"),
    "occupation": ("occupation", ""),
    "nationality": ("nationality", "nacionalidade"),
    "birthplace": ("birthplace", ""),
    "area": ("area", "procedencia"),
}


@dataclass(frozen=True, slots=True)
class MarkSeen:
    """A mark, scar or tattoo."""

    kind: Label
    body_part: str
    description: str
    source: Source


@dataclass(frozen=True, slots=True)
class PhotoSeen:
    """A photograph: `pk` opens it at the gate."""

    pk: int
    position: Label
    taken_on: date | None
    source: Source


@dataclass(frozen=True, slots=True)
class Provenance:
    """One origin's share: how many records of the person it holds, and when it last changed one."""

    source: Source
    records: int
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class Identity:
    """The facts of identity. `facts` has the other columns of registrations by name, those that some state informs."""

    name: Choice
    mother: Choice
    father: Choice
    birth: Choice  # ISO dates
    age: int | None
    sex: Choice
    cpf: Choice  # eleven digits: the screen masks them
    rji: Choice
    oab: Choice
    nicknames: Choice
    facts: Mapping[str, Choice]
    kinds: tuple[RecordKind, ...]
    registrations: tuple[tuple[str, str], ...]  # (origin, matrícula)
    marks: tuple[MarkSeen, ...]
    photos: tuple[PhotoSeen, ...]
    provenance: tuple[Provenance, ...]
    records: int
    withdrawn: bool
    copy: str  # NOME · RJI


def identity(subject: Subject, scope: Scope) -> Identity:
    """Everything said of who the person is (one query)."""
    others = subject.papers[PaperKind.NAME]
    birth = _birth(subject, others)
    name = name_of(subject, others)
    number = choose(_columns(subject.prisoners, "rji"), subject.now)
    return Identity(
        name=name,
        mother=_named(subject, "mother_name", others, "MAE"),
        father=_named(subject, "father_name", others, "PAI"),
        birth=birth,
        age=age_on(date.fromisoformat(birth.text), subject.now.date()) if birth else None,
        sex=choose(_columns(subject.standing, "sex", "sexo"), subject.now),
        cpf=choose(_columns(subject.standing, "cpf"), subject.now),
        rji=number,
        oab=choose(_inscriptions(subject), subject.now),
        nicknames=choose(_mentions(subject, others, "ALCUNHA"), subject.now, same=names.normalise),
        facts=_facts(subject),
        kinds=tuple(RecordKind(kind) for kind in sorted({record.kind for record in subject.standing})),
        registrations=tuple((p.origin.code, p.registration) for p in subject.prisoners if p.registration),
        marks=_marks(subject),
        photos=_photos(subject),
        provenance=_provenance(subject),
        records=len(subject.records),
        withdrawn=subject.withdrawn,
        copy=" · ".join(part for part in (name.text, rji.display(number.text) if number else "") if part),
    )


def name_of(subject: Subject, others: Iterable[Paper] = ()) -> Choice:
    """The name shown first and the others. Without `others`, only the records' own."""
    return choose(
        [*_columns(subject.standing, "name"), *_mentions(subject, others, "NOME", main=False)],
        subject.now,
        same=names.normalise,
    )


def _named(subject: Subject, column: str, others: Iterable[Paper], kind: str) -> Choice:
    mentions = [*_columns(subject.standing, column), *_mentions(subject, others, kind, main=False)]
    return choose(mentions, subject.now, same=names.normalise)


def _birth(subject: Subject, others: Iterable[Paper]) -> Choice:
    own = [
        Mention(record.birth_date.isoformat(), record.origin, record.origin_updated_at)
        for record in subject.standing
        if record.birth_date
    ]
    listed = [mention for mention in _mentions(subject, others, "NASC", main=False) if _is_date(mention.text)]
    return choose([*own, *listed], subject.now)


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _columns(records: Iterable[Record], column: str, domain: str = "") -> list[Mention]:
    """Each record's value of a column, in words where the column holds codes."""
    read: Callable[[str], str] = (lambda code: _words(domain, code)) if domain else str
    return [Mention(read(getattr(r, column) or ""), r.origin, r.origin_updated_at) for r in records]


def _words(domain: str, code: str) -> str:
    """The label of a code; nothing for the form's code of what nobody knows, which is no value to choose or differ."""
    return "" if code in _UNKNOWN else str(label(domain, code))


def _inscriptions(subject: Subject) -> list[Mention]:
    return [
        Mention(oab.display(f"{lawyer.oab_uf}{lawyer.oab_number}"), lawyer.origin, lawyer.origin_updated_at)
        if oab.is_valid(f"{lawyer.oab_uf}{lawyer.oab_number}")
        else Mention(f"{lawyer.oab_uf} {lawyer.oab_number}".strip(), lawyer.origin, lawyer.origin_updated_at)
        for lawyer in subject.lawyers
    ]


def _facts(subject: Subject) -> dict[str, Choice]:
    chosen = {
        fact: choose(_columns(subject.prisoners, column, domain), subject.now)
        for fact, (column, domain) in _PRISONER_FACTS.items()
    }
    chosen |= {fact: choose(_columns(subject.standing, fact), subject.now) for fact in ("address", "phone")}
    return {fact: choice for fact, choice in chosen.items() if choice}


def _mentions(subject: Subject, others: Iterable[Paper], kind: str, *, main: bool = True) -> list[Mention]:
    return [Mention(o.text, subject.origin_of(o), o.updated_at, main) for o in others if o.code == kind]


def _marks(subject: Subject) -> tuple[MarkSeen, ...]:
    return tuple(
        MarkSeen(
            kind=label("sinais_marcas", mark.code),
            body_part=mark.detail,
            description=mark.text,
            source=source_of(subject.origin_of(mark), subject.now),
        )
        for mark in subject.papers[PaperKind.MARK]
    )


def _photos(subject: Subject) -> tuple[PhotoSeen, ...]:
    """Photographs, frontal ones first, then the newest; the same picture from two states is shown once."""
    once = {photo.text: photo for photo in subject.papers[PaperKind.PHOTO]}
    order = sorted(once.values(), key=lambda p: (p.day or date.min, p.id), reverse=True)
    return tuple(
        PhotoSeen(
            pk=photo.id,
            position=label("posicao_foto", photo.code),
            taken_on=photo.day,
            source=source_of(subject.origin_of(photo), subject.now),
        )
        for photo in sorted(order, key=lambda p: p.code not in ("", "FRONTAL"))
    )


def _provenance(subject: Subject) -> tuple[Provenance, ...]:
    return tuple(
        Provenance(
            source=source_of(origin, subject.now),
            records=len(mine),
            updated_at=local(max(record.origin_updated_at for record in mine), origin),
        )
        for origin in subject.origins
        for mine in [[record for record in subject.standing if record.origin_id == origin.pk]]
    )
