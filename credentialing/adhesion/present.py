"""What the screens of agencies say, from what the models hold."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final

from django.urls import reverse
from django.utils import timezone

from credentialing import policy
from credentialing.activities import Activity
from credentialing.adhesion.forms import DesignationForm
from credentialing.models import (
    AdhesionRequest,
    AdhesionState,
    Agency,
    AgencySuspension,
    Designation,
    ExpiryWarning,
    User,
)
from credentialing.models.adhesion import INDICATED, OPEN
from senappen.lib.wording import count, day, moment, tag, thousands

_TONES: Final = {AdhesionState.APPROVED: "ok", AdhesionState.REFUSED: "danger", AdhesionState.RETURNED: "warn"}
# Days before the end from which a term stands out.
_NEAR: Final = 180


def listing() -> dict[str, Any]:
    """All agencies, and the requests somebody still has to deal with, the oldest first."""
    waiting = AdhesionRequest.objects.filter(state__in=OPEN).order_by("asked_at")
    over = AdhesionRequest.objects.filter(state=AdhesionState.REFUSED)[:20]
    return {
        "requests": [_line(one) for one in waiting],
        "refused": [_line(one) for one in over],
        "agencies": [_agency_line(one) for one in Agency.objects.order_by("acronym")],
    }


def request(found: AdhesionRequest, user: User) -> dict[str, Any]:
    """One request, with its people and steps, and which step the reader may take."""
    return {
        "request_": found,
        "state": _state(found),
        "facts": [
            {"label": "Órgão", "value": found.name},
            {"label": "UF", "value": found.uf or "Federal ou nacional"},
            {"label": "Efetivo", "value": thousands(found.headcount)},
            {"label": "Fundamento legal", "value": found.legal_basis},
            {"label": "Termo ou ACT", "value": found.term},
            {"label": "Válida até", "value": day(found.valid_until)},
            {"label": "Atividades do termo", "value": _activities(found.activities), "long": True},
        ],
        "people": [
            {"place": one.place, "name": one.full_name, "email": one.email, "registration": one.registration}
            for one in found.indications.all()
        ],
        "steps": [
            {
                "when": moment(timezone.localtime(step.at)),
                "who": step.by.full_name,
                "what": step.get_state_display(),
                "note": step.note,
            }
            for step in found.steps.all()
        ],
        "may_validate": found.state == AdhesionState.ASKED,
        "may_approve": found.state in {AdhesionState.VALIDATED, AdhesionState.FIRST_APPROVED}
        and found.first_by_id != user.pk,
        "approved_first": found.first_by_id == user.pk and found.state == AdhesionState.FIRST_APPROVED,
        "may_correct": found.state == AdhesionState.RETURNED,
        "may_end": found.state in {AdhesionState.ASKED, AdhesionState.VALIDATED, AdhesionState.FIRST_APPROVED},
    }


def agency(found: Agency, user: User, wrong: Mapping[int, DesignationForm]) -> dict[str, Any]:
    """One agency: how it stands, who answers for it, its substitutes' turns, its suspensions."""
    adhesion = AdhesionRequest.objects.filter(agency=found).first()
    return {
        "own": found.pk == user.agency_id,
        "agency": found,
        "state": _standing(found),
        "facts": [
            {"label": "UF", "value": found.uf or "Federal ou nacional"},
            {"label": "Efetivo", "value": thousands(found.headcount)},
            {"label": "Adesão válida até", "value": _last_day(found) or "sem prazo"},
            {"label": "Atividades do termo", "value": _activities(found.activities), "long": True},
            {"label": "Termo ou ACT", "value": adhesion.term if adhesion else "não informado"},
        ],
        "warning": warning(found),
        "people": [_person(one, user, wrong) for one in _answering(found)],
        "suspensions": [_suspension(one) for one in found.suspensions.all()],
        "adhesion_url": reverse("credentialing:adhesion", args=[adhesion.pk]) if adhesion else "",
    }


def warning(found: Agency) -> str:
    """The sentence about a term near its end that was written for it last; empty when there is none."""
    if found.expires_at is None or not found.is_open:
        return ""
    if not ExpiryWarning.objects.filter(agency=found, expires_at=found.expires_at, days__gt=0).exists():
        return ""
    left = count(_days_left(found), "dia", "dias")
    return f"A adesão de {found.acronym} vence em {_last_day(found)}: faltam {left}. Vencida, ninguém do órgão entra."


