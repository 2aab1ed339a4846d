"""What may be done to a source from its page: each a POST, each through a service that records it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from audit.events import Channel
from credentialing import actors
from credentialing.roles import Permission
from ingestion.models import Load, LoadKind, Source
from ingestion.screens import access
from ingestion.screens.forms import AnswerForm, PauseForm
from ingestion.services import loads, sources


@require_POST
def load(request: HttpRequest, code: str) -> HttpResponse:
    """Load now, or go on with the unfinished load at once."""
    return _start(request, code, LoadKind.INCREMENTAL)


@require_POST
def reconcile(request: HttpRequest, code: str) -> HttpResponse:
    """Compare every key with the state's, now."""
    return _start(request, code, LoadKind.RECONCILIATION)


@require_POST
def pause(request: HttpRequest, code: str) -> HttpResponse:
    """Stop loading the source, saying why."""
    source = _manageable(request, code)
    form = PauseForm(request.POST)
    if form.is_valid():
        by = actors.from_request(request, Channel.PAGE)
        sources.set_enabled(source=source, enabled=False, by=by, reason=form.cleaned_data["motivo"])
        messages.success(request, "Fonte pausada. Uma carga já iniciada vai até o fim.")
    else:
        messages.error(request, "Diga por que a fonte deve parar; nada mudou.")
    return _back(code)


@require_POST
def resume(request: HttpRequest, code: str) -> HttpResponse:
    """Let the source load again."""
    source = _manageable(request, code)
    sources.set_enabled(source=source, enabled=True, by=actors.from_request(request, Channel.PAGE))
    messages.success(request, "Fonte retomada; volta a carregar no próximo horário.")
    return _back(code)


@require_POST
def answer(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Approve or refuse the removals that a load asks about."""
    source = _manageable(request, code)
    found = get_object_or_404(Load, pk=pk, source__origin=source.origin)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        messages.error(request, "A resposta não pôde ser entendida; nada mudou.")
        return _back(code)
    approve, view = form.cleaned_data["resposta"] == "aprovar", form.cleaned_data["visao"]
    try:
        by = actors.from_request(request, Channel.PAGE)
        loads.answer_removals(load=found, view=view, approve=approve, by=by)
    except ValueError as refusal:
        messages.error(request, str(refusal))
    else:
        said = "aprovadas" if approve else "recusadas"
        messages.success(request, f"Exclusões de {view} {said}; a carga vai continuar.")
    return _back(code)


def _start(request: HttpRequest, code: str, kind: LoadKind) -> HttpResponse:
    source = _manageable(request, code)
    try:
        started = loads.start(source=source, kind=kind, by=actors.from_request(request, Channel.PAGE))
    except ValueError as refusal:
        messages.error(request, str(refusal))
        return _back(code)
    if started.kind != kind:
        messages.warning(request, f"A carga {started.pk} já está em curso; peça a conferência quando ela terminar.")
    return redirect("ingestion:load", code, started.pk)


def _manageable(request: HttpRequest, code: str) -> Source:
    return access.source_of(request, code, needs=Permission.MANAGE_SOURCES)


def _back(code: str) -> HttpResponseRedirect:
    return redirect("ingestion:source", code)
