"""Who looked at what. Reading the audit is an event too, committed before the page is made."""

from dataclasses import asdict, dataclass
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.module_loading import import_string
from django.views.decorators.http import require_safe

from audit import recorder, selectors, sentences
from audit.events import CHANNEL_LABELS, LABELS, Actor, Channel, Event, Kind
from audit.forms import FilterForm, OwnFilterForm
from audit.models import AccessEvent


@dataclass(frozen=True, kw_only=True)
class Line:
    """One event, ready to be read."""

    event: AccessEvent
    label: str
    channel: str
    sentence: str
    asked: list[tuple[str, str]]


@require_safe
def events(request: HttpRequest) -> HttpResponse:
    """The events of the reader's agency (corregedor) or of all (administração geral)."""
    return _show(request, "events", readable_by(request.user), FilterForm(request.GET))


def readable_by(user: Any) -> QuerySet[AccessEvent]:
    """The events whose audit is the user's work. Raises PermissionDenied."""
    if user.has_perm("audit.read_all"):
        return selectors.of_all()
    if user.has_perm("audit.read_agency"):
        return selectors.of_agency(user.agency.acronym)
    raise PermissionDenied


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """What the reader did, as the corregedor sees it."""
    user: Any = request.user
    if not user.has_perm("audit.read_own"):
        raise PermissionDenied
    return _show(request, "mine", selectors.of_user(user.pk), OwnFilterForm(request.GET))


def _show(request: HttpRequest, action: str, readable: QuerySet[AccessEvent], form: FilterForm) -> HttpResponse:
    page = selectors.Page(events=[])
    if form.is_valid():
        before, after = request.GET.get("antes", ""), request.GET.get("depois", "")
        try:
            page = selectors.page(selectors.narrow(readable, form.filters), before=before, after=after)
        except selectors.CursorError:
            raise Http404 from None
    _record(request, action, form, page)
    context = {
        "form": form,
        "own": action == "mine",
        "lines": [_line(event) for event in page.events],
        "pages": _pages(request, page),
        "active": "own_accesses" if action == "mine" else "audit",
    }
    return render(request, "audit/events/page.html", context, status=200 if form.is_valid() else 422)


def _record(request: HttpRequest, action: str, form: FilterForm, page: selectors.Page) -> None:
    given = asdict(form.filters) if form.is_valid() else {}
    detail: dict[str, Any] = {
        "filters": {name: _told(value) for name, value in given.items() if value},
        "count": len(page.events),
    }
    if page.events:
        detail |= {"newest": page.events[0].pk, "oldest": page.events[-1].pk}
    actor: Actor = import_string(settings.AUDIT_ACTOR)(request, Channel.PAGE)
    recorder.record_now(Event(kind=Kind.AUDIT_READ, actor=actor, action=action, detail=detail))


def _told(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)


def _line(event: AccessEvent) -> Line:
    return Line(
        event=event,
        label=LABELS.get(event.kind, event.kind),  # type: ignore[call-overload]
        channel=CHANNEL_LABELS.get(event.channel, event.channel),  # type: ignore[call-overload]
        sentence=sentences.sentence(event),
        asked=sentences.asked(event),
    )


def _pages(request: HttpRequest, page: selectors.Page) -> dict[str, str]:
    kept = {name: value for name, value in request.GET.items() if value and name not in {"antes", "depois"}}
    newer = f"?{urlencode({**kept, 'depois': page.newer})}" if page.newer else ""
    older = f"?{urlencode({**kept, 'antes': page.older})}" if page.older else ""
    return {"previous_url": newer, "next_url": older, "label": "Páginas de eventos"}