def warnings() -> list[str]:
    """The sentences of every agency warned of, the nearest first."""
    near = Agency.objects.active().filter(warnings__isnull=False).distinct().order_by("expires_at")
    return [text for one in near if (text := warning(one))]


def waiting() -> int:
    """How many requests somebody of the coordination still has to deal with."""
    return AdhesionRequest.objects.filter(state__in=OPEN).count()


def _activities(names: list[str]) -> str:
    return "; ".join(Activity(name).label for name in names)


def _answering(found: Agency) -> list[User]:
    people = User.objects.open_in(found.pk, *INDICATED).select_related("agency")
    return list(people.prefetch_related("designations").order_by("-role", "is_substitute", "full_name"))


def _person(one: User, reader: User, wrong: Mapping[int, DesignationForm]) -> dict[str, Any]:
    designations = [_designation(each) for each in one.designations.all()[:10]]
    may = policy.may_designate(reader, one)
    return {
        "pk": one.pk,
        "name": one.full_name,
        "place": f"{one.role_label}{' substituto' if one.is_substitute else ''}",
        "email": one.email,
        "is_substitute": one.is_substitute,
        "state": _acting(one),
        "designations": designations,
        "may_designate": may,
        "form": (wrong.get(one.pk) or DesignationForm(auto_id=f"designar-{one.pk}-%s")) if may else None,
    }


def _acting(one: User) -> dict[str, str]:
    if not one.is_substitute:
        return tag("em exercício", "ok")
    return tag("designado hoje", "ok") if one.acts_now else tag("sem designação: não entra", "neutral")


def _designation(each: Designation) -> dict[str, Any]:
    today, ended = timezone.localdate(), each.ended_at
    over = ended is not None or each.until < today
    return {
        "pk": each.pk,
        "term": f"{day(each.since)} a {day(each.until)}",
        "reason": each.reason,
        "ended": f"encerrada em {moment(timezone.localtime(ended))}" if ended else "",
        "may_end": not over,
    }


def _suspension(one: AgencySuspension) -> dict[str, str]:
    lifted = one.lifted_at
    return {
        "since": moment(timezone.localtime(one.begun_at)),
        "by": one.begun_by,
        "reason": one.reason,
        "lifted": moment(timezone.localtime(lifted)) if lifted else "",
        "lifted_by": one.lifted_by,
        "lift_reason": one.lift_reason,
    }


def _line(one: AdhesionRequest) -> dict[str, Any]:
    return {
        "url": reverse("credentialing:adhesion", args=[one.pk]),
        "acronym": one.acronym,
        "name": one.name,
        "asked": moment(timezone.localtime(one.asked_at)),
        "state": _state(one),
    }


def _agency_line(one: Agency) -> dict[str, Any]:
    return {
        "url": reverse("credentialing:agency", args=[one.pk]),
        "acronym": one.acronym,
        "name": one.name,
        "uf": one.uf,
        "headcount": thousands(one.headcount),
        "until": _last_day(one) or "sem prazo",
        "state": _standing(one),
    }


def _state(one: AdhesionRequest) -> dict[str, str]:
    return tag(AdhesionState(one.state).label, _TONES.get(AdhesionState(one.state), "info"))


def _standing(one: Agency) -> dict[str, str]:
    if one.suspended_at is not None:
        return tag("suspenso", "danger", "ban")
    if one.is_expired:
        return tag("adesão vencida", "danger", "ban")
    if one.expires_at is not None and _days_left(one) <= _NEAR:
        return tag(f"vence em {count(_days_left(one), 'dia', 'dias')}", "warn")
    return tag("aberto", "ok")


def _days_left(one: Agency) -> int:
    """Whole days that are left, today included."""
    assert one.expires_at is not None
    return max(0, (timezone.localtime(one.expires_at).date() - timezone.localdate()).days)


def _last_day(one: Agency) -> str:
    """The last day of the term: its end is the first moment after it."""
    return day(timezone.localtime(one.expires_at - timedelta(seconds=1))) if one.expires_at else ""
