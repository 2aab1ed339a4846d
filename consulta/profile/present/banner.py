"""The identity banner, its tags and the notes above it."""

from typing import Any

from django.urls import reverse

from consulta.profile.present.state import DOUBTS, TONES, contradiction, headline
from consulta.wording import KINDS, chip, masked_cpf
from registry.models import RecordKind
from registry.municipalities import municipality
from registry.selectors.people.identity import Identity, name_of
from registry.selectors.people.situation import Situation, State
from registry.selectors.people.subject import Subject
from registry.values import rji
from registry.values.names import legible
from senappen.lib.wording import day, moment, tag


def banner(subject: Subject, identity: Identity | None, situation: Situation | None) -> dict[str, Any]:
    """What `_identity.html` prints; without the identity (its card failed), only what the records' rows say."""
    name = legible(identity.name.text if identity else name_of(subject).text)
    person = {
        "name": name,
        "url": reverse("consulta:profile", args=[subject.public_id]),
        "judgements_url": reverse("consulta:judgements", args=[subject.public_id]),
        "links_url": reverse("consulta:links", args=[subject.public_id]),
        "cpf_url": reverse("consulta:reveal-cpf", args=[subject.public_id]),
        "sources": [chip(source, subject.now) for source in subject.sources],
        "records": len(subject.records),
        "known_as": ",".join(str(each) for each in subject.known_as),
        "tags": _tags(subject, situation),
        "kinds": ", ".join(KINDS[RecordKind(kind)] for kind in sorted({r.kind for r in subject.standing})),
        "copy_text": name,
    }
    return {**person, **_facts(identity, situation)} if identity else person


def notes(subject: Subject, situation: Situation | None) -> list[dict[str, str]]:
    """Messages above the banner: what must be known before reading on."""
    found = [
        {"tone": DOUBTS[doubt.doubt][0], "title": DOUBTS[doubt.doubt][1], "text": contradiction(doubt)}
        for doubt in (situation.contradictions if situation else ())
    ]
    if subject.withdrawn:
        text = "Todos os registros desta pessoa foram excluídos na origem. O que segue é o último estado conhecido."
        found.append({"tone": "warn", "title": "Registro excluído.", "text": text})
    return found


def _facts(identity: Identity, situation: Situation | None) -> dict[str, Any]:
    photo = identity.photos[0] if identity.photos else None
    unit = situation.places[0].unit.name if situation and situation.places else ""
    birth = identity.birth.text
    return {
        "photo": {
            "url": reverse("consulta:photo", args=[photo.pk]),
            "caption": _caption(len(identity.photos), day(photo.taken_on)),
        }
        if photo
        else None,
        "rji": rji.display(identity.rji.text) if identity.rji else "",
        "cpf": masked_cpf(identity.cpf.text),
        "oab": ", ".join(variant.text for variant in identity.oab.variants),
        "birth": "/".join(reversed(birth.split("-"))),
        "age": identity.age,
        "mother": legible(identity.mother.text),
        "nicknames": ", ".join(f"“{variant.text}”" for variant in identity.nicknames.variants),
        "birthplace": str(municipality(identity.facts["birthplace"].text)) if "birthplace" in identity.facts else "",
        "registrations": [f"{code} {number}" for code, number in identity.registrations],
        "changed": moment(max((p.updated_at for p in identity.provenance), default=None)),
        "copy_text": " · ".join(part for part in (identity.copy, unit) if part),
    }


def _caption(total: int, taken: str) -> str:
    return " · ".join(part for part in (f"1 de {total}" if total > 1 else "", taken) if part)


def _tags(subject: Subject, situation: Situation | None) -> list[dict[str, str]]:
    kinds = {record.kind for record in subject.standing}
    tags = [tag(KINDS[kind], "info", icon) for kind, icon in _ROLES if kind in kinds]
    if situation is None or situation.state == State.NEVER:
        return tags
    tone, icon = TONES[situation.state]
    return [tag(headline(situation), tone, icon), *tags]


_ROLES = ((RecordKind.VISITOR, "user-friends"), (RecordKind.LAWYER, "gavel"))
