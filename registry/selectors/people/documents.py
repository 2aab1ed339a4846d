"""The documents a person has presented."""

from dataclasses import dataclass
from datetime import date

from registry.labels import Label, label
from registry.scope import Scope
from registry.selectors.people.papers import PaperKind
from registry.selectors.people.subject import Subject
from registry.selectors.provenance import Source, source_of


@dataclass(frozen=True, slots=True)
class Document:
    """A document. `number` is normalised, or as received when `flaw` says what is wrong with it."""

    kind: Label
    number: str
    flaw: str
    issuer: str
    issued_on: date | None
    sources: tuple[Source, ...]


def documents(subject: Subject, scope: Scope) -> tuple[Document, ...]:
    """Documents by kind and number, each once with every state that holds it."""
    found: dict[tuple[str, str, str], Document] = {}
    for document in [*_own_columns(subject), *_presented(subject)]:
        # A CPF is the same one whoever wrote it down; an RG is only with its issuer.
        key = (document.kind.code, document.number, "" if document.kind.code == "CPF" else document.issuer)
        known = found.get(key)
        found[key] = _joined(known, document) if known else document
    return tuple(sorted(found.values(), key=lambda d: (d.kind.code != "CPF", d.kind.code, bool(d.flaw), d.number)))


def _joined(one: Document, other: Document) -> Document:
    sources = {source.code: source for source in (*one.sources, *other.sources)}
    return Document(
        kind=one.kind,
        number=one.number,
        flaw=one.flaw,
        issuer=one.issuer or other.issuer,
        issued_on=one.issued_on or other.issued_on,
        sources=tuple(sources[code] for code in sorted(sources)),
    )


def _presented(subject: Subject) -> list[Document]:
    return [
        Document(
            kind=label("tipo_documento", row.code),
            number=row.text or row.detail,
            flaw=row.flaw,
            issuer=row.issuer,
            issued_on=row.day,
            sources=(source_of(subject.origin_of(row), subject.now),),
        )
        for row in subject.papers[PaperKind.DOCUMENT]
    ]


def _own_columns(subject: Subject) -> list[Document]:
    """Numbers that visitors' and lawyers' registrations hold as columns (`vw_visitante`, `vw_advogado`)."""
    held = [("CPF", record.cpf, record) for record in subject.standing]
    held += [("RG", visitor.rg, visitor) for visitor in subject.visitors]
    return [
        Document(label("tipo_documento", kind), number, "", "", None, (source_of(record.origin, subject.now),))
        for kind, number, record in held
        if number
    ]
