"""Duplicatas: the queue, a pair, and what a reviewer does with it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from audit.events import Actor
from consulta import access as gate
from consulta import rendering
from consulta.access import Action, Shown
from consulta.review import desk, params, tokens
from consulta.review.admission import admit
from consulta.review.forms import FilterForm, VoteForm
from consulta.review.present import linked
from consulta.review.present import pair as present_pair
from consulta.review.present import queue as present_queue
from consulta.review.present import statistics as present_statistics
from credentialing.models import User
from credentialing.roles import Permission
from registry.selectors.reviewing import queue as queues
from registry.selectors.reviewing.pair import pair as read_pair
from registry.selectors.reviewing.queue import Filters
from registry.selectors.reviewing.statistics import statistics as read_statistics
from registry.selectors.units.listing import known_ufs
from registry.services.reviewing import errors
from registry.services.reviewing.claiming import claim, release, reviewer
from registry.services.reviewing.undoing import undo as undo_last
from registry.services.reviewing.voting import vote as cast_vote

# Pairs set aside in this session: they come back when the queue is opened again.
SKIPPED = "reviews_skipped"
MOST_SKIPPED = 200
FIELDS = ("registro", "documentos", "custodias", "movimentacoes", "visitantes", "advogados", "julgamento")


@require_GET
def queue(request: HttpRequest) -> HttpResponse:
    """The pairs that wait, without a word of whom they are about."""
    filters = params.read(request.GET)
    asked = {"queue": params.write(filters)}
    access = gate.open_request(request, Action.REVIEWS, asked=asked, needs=Permission.REVIEW_IDENTITY)
    request.session.pop(SKIPPED, None)
    number = request.GET.get("pagina", "")
    page = int(number) if number.isdigit() else 1
    found = queues.queue(access.scope, filters, reviewer(access.actor), page)
    context = {
        "form": FilterForm(request.GET, ufs=sorted({*known_ufs(), filters.uf} - {""})),
        "queue": present_queue.page(found, filters, reverse("consulta:reviews")),
        "filters": params.write(filters),
        "active": "reviews",
    }
    return rendering.page(request, access, "consulta/review/queue.html", context, shown=Shown(fields=("fila",)))


@require_GET
def statistics(request: HttpRequest) -> HttpResponse:
    """How much is reviewed, how far reviewers agree, how right the joins are."""
    access = gate.open_request(request, Action.REVIEW_STATISTICS, asked={}, needs=Permission.REVIEW_IDENTITY)
    context = {"page": present_statistics.page(read_statistics()), "active": "reviews"}
    shown = Shown(fields=("estatisticas",))
    return rendering.page(request, access, "consulta/review/statistics.html", context, shown=shown)


@require_POST
def begin(request: HttpRequest) -> HttpResponse:
    """Take the next pair."""
    user, actor = admit(request, Action.REVIEW)
    return _next(request, user, actor)


@require_GET
def pair(request: HttpRequest, review: int) -> HttpResponse:
    """One pair, from now on in this reviewer's hands."""
    asked = {"review": review}
    access = gate.open_request(request, Action.REVIEW, asked=asked, needs=Permission.REVIEW_IDENTITY)
    filters = params.read(request.GET)
    try:
        taken = claim(review=review, among=queues.visible(access.scope), by=access.actor)
    except errors.Unknown as unknown:
        raise Http404 from unknown
    except errors.Refused as refusal:
        context: dict[str, Any] = {"text": desk.words(refusal), "filters": params.write(filters), "active": "reviews"}
        return render(request, "consulta/review/refused.html", context, status=409)
    found = read_pair(taken, access.scope)
    context = {
        "pair": present_pair.page(found),
        "actions": present_pair.actions(review),
        "seen": tokens.seal(review, found.fingerprint, access.user),
        "filters": params.write(filters),
        "active": "reviews",
    }
    persons = dict.fromkeys([*(person.public_id for person in found.persons), *linked.persons(found)])
    shown = Shown(persons=tuple(persons), fields=FIELDS, extra={"review": review})
    return rendering.page(request, access, "consulta/review/pair.html", context, shown=shown)


@require_POST
def vote(request: HttpRequest, review: int) -> HttpResponse:
    """Write the verdict down and go on to the next pair."""
    user, actor = admit(request, Action.REVIEW)
    form = VoteForm(request.POST)
    try:
        seen = tokens.unseal(request.POST.get("seen", ""), review, user)
    except tokens.Unreadable:
        return _again(request, review, "A página estava vencida. Seu voto não foi gravado: veja de novo e julgue.")
    if not form.is_valid():
        return _again(request, review, "Escolha mesma pessoa, não sei ou pessoas diferentes.")
    given = form.cleaned_data
    try:
        cast = cast_vote(
            review=review,
            verdict=given["verdict"],
            shown=seen.shown,
            seconds=seen.seconds,
            note=given["note"],
            by=actor,
        )
    except (errors.Changed, errors.Busy) as refusal:
        return _again(request, review, desk.words(refusal))
    except errors.Refused as refusal:
        messages.warning(request, desk.words(refusal))
    else:
        messages.success(request, f"Voto gravado: {desk.VERDICTS[given['verdict']]}.")
        if warning := desk.warning(cast.judged):
            messages.warning(request, warning)
    return _next(request, user, actor)


@require_POST
def skip(request: HttpRequest, review: int) -> HttpResponse:
    """Set the pair aside and take the next one."""
    user, actor = admit(request, Action.REVIEW)
    release(review=review, by=actor)
    skipped = [*request.session.get(SKIPPED, []), review]
    request.session[SKIPPED] = skipped[-MOST_SKIPPED:]
    return _next(request, user, actor)


@require_POST
def leave(request: HttpRequest, review: int) -> HttpResponse:
    """Let the pair go."""
    _, actor = admit(request, Action.REVIEW)
    release(review=review, by=actor)
    return redirect("consulta:reviews")


@require_POST
def undo(request: HttpRequest) -> HttpResponse:
    """Take the last vote back and show its pair again."""
    _, actor = admit(request, Action.REVIEW)
    try:
        reopened = undo_last(by=actor)
    except errors.Refused as refusal:
        messages.warning(request, desk.words(refusal))
        current = request.POST.get("atual", "")
        return _to(int(current), _filters(request)) if current.isdigit() else redirect("consulta:reviews")
    messages.success(request, "Voto desfeito. O par voltou para você.")
    return _to(reopened.pk, _filters(request))


def _next(request: HttpRequest, user: User, actor: Actor) -> HttpResponse:
    filters = _filters(request)
    found = desk.next_pair(user, actor, filters, request.session.get(SKIPPED, []))
    if found is not None:
        return _to(found.pk, filters)
    messages.info(request, "Não há mais pares para você nesta fila.")
    query = params.write(filters)
    return HttpResponseRedirect(reverse("consulta:reviews") + (f"?{query}" if query else ""))


def _again(request: HttpRequest, review: int, why: str) -> HttpResponse:
    messages.error(request, why)
    return _to(review, _filters(request))


def _to(review: int, filters: Filters) -> HttpResponse:
    query = params.write(filters)
    address = reverse("consulta:review", args=[review])
    return HttpResponseRedirect(f"{address}?{query}" if query else address)


def _filters(request: HttpRequest) -> Filters:
    """The forms carry the queue's filters as it writes them."""
    given: Any = dict(part.partition("=")[::2] for part in request.POST.get("fila", "").split("&") if part)
    return params.read(given)
