"""Every field of both records, one a line, with what differs marked."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from consulta.profile.present.facts import FACT_LABELS, document_number, iso_day
from consulta.review.differences import Segment, compare, is_same
from consulta.wording import masked_cpf
from registry.municipalities import municipality
from registry.selectors.people.choice import Choice
from registry.selectors.people.documents import Document
from registry.selectors.reviewing.pair import Half
from registry.values import cpf, rji
from senappen.lib.wording import moment

WORDS: Final = {"same": "igual", "differs": "diferente", "one": "só em um", "partly": "em parte"}
# These stand in lines of their own, from the registration itself.
_OWN_LINES: Final = frozenset({"CPF"})


@dataclass(frozen=True, slots=True)
class Line:
    """A field: a list of values of each side, each a tuple of segments; `outcome` is a key of WORDS."""

    label: str
    a: tuple[tuple[Segment, ...], ...]
    b: tuple[tuple[Segment, ...], ...]
    outcome: str
    mono: bool = False

    @property
    def word(self) -> str:
        return WORDS[self.outcome]

    @property
    def texts_a(self) -> list[str]:
        return ["".join(segment.text for segment in value) for value in self.a]

    @property
    def texts_b(self) -> list[str]:
        return ["".join(segment.text for segment in value) for value in self.b]


def lines(a: Half, b: Half) -> list[Line]:
    """The fields that at least one of the two records has."""
    found = [
        _one("Nome", a.record.name, b.record.name),
        _one("Mãe", a.record.mother_name, b.record.mother_name),
        _one("Pai", a.record.father_name, b.record.father_name),
        _one("Nascimento", _birth(a), _birth(b)),
        _cpf(a.record.cpf, b.record.cpf),
        *_several_lines(a, b),
        _one("Sexo", a.identity.sex.text, b.identity.sex.text),
        *_facts(a, b),
        _one("Telefone", a.record.phone, b.record.phone),
        _one("Endereço", a.record.address, b.record.address),
    ]
    return [line for line in found if line is not None]


def provenance(half: Half) -> dict[str, Any]:
    """Where a record comes from and how fresh it is."""
    record = half.record
    return {
        "key": record.origin_key,
        "registrations": [number for _, number in half.identity.registrations],
        "updated": moment(record.origin_updated_at),
        "received": moment(record.received_at),
        "removed": moment(record.removed_at),
    }


def _birth(half: Half) -> str:
    return f"{half.record.birth_date:%d/%m/%Y}" if half.record.birth_date else ""


def _several_lines(a: Half, b: Half) -> Iterator[Line | None]:
    yield _several("RJI", _texts(a.identity.rji, rji.display), _texts(b.identity.rji, rji.display), mono=True)
    yield _several("OAB", _texts(a.identity.oab), _texts(b.identity.oab), mono=True)
    yield from _documents(a.documents, b.documents)
    yield _several("Outros nomes", _others(a.identity.name), _others(b.identity.name))
    yield _several("Alcunhas", _texts(a.identity.nicknames), _texts(b.identity.nicknames))
    yield _several("Outras mães", _others(a.identity.mother), _others(b.identity.mother))
    births = (_others(a.identity.birth), _others(b.identity.birth))
    yield _several("Outros nascimentos", *([iso_day(text) for text in side] for side in births))
    yield _several("Sinais", _marks(a), _marks(b))


def _documents(a: tuple[Document, ...], b: tuple[Document, ...]) -> Iterator[Line | None]:
    kinds = dict.fromkeys(str(document.kind) for document in (*a, *b) if document.kind.code not in _OWN_LINES)
    for kind in kinds:
        mine, theirs = ([_document(d) for d in side if str(d.kind) == kind] for side in (a, b))
        yield _several(kind, mine, theirs, mono=True)


def _document(document: Document) -> str:
    return " ".join(part for part in (document_number(document), document.issuer) if part)


def _facts(a: Half, b: Half) -> Iterator[Line | None]:
    for name, label in FACT_LABELS.items():
        if name in ("address", "phone"):
            continue
        mine, theirs = (half.identity.facts.get(name, Choice()).text for half in (a, b))
        if name == "birthplace":
            mine, theirs = (str(municipality(text)) for text in (mine, theirs))
        yield _one(label, mine, theirs)


def _marks(half: Half) -> list[str]:
    parts = ([str(mark.kind), mark.body_part.capitalize(), mark.description] for mark in half.identity.marks)
    return [" · ".join(part for part in words if part) for words in parts]


def _texts(choice: Choice, read: Any = str) -> list[str]:
    return [read(variant.text) for variant in choice.variants]


def _others(choice: Choice) -> list[str]:
    return [variant.text for variant in choice.divergent]


def _one(label: str, a: str, b: str, *, mono: bool = False) -> Line | None:
    if not (a or b):
        return None
    left, right = compare(a, b)
    outcome = "one" if not (a and b) else "same" if is_same(a, b) else "differs"
    return Line(label, (left,) if left else (), (right,) if right else (), outcome, mono)


def _several(label: str, a: list[str], b: list[str], *, mono: bool = False) -> Line | None:
    """Values that do not exclude each other: one that the other side lacks is compared with the likest it has."""
    if not (a or b):
        return None
    if len(a) == len(b) == 1:
        return _one(label, a[0], b[0], mono=mono)
    common = [text for text in a if any(is_same(text, other) for other in b)]
    outcome = "one" if not (a and b) else "partly" if common else "differs"
    if len(common) == len(a) == len(b):
        outcome = "same"
    return Line(label, _whole(a, b), _whole(b, a), outcome, mono)


def _whole(texts: list[str], against: list[str]) -> tuple[tuple[Segment, ...], ...]:
    return tuple((Segment(t, bool(against) and not any(is_same(t, o) for o in against)),) for t in texts)


def _cpf(a: str, b: str) -> Line | None:
    """Of two CPFs only the digits that differ are shown: what tells a slip of the hand from another number."""
    if not (a or b):
        return None
    if len(a) != len(b) or a == b:
        outcome = "same" if a == b else "one" if not (a and b) else "differs"
        return Line("CPF", _masked(a), _masked(b), outcome, mono=True)
    differ = [x != y for x, y in zip(a, b, strict=True)]
    return Line("CPF", (_digits(a, differ),), (_digits(b, differ),), "differs", mono=True)


def _masked(number: str) -> tuple[tuple[Segment, ...], ...]:
    return ((Segment(masked_cpf(number), False),),) if number else ()


def _digits(number: str, differ: list[bool]) -> tuple[Segment, ...]:
    shown = cpf.display("".join(digit if other else "•" for digit, other in zip(number, differ, strict=True)))
    return tuple(Segment(character, character.isdigit()) for character in shown)
