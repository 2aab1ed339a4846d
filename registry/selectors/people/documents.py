"""The documents a person has presented."""

from dataclasses import dataclass
from datetime import date

from registry.labels import Label, label
from registry.models import RecordDocument
from registry.scope import Scope
from registry.selectors.people.subject import MOST_ROWS, Subject, keys
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
    rows = RecordDocument.objects.filter(record__in=keys(subject.standing), removed_at=None)
    return [
        Document(
            kind=label("tipo_documento", row.kind),
            number=row.number or row.raw,
            flaw=row.flaw,
            issuer=row.issuer,
            issued_on=row.issued_on,
            sources=(source_of(row.origin, subject.now),),
        )
        for row in rows.select_related("origin").order_by("id")[:MOST_ROWS]
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
