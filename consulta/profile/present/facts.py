"""Facts of identity with their sources, documents, marks."""

from collections.abc import Callable, Iterable
from typing import Any

from django.urls import reverse

from consulta.wording import chips, masked_cpf
from registry.municipalities import municipality
from registry.selectors.people.choice import Choice, Variant
from registry.selectors.people.documents import Document
from registry.selectors.people.identity import Identity, MarkSeen
from registry.selectors.people.subject import Subject
from registry.values import cpf, rji
from senappen.lib.wording import day

RULE = "Vem primeiro o valor informado por mais estados; em caso de empate, o atualizado por último."
MASKED_KINDS = frozenset({"CPF", "CIN"})  # the CIN's number is the CPF (Lei 14.534/2023)

FLAWS = {
    "empty": "sem número",
    "characters": "caracteres estranhos",
    "length": "tamanho errado",
    "repeated": "dígitos repetidos",
    "check_digit": "dígito não confere",
}

FACT_LABELS = {
    "social_name": "Nome social",
    "race": "Cor ou raça",
    "indigenous_people": "Etnia indígena",
    "marital_status": "Estado civil",
    "schooling": "Escolaridade",
    "occupation": "Profissão",
    "nationality": "Nacionalidade",
    "birthplace": "Naturalidade",
    "area": "Procedência",
    "address": "Endereço",
    "phone": "Telefone",
}


def facts_card(identity: Identity, subject: Subject) -> dict[str, Any]:
    """What `_facts.html` prints."""
    main = [
        _fact("Nome", identity.name),
        _fact("Mãe", identity.mother),
        _fact("Pai", identity.father),
        _fact("Nascimento", identity.birth, read=iso_day),
        _fact("Sexo", identity.sex),
    ]
    main += [_fact("Alcunhas", identity.nicknames, several=True)] if identity.nicknames else []
    main += [_fact("RJI", identity.rji, read=rji.display, mono=True)] if identity.rji else []
    main += [_fact("OAB", identity.oab, several=True, mono=True)] if identity.oab else []
    rest = [
        _fact(FACT_LABELS[name], choice, read=_municipality if name == "birthplace" else str)
        for name, choice in identity.facts.items()
    ]
    return {"facts": [*main, *rest], "marks": [_mark(mark) for mark in identity.marks]}


def documents_card(documents: Iterable[Document], subject: Subject) -> dict[str, Any]:
    """What `_documents.html` prints."""
    return {
        "rows": [
            {
                "type": str(document.kind),
                "number": document_number(document),
                "issuer": document.issuer,
                "issued": day(document.issued_on),
                "sources": chips(document.sources),
                "flaw": FLAWS.get(document.flaw, document.flaw),
            }
            for document in documents
        ]
    }


def document_number(document: Document) -> str:
    """The number as shown: a CPF is masked wherever it stands."""
    if document.kind.code in MASKED_KINDS or cpf.is_valid(document.number):
        return masked_cpf(document.number)
    return document.number


def photos_card(identity: Identity, subject: Subject) -> dict[str, Any]:
    """What `_photos.html` prints."""
    return {
        "rows": [
            {
                "url": reverse("consulta:photo", args=[photo.pk]),
                "caption": " · ".join(part for part in (str(photo.position), day(photo.taken_on)) if part),
                "sources": chips([photo.source]),
            }
            for photo in identity.photos
        ]
    }


def _municipality(code: str) -> str:
    return str(municipality(code))


def iso_day(text: str) -> str:
    """`1991-03-12` → `12/03/1991`."""
    return "/".join(reversed(text.split("-")))


def _fact(
    label: str, choice: Choice, *, read: Callable[[str], str] = str, several: bool = False, mono: bool = False
) -> dict[str, Any]:
    """A fact; `several` shows every variant as equal, since one does not exclude another."""
    shown = choice.variants if several else choice.variants[:1]
    divergent = () if several else choice.divergent
    return {
        "label": label,
        "values": [_value(variant, read, mono) for variant in shown],
        "divergent": [_value(variant, read, mono) for variant in divergent],
        "note": RULE,
    }


def _value(variant: Variant, read: Callable[[str], str], mono: bool) -> dict[str, Any]:
    return {"text": read(variant.text), "mono": mono, "sources": chips(variant.sources)}


def _mark(mark: MarkSeen) -> dict[str, Any]:
    words = [str(mark.kind), mark.body_part.capitalize(), mark.description]
    return {"text": " · ".join(word for word in words if word), "sources": chips([mark.source])}
