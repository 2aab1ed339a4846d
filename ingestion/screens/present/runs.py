"""A load as its log prints it."""

from datetime import datetime, timedelta
from typing import Any, Final

from django.urls import reverse
from django.utils import timezone

from ingestion import clock, health
from ingestion.models import Load, LoadStatus, LoadView, ViewState
from senappen.lib.wording import moment, tag, thousands

LIVE: Final = (LoadStatus.QUEUED, LoadStatus.RUNNING)
STATUS_TONES: Final = {
    LoadStatus.QUEUED: ("neutral", "clock"),
    LoadStatus.RUNNING: ("info", "sync-alt"),
    LoadStatus.STOPPED: ("danger", "exclamation-circle"),
    LoadStatus.FINISHED: ("ok", "check-circle"),
}
VIEW_TONES: Final = {ViewState.PENDING: "neutral", ViewState.PUBLISHED: "ok"}
COUNTS: Final = ("read", "new", "changed", "removed", "unchanged", "rejected", "waiting")


def run(origin: str, load: Load) -> dict[str, Any]:
    """The whole log of one load."""
    views = list(load.views.all())
    progress, now = health.progress(load.pk), clock.now()
    return {
        "id": load.pk,
        "url": reverse("ingestion:load", args=[origin, load.pk]),
        "progress_url": reverse("ingestion:load-progress", args=[origin, load.pk]),
        "rejections_url": f"{reverse('ingestion:quarantine', args=[origin])}?carga={load.pk}",
        "status": status(load),
        "live": load.status in LIVE,
        "stopped": load.status == LoadStatus.STOPPED,
        "cause": load.cause,
        "reference": load.reference,
        "requested_by": load.requested_by,
        "retry": when(load.retry_at),
        "figures": _figures(load, progress),
        "announce": _announce(load, views),
        "views": [_view(view, load, now) for view in views],
        "totals": {name: sum(getattr(view, f"{name}_count") for view in views) for name in COUNTS},
    }


def status(load: Load) -> dict[str, str]:
    """The state of a load, for `components/tag.html`."""
    tone, icon = STATUS_TONES[LoadStatus(load.status)]
    return tag(load.get_status_display(), tone, icon)


def when(instant: datetime | None) -> str:
    """`22/11/2026 07:12` on the platform's clock, or empty."""
    return moment(timezone.localtime(instant)) if instant else ""


def span(length: timedelta) -> str:
    """`42 s`, `3 min 5 s`, `2 h 10 min`."""
    seconds = max(int(length.total_seconds()), 0)
    if seconds < 60:
        return f"{seconds} s"
    if seconds < 3600:
        return f"{seconds // 60} min {seconds % 60} s"
    return f"{seconds // 3600} h {seconds % 3600 // 60} min"


def _figures(load: Load, progress: health.Progress) -> list[dict[str, str]]:
    figures = [("Linhas lidas", thousands(progress.read), f"{thousands(round(progress.rate))} por segundo")]
    figures.append(("Visões publicadas", f"{progress.views_done} de {len(progress.views)}", ""))
    if load.started_at:
        figures.append(("Duração", span(progress.elapsed), f"desde {when(load.started_at)}"))
        if progress.eta:
            figures.append(("Fim previsto", when(progress.eta), "no ritmo atual, pelo tamanho das últimas cargas"))
    else:
        figures.append(("Pedida", when(load.created_at), "espera um processo de carga livre"))
    return [{"label": label, "value": value, "detail": detail} for label, value, detail in figures]


def _announce(load: Load, views: list[LoadView]) -> str:
    done = sum(view.state == ViewState.PUBLISHED for view in views)
    return f"Carga {load.get_status_display().lower()}: {done} de {len(views)} visões publicadas."


def _view(view: LoadView, load: Load, now: datetime) -> dict[str, Any]:
    state = ViewState(view.state)
    end = view.finished_at or load.finished_at or now
    took = end - view.started_at if view.started_at else None
    reading = state == ViewState.EXTRACTING and load.status == LoadStatus.RUNNING
    return {
        "name": view.view,
        "state": tag(view.get_state_display(), VIEW_TONES.get(state, "info")),
        "took": span(took) if took is not None and (view.finished_at or reading) else "",
        "rate": _rate(view.read_count, took) if took and view.read_count else "",
        **{name: getattr(view, f"{name}_count") for name in COUNTS},
    }


def _rate(rows: int, took: timedelta) -> str:
    return thousands(round(rows / max(took.total_seconds(), 0.001)))
