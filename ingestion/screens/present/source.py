"""One source as its page prints it."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone

from ingestion.health import AgreementHealth, SourceHealth
from ingestion.models import CertificateKind, Load, LoadStatus, LoadView
from ingestion.models.load import ASKING
from ingestion.screens.present import connectors
from ingestion.screens.present.endings import agreement_end, ending
from ingestion.screens.present.runs import span, status, when
from ingestion.screens.present.states import WORDS, State, state_of
from senappen.lib.wording import ago, count, day, tag, thousands

LATE = "As telas de consulta dizem aos agentes que este estado está atrasado."


def context(health: SourceHealth, now: datetime) -> dict[str, Any]:
    """What `source/page.html` asks, but for the history of loads."""
    state = state_of(health)
    return {
        "state": tag(*WORDS[state]),
        "notes": _notes(health, state),
        "figures": _figures(health, now),
        "paused": state is State.PAUSED,
        "asking": _asking(health) if state is State.ASKING else [],
        "running": _running(health),
        "alerts": [connectors.alert_line(alert) for alert in health.alerts],
        "certificates": [
            {"kind": CertificateKind(seen.kind).label, "name": seen.name, **ending(seen.expires_at, now)}
            for seen in health.certificates
        ],
        "agreement": _agreement(health.agreement, health) if health.agreement else None,
    }


def history(origin: str, loads: Iterable[Load]) -> list[dict[str, Any]]:
    """The loads of an origin, by whatever source, as `with_counts` gives them."""
    return [_load(origin, load) for load in loads]


def _notes(health: SourceHealth, state: State) -> list[dict[str, str]]:
    latest, notes = health.latest, []
    cause = connectors.cause(health, state)
    if state is State.PAUSED and health.pause:
        since = f" em {when(health.pause.at)}" if health.pause.at else ""
        by = f" por {health.pause.by}" if health.pause.by else ""
        notes.append(_note("warn", f"Pausada{by}{since}.", cause or "Sem motivo informado."))
    elif state is State.BREAKER and health.breaker:
        probe = health.breaker.probe_at
        then = f"Novo teste em {when(probe)}." if probe else "Nada será tentado até alguém pedir uma carga."
        notes.append(_note("danger", "Disjuntor aberto.", f"{cause} {then}", health.breaker.reference))
    elif state is State.STOPPED and latest:
        then = f"Nova tentativa em {when(latest.retry_at)}." if latest.retry_at else "Não será tentada de novo sozinha."
        notes.append(_note("danger", "A última carga foi interrompida.", f"{cause} {then}", latest.reference))
    elif state is State.BLOCKED:
        notes.append(_note("danger", "Esta fonte não pode carregar.", cause))
    if not health.fresh and health.loaded_at:
        notes.append(_note("warn", "Dados fora do prazo.", LATE))
    return notes


def _note(tone: str, title: str, text: str, reference: str = "") -> dict[str, str]:
    return {"tone": tone, "title": title, "text": text, "reference": reference}


def _figures(health: SourceHealth, now: datetime) -> list[dict[str, str]]:
    good = health.last_good
    loaded = when(health.loaded_at)
    figures = [
        ("Última carga boa", ago(health.loaded_at, now) if health.loaded_at else "nenhuma", loaded),
        ("Próxima", _next(health, now), health.schedule),
        ("Linhas da última", thousands(good.read) if good else "—", _changes(good)),
        ("Em quarentena", thousands(health.open_rejections + health.waiting_rejections), _waiting(health)),
    ]
    return [{"label": label, "value": value, "detail": detail} for label, value, detail in figures]


def _next(health: SourceHealth, now: datetime) -> str:
    if health.next_at is None:
        return "não marcada"
    at = timezone.localtime(health.next_at)
    if at.date() == timezone.localtime(now).date():
        return f"hoje, {at:%H:%M}"
    return f"{at:%d/%m, %H:%M}"


def _changes(good: Any) -> str:
    return f"{thousands(connectors.changes(good))} com mudança" if good else ""


def _waiting(health: SourceHealth) -> str:
    waiting = health.waiting_rejections
    return f"{thousands(waiting)} à espera da próxima carga" if waiting else ""


def _running(health: SourceHealth) -> dict[str, Any] | None:
    latest = health.latest
    if latest is None or latest.status not in (LoadStatus.RUNNING, LoadStatus.QUEUED):
        return None
    end = f"fim previsto às {when(latest.eta)[-5:]}" if latest.eta else ""
    read = count(latest.read, "linha lida", "linhas lidas")
    return {
        "url": reverse("ingestion:load", args=[health.origin, latest.load]),
        "text": " · ".join(part for part in (read, f"{latest.views_done} de {len(latest.views)} visões", end) if part),
        "id": latest.load,
    }


def _asking(health: SourceHealth) -> list[dict[str, Any]]:
    if health.latest is None:
        return []
    return [
        {
            "url": reverse("ingestion:answer-removals", args=[health.origin, view.load_id]),
            "view": view.view,
            "removals": view.asked_count or 0,
            "of": view.asked_of or 0,
            "share": _share(view),
        }
        for view in LoadView.objects.filter(load=health.latest.load, state__in=ASKING)
    ]


def _share(view: LoadView) -> str:
    return f"{100 * (view.asked_count or 0) / view.asked_of:.0f}%" if view.asked_of else ""


def _agreement(agreement: AgreementHealth, health: SourceHealth) -> dict[str, Any]:
    goals = f"{agreement.goals_done} de {count(agreement.goals, 'meta cumprida', 'metas cumpridas')}"
    late = f", {count(agreement.goals_late, 'atrasada', 'atrasadas')}" if agreement.goals_late else ""
    return {
        "number": agreement.number,
        "status": agreement.status.label,
        "signed": day(agreement.signed_on),
        "days_left": agreement.days_left,
        "goals": f"{goals}{late}" if agreement.goals else "",
        **agreement_end(health),
    }


def _load(origin: str, load: Any) -> dict[str, Any]:
    took = load.finished_at - load.started_at if load.finished_at and load.started_at else None
    return {
        "id": load.pk,
        "url": reverse("ingestion:load", args=[origin, load.pk]),
        "status": status(load),
        "kind": load.get_kind_display(),
        "asked": when(load.created_at),
        "by": load.requested_by,
        "took": span(took) if took is not None else "",
        "views": f"{load.views_done}/{load.views_total}",
        "read": load.read or 0,
        "changes": sum(getattr(load, name) or 0 for name in ("new", "changed", "removed")),
        "rejected": load.rejected or 0,
        "cause": load.cause if load.status == LoadStatus.STOPPED else "",
    }
