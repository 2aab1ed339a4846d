"""The judgements of a person in words."""

from typing import Any, Final

from django.urls import reverse

from consulta.wording import KINDS
from registry.matching.vetoes import VETOES
from registry.models import RecordKind, Verdict
from registry.selectors.people.subject import Subject
from registry.selectors.reviewing.judgements import Judged, Named, Past, Standing
from senappen.lib.wording import moment, tag

_TONES: Final = {Verdict.SAME: "ok", Verdict.DIFFERENT: "danger", Verdict.UNSURE: "neutral"}
_VETOES: Final = {veto.code: veto.text for veto in VETOES}


def page(found: Judged, subject: Subject) -> dict[str, Any]:
    """What `consulta/review/judgements.html` prints."""
    return {
        "standing": [_standing(one, subject) for one in found.standing],
        "past": [_past(one) for one in found.past],
        "contradictory": len(found.contradictory),
    }


def who(judge: str) -> str:
    """`regra cpf/1`, `modelo 3f9c`, `pessoa ana`."""
    kind, _, name = judge.partition(":")
    words = {"rule": "regra", "user": "pessoa", "model": "modelo"}.get(kind)
    return f"{words} {name[:12] if kind == 'model' else name}" if words else judge


def _standing(one: Standing, subject: Subject) -> dict[str, Any]:
    return {
        "url": reverse("consulta:judgement-revoke", args=[subject.public_id, one.pk]),
        "pk": one.pk,
        "verdict": tag(one.verdict.label, _TONES[one.verdict]),
        "records": [_named(one.a), _named(one.b)],
        "who": who(one.judge),
        "when": moment(one.made_at),
        "score": "" if one.score is None else f"{one.score:.1f}".replace(".", ","),
        "note": one.note,
        "vetoes": [_VETOES.get(code, code) for code in one.vetoes],
        "warning": _warning(one),
    }


def _warning(one: Standing) -> str:
    if one.disputed:
        return "Outro julgamento diz o contrário deste par."
    return "" if one.holds else "Não vale no momento: outros julgamentos o impedem."


def _past(one: Past) -> dict[str, Any]:
    return {
        "verdict": tag(one.verdict.label, "outline"),
        "records": [_named(one.a), _named(one.b)],
        "who": who(one.judge),
        "when": moment(one.made_at),
        "revoked_by": who(one.revoked_by) if one.revoked_by else "",
        "revoked": moment(one.revoked_at),
        "note": one.note,
    }


def _named(record: Named) -> dict[str, Any]:
    return {
        "source": {"code": record.code},
        "key": record.key,
        "kind": KINDS[RecordKind(record.kind)],
        "name": record.name,
        "inside": record.inside,
    }
