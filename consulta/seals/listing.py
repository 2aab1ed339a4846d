"""Seals as their keepers read them: orders, people of the platform, dates; of the person only the profile's id."""

import uuid
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any, Final

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q
from django.utils import timezone

from registry.models import Seal, SealGrant, SealLevel
from senappen.lib.wording import count, day, moment, tag

PAGE: Final = 20


def page_of(number: str, *, standing: bool) -> Page[Seal]:
    """One page of the seals that stand, or of those that are over, the newest first."""
    current = Q(grants__in=SealGrant.objects.standing())
    admitted, proposed = current & Q(grants__confirmed_at__isnull=False), current & Q(grants__confirmed_at=None)
    chosen = Seal.objects.standing() if standing else Seal.objects.over()
    listed = chosen.annotate(
        admitted=Count("grants", filter=admitted, distinct=True),
        proposed=Count("grants", filter=proposed, distinct=True),
    )
    return Paginator(listed.order_by("-since", "pk"), PAGE).get_page(number)


def row(seal: Any) -> dict[str, Any]:
    """A seal of `page_of`, in a line."""
    waits = bool(seal.lift_asked_at) or bool(seal.proposed)
    return {
        **_order(seal),
        "id": str(seal.pk),
        "admitted": count(seal.admitted, "autorização", "autorizações") if seal.admitted else "ninguém por nome",
        "waits": tag("aguarda confirmação", "warn") if waits and seal.is_standing else None,
    }


def homes_of(seal: Seal) -> list[uuid.UUID]:
    """The profiles its records were born with: those ids never change."""
    return list(seal.records.order_by("pk").values_list("home__public_id", flat=True).distinct())


def whole(seal: Seal, viewer: str) -> dict[str, Any]:
    """One seal with its grants, its proposals and its history; `viewer` is the account that reads."""
    grants = list(seal.grants.order_by("given_at", "pk"))
    current = seal.grants.standing() if seal.is_standing else seal.grants.none()
    return {
        **_order(seal),
        "id": str(seal.pk),
        "standing": seal.is_standing,
        "homes": [str(home) for home in homes_of(seal)],
        "records": count(seal.records.count(), "registro", "registros"),
        "grants": [_grant(grant, viewer) for grant in current.order_by("given_at", "pk")],
        "lift": _lift(seal, viewer) if seal.is_standing and seal.lift_asked_at else None,
        "history": [f"{_at(when)} · {said}" for when, said in sorted(_history(seal, grants))],
    }


def _order(seal: Seal) -> dict[str, Any]:
    return {
        "level": tag(SealLevel(seal.level).label, "info" if seal.level == SealLevel.AGENCY else "warn", "lock"),
        "agency": seal.agency,
        "basis": seal.get_basis_display(),
        "ordered_by": seal.ordered_by,
        "reason": seal.reason,
        "since": _at(seal.since),
        "until": _until(seal.until) or "sem prazo",
        "ended": _ended(seal),
    }


def _ended(seal: Seal) -> str:
    if seal.lifted_at:
        return f"levantado em {_at(seal.lifted_at)}"
    return "" if seal.is_standing else "prazo terminado"


def _grant(grant: SealGrant, viewer: str) -> dict[str, Any]:
    confirmed = grant.confirmed_at is not None
    return {
        "id": grant.pk,
        "username": grant.username,
        "reason": grant.reason,
        "until": _until(grant.until) or "sem prazo",
        "state": tag("em vigor", "ok") if confirmed else tag("aguarda confirmação", "warn"),
        "given": f"proposta por {grant.given_by} em {_at(grant.given_at)}",
        "confirmed": f"confirmada por {grant.confirmed_by} em {_at(grant.confirmed_at)}" if confirmed else "",
        "may_confirm": not confirmed and viewer not in (grant.given_by, grant.username),
    }


def _lift(seal: Seal, viewer: str) -> dict[str, Any]:
    return {
        "by": seal.lift_asked_by,
        "at": _at(seal.lift_asked_at),
        "reason": seal.lifted_reason,
        "may_confirm": viewer != seal.lift_asked_by,
    }


def _history(seal: Seal, grants: list[SealGrant]) -> Iterator[tuple[datetime, str]]:
    """What the rows say happened; proposals that were taken back are in the audit."""
    yield seal.since, f"{seal.sealed_by} registrou o sigilo"
    for grant in grants:
        yield grant.given_at, f"{grant.given_by} propôs autorizar {grant.username}: {grant.reason}"
        if grant.confirmed_at:
            yield grant.confirmed_at, f"{grant.confirmed_by} confirmou a autorização de {grant.username}"
        if grant.revoked_at:
            what = "revogou a autorização" if grant.confirmed_at else "retirou a proposta de autorização"
            yield grant.revoked_at, f"{grant.revoked_by} {what} de {grant.username}"
    if seal.lift_asked_at:
        yield seal.lift_asked_at, f"{seal.lift_asked_by} propôs levantar o sigilo: {seal.lifted_reason}"
    if seal.lifted_at:
        yield seal.lifted_at, f"{seal.lifted_by} confirmou, e o sigilo terminou"
    elif not seal.is_standing and seal.until:
        yield seal.until, "o prazo terminou"


def _at(value: datetime | None) -> str:
    return moment(timezone.localtime(value)) if value else ""


def _until(value: datetime | None) -> str:
    """The last day: terms end at the first moment of the next one."""
    return f"até {day(timezone.localtime(value - timedelta(seconds=1)))}" if value else ""
