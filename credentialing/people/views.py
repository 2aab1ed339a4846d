"""The agency's accounts: a list, the yearly attestation, one account and what its manager does with it."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from audit.events import Channel
from credentialing import actors, policy, stepping
from credentialing.delegation import ATTESTS, among
from credentialing.first_access.handing import handed
from credentialing.models import Ending, User
from credentialing.narrowing import narrowed
from credentialing.passkeys import present as passkeys
from credentialing.people import identifying, lifecycle, listing, posting
from credentialing.people.forms import ActivitiesForm, AttestForm, EndForm, FilterForm, ReopenForm
from credentialing.requests import asking, quota
from credentialing.requests.forms import CpfForm
from credentialing.requests.where import KnownWhereForm
from credentialing.roles import Permission, Role
from credentialing.services import first_access
from senappen.lib.wording import count

PAGE = 50


@require_safe
def accounts(request: HttpRequest) -> HttpResponse:
    """The accounts one answers for, by state and profile."""
    user = policy.require(request.user, Permission.MANAGE_PEOPLE)
    form = FilterForm(request.GET)
    context = narrowed(
        request, form, partial(listing.filtered, user), partial(listing.line, reader=user), size=PAGE
    ) | {
        "waiting": listing.to_attest(user).count(),
        "attests": bool(among(ATTESTS, user.role)),
        "attesting": form.chosen.get("situacao") == "atestar",
        "fresh": stepping.is_fresh(request),
        "active": "people",
    }
    return render(request, "credentialing/people/list.html", context)


@require_POST
def attest(request: HttpRequest) -> HttpResponse:
    """Say of the ticked ones that they still work there and need their account."""
    user = policy.require(request.user, Permission.MANAGE_PEOPLE)
    if not among(ATTESTS, user.role):
        raise PermissionDenied
    stepping.require(request)
    form = AttestForm(request.POST, among=list(listing.to_attest(user).values_list("pk", flat=True)))
    if form.is_valid():
        by = actors.from_request(request, Channel.PAGE)
        done = lifecycle.attest(users=form.cleaned_data["conta"], manager=user, by=by)
        messages.success(request, f"{count(done, 'conta atestada', 'contas atestadas')} por mais um ano.")
    else:
        messages.error(request, " ".join(map(str, form.errors["conta"])))
    return redirect(f"{request.path.removesuffix('atestar/')}?situacao=atestar")


@require_safe
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """One account."""
    user = policy.require(request.user, Permission.MANAGE_PEOPLE)
    return _page(request, user, _answered(user, pk))


@require_POST
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """Close an account at once."""
    user, held = _manager(request, pk)
    form = EndForm(request.POST)

    def close(by: Any) -> None:
        given = {"ending": Ending(form.cleaned_data["ending"]), "note": form.cleaned_data["note"]}
        lifecycle.end(user=pk, manager=user, by=by, **given)

    return _done(request, user, held, form, close, "Conta encerrada. As sessões e credenciais dela já não valem.")


@require_POST
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Open an account again."""
    user, held = _manager(request, pk)
    form = ReopenForm(request.POST)

    def again(by: Any) -> None:
        lifecycle.reopen(user=pk, note=form.cleaned_data["note"], manager=user, by=by)

    return _done(request, user, held, form, again, "Conta reaberta e atestada por um ano.")


@require_POST
def narrow(request: HttpRequest, pk: int) -> HttpResponse:
    """Give an account other activities."""
    user, held = _manager(request, pk)
    form = ActivitiesForm(request.POST, choosable=_choosable(user, held))

    def change(by: Any) -> None:
        lifecycle.narrow(user=pk, activities=form.cleaned_data["activities"], manager=user, by=by)

    return _done(request, user, held, form, change, "Atividades alteradas: já valem na próxima ação da pessoa.")


@require_POST
def post(request: HttpRequest, pk: int) -> HttpResponse:
    """Say where the person of an account works and lives."""
    user, held = _manager(request, pk)
    form = KnownWhereForm(request.POST)

    def change(by: Any) -> None:
        posting.post(user=pk, manager=user, by=by, **form.cleaned_data)

    return _done(request, user, held, form, change, "Lotação e endereço guardados.")


@require_POST
def identify(request: HttpRequest, pk: int) -> HttpResponse:
    """Say whose account it is, of one made without a CPF."""
    user, held = _manager(request, pk)
    form = CpfForm(request.POST)

    def change(by: Any) -> None:
        identifying.identify(user=pk, cpf=form.cleaned_data["cpf"], manager=user, by=by)

    told = "A pessoa será avisada por e-mail." if held.email else "Avise a pessoa: a conta não tem e-mail."
    return _done(request, user, held, form, change, f"CPF guardado. {told}")


@never_cache
@require_POST
def renew(request: HttpRequest, pk: int) -> HttpResponse:
    """A new first access for somebody who lost password or telephone."""
    _, held = _manager(request, pk)
    if not held.is_active:
        raise Http404
    return handed(request, first_access.issue(user=held, by=actors.from_request(request, Channel.PAGE)))


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """One's own account."""
    user = request.user
    assert isinstance(user, User)  # the middleware lets nobody else through
    context = {
        "one": listing.whole(user),
        "passkeys": passkeys.card(user),
        "fresh": stepping.is_fresh(request),
        "active": "my_account",
    }
    return render(request, "credentialing/people/mine.html", context)


def _answered(user: User, pk: int) -> User:
    held = listing.answered_for(user).filter(pk=pk).first()
    if held is None:
        raise Http404
    return held


def _manager(request: HttpRequest, pk: int) -> tuple[User, User]:
    user = policy.require(request.user, Permission.MANAGE_PEOPLE)
    held = _answered(user, pk)
    stepping.require(request)
    return user, held


def _done(
    request: HttpRequest, user: User, held: User, form: forms.Form, act: Callable[[Any], None], said: str
) -> HttpResponse:
    """Do it and say so, or show the account again with what is wrong."""
    error = " ".join(str(one) for errors in form.errors.values() for one in errors)
    if not error:
        try:
            act(actors.from_request(request, Channel.PAGE))
        except (asking.Refused, quota.QuotaReached) as refusal:
            error = refusal.message
        else:
            messages.success(request, said)
            return redirect("credentialing:person", held.pk)
    return _page(request, user, held, error=error, typed=request.POST.get("note", ""), tried=form)


def _page(
    request: HttpRequest,
    user: User,
    held: User,
    *,
    error: str = "",
    typed: str = "",
    tried: forms.Form | None = None,
) -> HttpResponse:
    context = {
        "one": listing.whole(held),
        "may_attest": policy.may_attest(user, held),
        "activities": ActivitiesForm(initial={"activities": held.activities}, choosable=_choosable(user, held)),
        "ending": EndForm(),
        "cpf": tried if isinstance(tried, CpfForm) else CpfForm(),
        "where": tried if isinstance(tried, KnownWhereForm) else KnownWhereForm(initial={"unit": held.unit}),
        "fresh": stepping.is_fresh(request),
        "error": error,
        "typed": typed,
        "active": "people",
    }
    return render(request, "credentialing/people/person.html", context, status=422 if error else 200)


def _choosable(user: User, held: User) -> frozenset[str]:
    """What the account has, and what its manager may add."""
    term = frozenset(held.agency.activities)
    addable = term if user.role == Role.GENERAL_ADMIN else policy.activities(user)
    return frozenset(held.activities) | addable
