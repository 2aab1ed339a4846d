"""Who looked at what. Reading the audit is an event too, committed before the page is made."""

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import asdict
from types import MappingProxyType
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.module_loading import import_string
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from audit import files, recorder, selectors
from audit.events import Actor, Channel, Event, Kind
from audit.forms import CASE, CaseForm, FilterForm, OwnFilterForm
from audit.lines import line
from audit.models import AccessEvent
from senappen.lib import crypto

MOST_EXPORTED = 20_000


@require_http_methods(["GET", "HEAD", "POST"])
def events(request: HttpRequest) -> HttpResponse:
    """The events of the reader's agency (corregedor) or of all (administração geral). POST: those of a case."""
    readable = readable_by(request.user)
    if request.method == "POST":
        return _of_case(request)
    return _show(request, "events", readable, FilterForm(request.GET))


@require_POST
def export(request: HttpRequest) -> HttpResponse:
    """The same list as a file; what left is recorded, with its digest, before it leaves."""
    readable = readable_by(request.user)
    form = FilterForm(request.GET)
    if not form.is_valid():
        return _show(request, "events", readable, form)
    filters = form.filters(_case(request))
    found = selectors.first(selectors.narrow(readable, filters), MOST_EXPORTED)
    content = files.table(found)
    digest = hashlib.sha256(content).hexdigest()
    _record(request, "export", filters, found, {"sha256": digest, "most": MOST_EXPORTED})
    return HttpResponse(
        content,
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="auditoria.csv"', "Cache-Control": "no-store"},
    )


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
    page, filters, case = selectors.Page(events=[]), selectors.Filters(), _case(request)
    if form.is_valid():
        before, after, filters = request.GET.get("antes", ""), request.GET.get("depois", ""), form.filters(case)
        try:
            page = selectors.page(selectors.narrow(readable, filters), before=before, after=after)
        except selectors.CursorError:
            raise Http404 from None
    _record(request, action, filters, page.events)
    context = {
        "form": form,
        "case_form": CaseForm(initial={CASE: case}),
        "case": case,
        "own": action == "mine",
        "lines": [line(event) for event in page.events],
        "pages": _pages(request, page),
        "query": request.GET.urlencode(),
        "most": MOST_EXPORTED,
        "active": "own_accesses" if action == "mine" else "audit",
    }
    return render(request, "audit/events/page.html", context, status=200 if form.is_valid() else 422)


def _of_case(request: HttpRequest) -> HttpResponse:
    form, kept = CaseForm(request.POST), request.GET.copy()
    for name in (CASE, "antes", "depois"):
        kept.pop(name, None)
    if form.is_valid():
        token = crypto.encrypt(form.cleaned_data[CASE].encode(), aad=_place(request))
        kept[CASE] = base64.urlsafe_b64encode(token).decode()
    return redirect(f"{reverse('audit:events')}?{kept.urlencode()}")


def _case(request: HttpRequest) -> str:
    token = request.GET.get(CASE, "")
    if not token:
        return ""
    try:
        return crypto.decrypt(base64.b64decode(token, altchars=b"-_", validate=True), aad=_place(request)).decode()
    except ValueError:
        raise Http404 from None


def _place(request: HttpRequest) -> str:
    return f"audit|{request.user.pk}|case"


def _record(
    request: HttpRequest,
    action: str,
    filters: selectors.Filters,
    found: list[AccessEvent],
    more: Mapping[str, object] = MappingProxyType({}),
) -> None:
    given = {name: _told(value) for name, value in asdict(filters).items() if value}
    if filters.purposes == ():
        given["purposes"] = ""  # a case that nobody declared
    detail: dict[str, Any] = {"filters": given, "count": len(found), **more}
    if found:
        detail |= {"newest": found[0].pk, "oldest": found[-1].pk}
    actor: Actor = import_string(settings.AUDIT_ACTOR)(request, Channel.PAGE)
    recorder.record_now(Event(kind=Kind.AUDIT_READ, actor=actor, action=action, detail=detail))


def _told(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)


def _pages(request: HttpRequest, page: selectors.Page) -> dict[str, str]:
    kept = {name: value for name, value in request.GET.items() if value and name not in {"antes", "depois"}}
    newer = f"?{urlencode({**kept, 'depois': page.newer})}" if page.newer else ""
    older = f"?{urlencode({**kept, 'antes': page.older})}" if page.older else ""
    return {"previous_url": newer, "next_url": older, "label": "Páginas de eventos"}
