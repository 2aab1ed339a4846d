"""What the person asked, and their superior, have to say."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from audit.events import Channel
from credentialing import actors, policy, verification
from credentialing.models import User
from credentialing.roles import Permission
from oversight import present
from oversight.forms import ConfirmationForm, WordsForm
from oversight.models import Alert, State, StepKind
from oversight.services import handling


@require_GET
def explanations(request: HttpRequest) -> HttpResponse:
    """What the person is asked to explain."""
    return _explanations(request, _person(request, Permission.READ_OWN_AUDIT), WordsForm())


@require_POST
def explain(request: HttpRequest, pk: int) -> HttpResponse:
    """The person's explanation of one week."""
    user = _person(request, Permission.READ_OWN_AUDIT)
    form = WordsForm(request.POST)
    if not Alert.objects.asked_of(user).filter(pk=pk).exists():
        raise Http404
    if not form.is_valid():
        return _explanations(request, user, form, wrong=pk)
    by = actors.from_request(request, Channel.PAGE)
    try:
        handling.explain(alert=pk, user=user, words=form.cleaned_data["words"], by=by)
    except handling.NotNow:
        messages.warning(request, "A corregedoria já tinha decidido.")
    else:
        messages.success(request, "Explicação enviada. O seu superior vai confirmá-la.")
    return redirect("oversight:explanations")


@require_GET
def confirmations(request: HttpRequest) -> HttpResponse:
    """Explanations that wait for the superior's word."""
    return _confirmations(request, _person(request, Permission.CONFIRM_EXPLANATIONS), ConfirmationForm())


@require_POST
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """The superior's word on one of them."""
    user = _person(request, Permission.CONFIRM_EXPLANATIONS)
    form = ConfirmationForm(request.POST)
    if not Alert.objects.confirmed_by(user).filter(pk=pk).exists():
        raise Http404
    if not form.is_valid():
        return _confirmations(request, user, form, wrong=pk)
    by, given = actors.from_request(request, Channel.PAGE), form.cleaned_data
    try:
        handling.confirm(alert=pk, superior=user, confirmed=given["confirmed"] == "sim", words=given["words"], by=by)
    except handling.NotNow:
        messages.warning(request, "Outra pessoa já tinha respondido.")
    else:
        messages.success(request, "Resposta enviada à corregedoria.")
    return redirect("oversight:confirmations")


def _explanations(request: HttpRequest, user: User, form: WordsForm, wrong: int | None = None) -> HttpResponse:
    mine = Alert.objects.filter(user=user).select_related("user").prefetch_related("steps")
    # Only of what somebody was asked about: that one was looked at is not told otherwise.
    heard = mine.filter(steps__kind=StepKind.ASK).exclude(state=State.ASKED).distinct().order_by("-pk")
    context = {
        "waiting": present.asked(list(mine.filter(state=State.ASKED))),
        "past": [{**one, "status": present.status(alert)} for alert in heard for one in present.asked([alert])],
        "form": form,
        "wrong": wrong,
        "active": "explanations",
    }
    return render(request, "oversight/explanations/page.html", context, status=422 if form.errors else 200)


def _confirmations(request: HttpRequest, user: User, form: ConfirmationForm, wrong: int | None = None) -> HttpResponse:
    waiting = Alert.objects.confirmed_by(user).select_related("user").prefetch_related("steps")
    context = {"waiting": present.asked(list(waiting)), "form": form, "wrong": wrong, "active": "confirmations"}
    return render(request, "oversight/confirmations/page.html", context, status=422 if form.errors else 200)


def _person(request: HttpRequest, permission: Permission) -> User:
    user = request.user
    if not isinstance(user, User) or not verification.is_verified(request) or not policy.allows(user, permission):
        raise PermissionDenied
    return user
