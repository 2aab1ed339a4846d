"""Which access requests a person sees, and what the pages say of them."""

from typing import Any, Final

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from credentialing import policy
from credentialing.delegation import DECIDES, among
from credentialing.models import AccessRequest, Activity, Conduct, RequestState, User
from credentialing.models.request import OPEN
from credentialing.requests import quota
from credentialing.roles import Role
from senappen.lib.wording import moment, tag

TONES: Final = {
    RequestState.CHECKING: ("info", "clock"),
    RequestState.WAITING: ("warn", "gavel"),
    RequestState.APPROVED: ("ok", "check-circle"),
    RequestState.REFUSED: ("danger", "ban"),
    RequestState.WITHDRAWN: ("neutral", "times"),
}
CONDUCT_TONES: Final = {
    Conduct.PENDING: ("neutral", "clock"),
    Conduct.UNAVAILABLE: ("warn", "exclamation-triangle"),
    Conduct.CLEAR: ("ok", "check-circle"),
    Conduct.NOTES: ("danger", "exclamation-circle"),
}


def visible(user: User) -> QuerySet[AccessRequest]:
    """Every agency's to the central body, the agency's to its ponto focal; a gestor's own, and what they decide."""
    rows = AccessRequest.objects.select_related("agency", "asked_by", "decided_by")
    if user.role == Role.GENERAL_ADMIN:
        return rows
    of_the_agency = rows.filter(agency=user.agency_id)
    if user.role == Role.FOCAL_POINT:
        return of_the_agency
    return of_the_agency.filter(Q(asked_by=user.pk) | Q(role__in=among(DECIDES, user.role)))


def to_decide(user: User) -> QuerySet[AccessRequest]:
    """Those that wait for this person's decision."""
    waiting = visible(user).filter(state=RequestState.WAITING, role__in=among(DECIDES, user.role))
    return waiting.exclude(asked_by=user.pk)


def filtered(user: User, state: str, role: str) -> QuerySet[AccessRequest]:
    """Those of a state (empty: the open ones; `todas`: every one) and profile, the newest first."""
    rows = visible(user).order_by("-asked_at")
    if state != "todas":
        rows = rows.filter(state=state) if state else rows.filter(state__in=OPEN)
    return rows.filter(role=role) if role else rows


def line(request: AccessRequest, user: User) -> dict[str, Any]:
    """A line of the board."""
    return {
        "url": reverse("credentialing:request", args=[request.pk]),
        "name": request.full_name,
        "role": request.role_label,
        "agency": request.agency.acronym,
        "state": _tag(RequestState(request.state)),
        "conduct": _conduct(request),
        "asked_by": request.asked_by.full_name,
        "mine": request.asked_by_id == user.pk,
        "decide": request.state == RequestState.WAITING and policy.may_decide(user, request),
        "asked": moment(timezone.localtime(request.asked_at)),
    }


def whole(request: AccessRequest, user: User) -> dict[str, Any]:
    """A request's own page. What the conduct check told is for whoever decides."""
    may_decide = policy.may_decide(user, request)
    notes = request.told.notes if may_decide else ()
    return {
        **line(request, user),
        "pk": request.pk,
        "cpf": request.masked_cpf,
        "email": request.email,
        "registration": request.registration,
        "unit": request.unit,
        "activities": [Activity(one).label for one in request.activities],
        "reference": request.conduct_reference,
        "notes": notes,
        "hidden_notes": request.conduct == Conduct.NOTES and not may_decide,
        "checks": request.checks,
        "next_check": moment(timezone.localtime(request.next_check_at)),
        "is_checking": request.state == RequestState.CHECKING,
        "decided": moment(timezone.localtime(request.decided_at)) if request.decided_at else "",
        "decided_by": request.decided_by.full_name if request.decided_by else "",
        "note": request.note,
        "withdraw": request.is_open and request.asked_by_id == user.pk,
        "account": request.account_id if request.account and policy.may_manage(user, request.account) else None,
        "steps": [_step(step) for step in request.steps.select_related("by")],
        "quota": _quota(request) if may_decide else "",
    }


def _step(step: Any) -> dict[str, str]:
    return {
        "what": step.get_what_display(),
        "who": step.by.full_name if step.by else "a plataforma",
        "at": moment(timezone.localtime(step.at)),
        "note": step.note,
    }


def _quota(request: AccessRequest) -> str:
    if request.role != Role.REGIONAL_MANAGER:
        return ""
    most = quota.most(request.agency.headcount)
    return f"O órgão tem {quota.held(request.agency_id)} de {most} gestores regionais (1 % do efetivo, no mínimo um)."


def _tag(state: RequestState) -> dict[str, str]:
    tone, icon = TONES[state]
    return tag(str(state.label), tone, icon)


def _conduct(request: AccessRequest) -> dict[str, str]:
    conduct = Conduct(request.conduct)
    tone, icon = CONDUCT_TONES[conduct]
    return tag(str(conduct.label), tone, icon)
