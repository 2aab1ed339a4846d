"""Requests for a seal as who asked and who decides read them.

Who asked reads their own words and the answer, of which nothing depends on the person: neither a name nor a way to
the profile, which would come and go with seals they may know nothing of.
"""

from typing import Any, Final

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from consulta.models import SealRequest, SealRequestState
from consulta.seals.requests.forms import last_day
from credentialing.models import User
from registry.models import SealBasis, SealLevel
from senappen.lib.wording import day, moment, tag

SHOWN: Final = 100
_TONES: Final = {
    SealRequestState.ASKED: "info",
    SealRequestState.ORDERED: "ok",
    SealRequestState.REFUSED: "danger",
    SealRequestState.WITHDRAWN: "neutral",
}
_ANSWERS: Final = {
    SealRequestState.ORDERED: "O sigilo foi ordenado. A pessoa só existe para quem ele admite.",
    SealRequestState.WITHDRAWN: "Retirado por você.",
}


def own(user: User) -> QuerySet[SealRequest]:
    """The person's requests, the newest first."""
    return SealRequest.objects.filter(user=user)


def waiting() -> QuerySet[SealRequest]:
    """Those that wait for a decision, the oldest first."""
    asked = SealRequest.objects.filter(state=SealRequestState.ASKED)
    return asked.select_related("user__agency", "purpose").order_by("asked_at", "pk")


def unread(user: User) -> int:
    """How many answers the person has not read."""
    return own(user).filter(decided_at__isnull=False, read_at=None).count()


def own_row(asked: SealRequest) -> dict[str, Any]:
    """One request, for who asked."""
    state = SealRequestState(asked.state)
    return {
        "id": str(asked.pk),
        **_words(asked.told),
        "asked": _at(asked.asked_at),
        "state": tag(state.label, _TONES[state]),
        "decided": _at(asked.decided_at) if asked.decided_at else "",
        "answer": asked.note or _ANSWERS.get(state, ""),
        "new": asked.decided_at is not None and asked.read_at is None,
        "withdraw_url": reverse("consulta:seal-request-withdraw", args=[asked.pk])
        if state is SealRequestState.ASKED
        else "",
    }


def waiting_row(asked: SealRequest) -> dict[str, Any]:
    """One request, for who decides."""
    told = asked.told
    return {
        **_words(told),
        "who": f"{asked.user.full_name} ({asked.user.username})",
        "agency": asked.user.agency.acronym,
        "role": asked.user.role_label,
        "asked": _at(asked.asked_at),
        "purpose": f"{asked.purpose.get_activity_display()} · {asked.purpose.case_reference}" if asked.purpose else "",
        "identifier": told["identifier"],
        "keeps": told["keeps"],
        "url": reverse("consulta:seal-request", args=[asked.pk]),
    }


def _words(told: dict[str, Any]) -> dict[str, Any]:
    last = last_day(told)
    return {
        "level": SealLevel(told["level"]).label,
        "basis": SealBasis(told["basis"]).label,
        "ordered_by": told["ordered_by"],
        "reason": told["reason"],
        "until": f"até {day(last)}" if last else "sem prazo",
    }


def _at(value: Any) -> str:
    return moment(timezone.localtime(value))
