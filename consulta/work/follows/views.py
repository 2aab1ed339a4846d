"""Follows and notices: /acompanhamentos/, /avisos/, and asking from a profile or a saved search."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from audit.events import Channel
from consulta import rendering
from consulta.access import Access, Action, Shown, open_request
from consulta.marks import shows_no_person
from consulta.models import Follow, Notice, NoticeSettings, SavedSearch
from consulta.profile import grounds
from consulta.profile.finding import Moved, find
from consulta.profile.present.banner import banner
from consulta.search import queries
from consulta.work import own
from consulta.work.follows import asking
from consulta.work.follows.forms import FollowForm, SettingsForm
from consulta.work.follows.listing import follow_rows, notice_rows
from credentialing import actors
from registry.selectors.people.subject import Subject
from registry.selectors.search import from_json

ASKED = "Pedido registrado. O acompanhamento começa quando o gestor regional do seu órgão aprovar."


@require_GET
def page(request: HttpRequest) -> HttpResponse:
    """The user's follows."""
    access = open_request(request, Action.FOLLOWS, asked={})
    rows, shown = follow_rows(access)
    context = {"rows": rows, "active": "follows"}
    return rendering.page(request, access, "consulta/work/follows/page.html", context, shown=shown)


@require_http_methods(["GET", "POST"])
def person(request: HttpRequest, person: uuid.UUID) -> HttpResponse:
    """Ask to follow a person."""
    asked = {"person": str(person), **grounds.given(request, person)}
    access = open_request(request, Action.FOLLOW, asked=asked)
    try:
        subject = find(person, access.scope)
    except Moved as moved:
        return redirect("consulta:follow-person", moved.public_id)
    grounds.require(subject, asked)
    form = FollowForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        by = actors.from_request(request, Channel.PAGE)
        asking.ask_of_person(user=access.user, person=subject.person, terms=form.terms, by=by)
        messages.success(request, ASKED)
        return redirect("consulta:follows")
    return _person_form(request, access, subject, form)


@require_http_methods(["GET", "POST"])
@shows_no_person
def search(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Ask to follow a saved search."""
    user = queries.admit(request).user
    saved = own.require(SavedSearch, user, pk)
    form = FollowForm(request.POST if request.method == "POST" else None, of_search=True)
    if form.is_bound and form.is_valid():
        by = actors.from_request(request, Channel.PAGE)
        asking.ask_of_search(user=user, name=saved.name, criteria=saved.criteria, terms=form.terms, by=by)
        messages.success(request, ASKED)
        return redirect("consulta:follows")
    context = {"form": form, "of": saved.name, "active": "follows"}
    status = 422 if form.is_bound else 200
    return render(request, "consulta/work/follows/ask.html", context, status=status)


@require_http_methods(["GET", "POST"])
@shows_no_person
def renew(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Ask for another term of the same; the old one goes on until the new one is approved."""
    user = queries.admit(request).user
    follow = _own(pk, user.pk)
    form = FollowForm(request.POST if request.method == "POST" else None, of_search=follow.person_id is None)
    if form.is_bound and form.is_valid():
        by = actors.from_request(request, Channel.PAGE)
        if follow.person is not None:
            asking.ask_of_person(user=user, person=follow.person, terms=form.terms, by=by, renews=follow)
        else:
            words = follow.words
            criteria = from_json(words["criteria"])
            asking.ask_of_search(
                user=user, name=words["name"], criteria=criteria, terms=form.terms, by=by, renews=follow
            )
        messages.success(request, ASKED)
        return redirect("consulta:follows")
    context = {"form": form, "of": follow.words.get("name", "uma pessoa"), "renewing": True, "active": "follows"}
    return render(request, "consulta/work/follows/ask.html", context, status=422 if form.is_bound else 200)


@require_POST
def end(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Stop following."""
    follow = _own(pk, queries.admit(request).user.pk)
    asking.end(follow=follow, by=actors.from_request(request, Channel.PAGE))
    messages.success(request, "Acompanhamento encerrado.")
    return redirect("consulta:follows")


@require_GET
def notices(request: HttpRequest) -> HttpResponse:
    """The inbox: a page, or a part of the home page for htmx."""
    access = open_request(request, Action.NOTICES, asked={})
    rows, shown = notice_rows(access)
    settings = NoticeSettings.objects.filter(user=access.user).first()
    context = {"rows": rows, "form": SettingsForm(instance=settings), "active": "notices"}
    fragment = request.headers.get("HX-Request") == "true"
    template = "consulta/work/follows/_notices.html" if fragment else "consulta/work/follows/notices.html"
    return rendering.page(request, access, template, context, shown=shown)


@require_POST
def read(request: HttpRequest) -> HttpResponse:
    """All notices up to the newest one that was on the screen are read."""
    user = queries.admit(request).user
    last = request.POST.get("ate", "")
    if last.isdecimal() and len(last) < 19:
        Notice.objects.filter(follow__user=user, read_at=None, pk__lte=int(last)).update(read_at=timezone.now())
    return redirect("consulta:notices")


@require_POST
def settings(request: HttpRequest) -> HttpResponse:
    """How often to be told by e-mail."""
    user = queries.admit(request).user
    kept = NoticeSettings.objects.filter(user=user).first() or NoticeSettings(user=user)
    form = SettingsForm(request.POST, instance=kept)
    if form.is_valid():
        form.save()
        messages.success(request, "Preferências de aviso guardadas.")
        if kept.every_hours and not user.email:
            messages.warning(request, "Seu cadastro não tem e-mail funcional: peça ao ponto focal que o inclua.")
    else:
        messages.error(request, "Confira a frequência e os horários de silêncio.")
    return redirect("consulta:notices")


def _own(pk: uuid.UUID, user: int) -> Follow:
    follow = Follow.objects.filter(pk=pk, user=user).select_related("person").first()
    if follow is None:
        raise Http404
    return follow


def _person_form(request: HttpRequest, access: Access, subject: Subject, form: FollowForm) -> HttpResponse:
    who = banner(subject, None, None)
    context = {"form": form, "of": who["name"], "person": who, "active": "follows"}
    shown = Shown(persons=(subject.public_id,), fields=("nome",))
    answer = rendering.page(request, access, "consulta/work/follows/ask.html", context, shown=shown)
    answer.status_code = 422 if form.is_bound else 200
    return answer
