"""Folders: /pastas/ and what is done in them."""

import uuid
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from audit.events import Actor, Channel
from consulta import rendering
from consulta.access import Access, Action, Shown, open_request
from consulta.marks import shows_no_person
from consulta.models import Folder, SavedSearch
from consulta.profile import grounds
from consulta.profile.finding import find_current
from consulta.profile.present.banner import banner
from consulta.search import queries
from consulta.search.params import Params
from consulta.work import own
from consulta.work.folders import keeping
from consulta.work.folders.contents import contents, rows_for
from consulta.work.folders.forms import FolderForm, NoteForm, PersonForm, SearchForm, ShareForm
from credentialing import actors
from credentialing.models import User
from registry.selectors.people.subject import Subject
from registry.selectors.search import Filters, from_json

CLOSED = "A pasta está encerrada: pode ser lida, não alterada."


@require_http_methods(["GET", "POST"])
@shows_no_person
def page(request: HttpRequest) -> HttpResponse:
    """The folders one may open, and the form of a new one."""
    user = queries.admit(request).user
    form = FolderForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        made = keeping.open_folder(user=user, by=_actor(request), **form.cleaned_data)
        return redirect("consulta:folder", made.pk)
    context = {"rows": rows_for(user), "form": form, "active": "folders"}
    return render(request, "consulta/work/folders/page.html", context, status=422 if form.is_bound else 200)


@require_GET
def folder(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """One folder: showing whom it holds is a consultation."""
    access = open_request(request, Action.FOLDER, asked={"folder": str(pk)})
    found = _open(pk, access.user)
    context, shown = contents(found, access)
    context = {
        "folder": context,
        "note_form": NoteForm(),
        "share_form": ShareForm(),
        "saved": [{"id": str(one.pk), "name": one.name} for one in own.of_user(SavedSearch, access.user)],
        "active": "folders",
    }
    return rendering.page(request, access, "consulta/work/folders/folder.html", context, shown=shown)


@require_http_methods(["GET", "POST"])
def keep_person(request: HttpRequest, person: uuid.UUID) -> HttpResponse:
    """Choose a folder for a person, and put them in."""
    asked = {"person": str(person), **grounds.given(request, person)}
    access = open_request(request, Action.FOLDER, asked=asked)
    subject = find_current(person, access)
    grounds.require(subject, asked)
    choices = [row for row in rows_for(access.user) if not row["closed"]]
    form = PersonForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        found = _open(form.cleaned_data["pasta"], access.user)
        why = form.cleaned_data["why"]
        _try(
            request,
            lambda by: keeping.add_person(folder=found, person=subject.person, why=why, user=access.user, by=by),
            "Pessoa incluída na pasta.",
        )
        return redirect("consulta:folder", found.pk)
    return _choose(request, access, subject, choices, bound=form.is_bound)


@require_POST
def add_search(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Put one of the user's saved searches in."""
    user, found, form = *_writing(request, pk), SearchForm(request.POST)
    saved = own.find(SavedSearch, user, form.cleaned_data["busca"]) if form.is_valid() else None
    if saved is None:
        messages.error(request, "Escolha uma das suas buscas salvas.")
        return redirect("consulta:folder", pk)
    name, criteria = saved.name, saved.criteria
    _try(
        request,
        lambda by: keeping.add_search(folder=found, name=name, criteria=criteria, user=user, by=by),
        "Busca incluída na pasta.",
    )
    return redirect("consulta:folder", pk)


@require_POST
def ask(request: HttpRequest, pk: uuid.UUID, item: uuid.UUID) -> HttpResponse:
    """Ask a search of the folder anew, as the viewer."""
    purpose = queries.admit(request)
    kept = _open(pk, purpose.user).items.filter(pk=item, person=None, removed_at=None).first()
    if kept is None:
        raise Http404
    criteria = from_json(kept.told["criteria"])
    query = queries.keep(replace(criteria, filters=Filters()), purpose)
    return redirect(Params(filters=criteria.filters).url(reverse("consulta:results", args=[query.pk])))


@require_POST
def remove(request: HttpRequest, pk: uuid.UUID, item: uuid.UUID) -> HttpResponse:
    """Take a person or a search out."""
    user, found = _writing(request, pk)
    kept = found.items.filter(pk=item).first()
    if kept is None:
        raise Http404
    _try(request, lambda by: keeping.remove(item=kept, user=user, by=by), "Retirado da pasta.")
    return redirect("consulta:folder", pk)


@require_POST
def note(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Write a note."""
    user, found, form = *_writing(request, pk), NoteForm(request.POST)
    if form.is_valid():
        given = form.cleaned_data
        _try(request, lambda by: keeping.note(folder=found, user=user, by=by, **given), "Nota escrita.")
    else:
        messages.error(request, "Escreva a nota e avalie a fonte (A a F) e a informação (1 a 6).")
    return redirect("consulta:folder", pk)


@require_POST
def withdraw(request: HttpRequest, pk: uuid.UUID, note: uuid.UUID) -> HttpResponse:
    """Withdraw a note."""
    user, found = _writing(request, pk)
    written = found.notes.filter(pk=note).first()
    if written is None:
        raise Http404
    _try(request, lambda by: keeping.withdraw(written=written, user=user, by=by), "Nota retirada.")
    return redirect("consulta:folder", pk)


@require_POST
def share(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Let a colleague in."""
    user, found, form = *_writing(request, pk), ShareForm(request.POST)
    if form.is_valid():
        given = form.cleaned_data
        _try(request, lambda by: keeping.share(folder=found, user=user, by=by, **given), "Pasta compartilhada.")
    else:
        messages.error(request, "Informe o usuário do colega.")
    return redirect("consulta:folder", pk)


@require_POST
def unshare(request: HttpRequest, pk: uuid.UUID, grant: int) -> HttpResponse:
    """Take it back."""
    user, found = _writing(request, pk)
    given = found.grants.filter(pk=grant).select_related("folder", "user").first()
    if given is None:
        raise Http404
    _try(request, lambda by: keeping.unshare(grant=given, user=user, by=by), "Compartilhamento retirado.")
    return redirect("consulta:folder", pk)


@require_POST
def close(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Close the folder."""
    user, found = _writing(request, pk)
    _try(request, lambda by: keeping.close(folder=found, user=user, by=by), "Pasta encerrada.")
    return redirect("consulta:folder", pk)


def _open(pk: uuid.UUID, user: User) -> Folder:
    found = Folder.objects.open_to(user).select_related("owner", "agency").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def _writing(request: HttpRequest, pk: uuid.UUID) -> tuple[User, Folder]:
    user = queries.admit(request).user
    return user, _open(pk, user)


def _choose(
    request: HttpRequest, access: Access, subject: Subject, folders: list[dict[str, Any]], *, bound: bool
) -> HttpResponse:
    who = banner(subject, None, None)
    shown = Shown(persons=(subject.public_id,), fields=("nome",))
    context = {"person": who, "folders": folders, "active": "folders"}
    answer = rendering.page(request, access, "consulta/work/folders/choose.html", context, shown=shown)
    answer.status_code = 422 if bound else 200
    return answer


def _actor(request: HttpRequest) -> Actor:
    return actors.from_request(request, Channel.PAGE)


def _try(request: HttpRequest, write: Callable[[Actor], object], done: str) -> None:
    """Write, and tell what became of it."""
    try:
        write(_actor(request))
    except keeping.Closed:
        messages.error(request, CLOSED)
    except keeping.NotAColleague:
        messages.error(request, "Não há, no seu órgão, quem consulte pessoas com esse usuário.")
    else:
        messages.success(request, done)
