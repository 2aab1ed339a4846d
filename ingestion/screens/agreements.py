"""The agreements (ACT): a board of all with what is late, and one with its goals, rules and end."""

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from audit.events import Channel
from credentialing import actors, policy, stepping, verification
from credentialing.models import User
from credentialing.roles import Permission
from ingestion.models import Agreement, AgreementGoal, AgreementStatus, GoalStatus
from ingestion.screens import access
from ingestion.screens.present import agreements as present
from ingestion.services import agreements

MOST_MONTHS = 120


class GoalForm(forms.Form):
    """How a goal stands; the day belongs to one that is met."""

    status = forms.ChoiceField(label="Situação", choices=GoalStatus.choices)
    responsible = forms.CharField(label="Responsável", max_length=120, required=False)
    done_on = forms.DateField(
        label="Cumprida em", required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        day, is_done = given.get("done_on"), given.get("status") == GoalStatus.DONE
        if is_done != (day is not None) or (day is not None and day > date.today()):
            raise forms.ValidationError("Informe o dia em que a meta foi cumprida, que já passou, e só então.")
        return given


class ExtensionForm(forms.Form):
    """Months beyond the term, in all."""

    months = forms.IntegerField(label="Prorrogação, em meses", min_value=0, max_value=MOST_MONTHS)


@require_safe
def board(request: HttpRequest) -> HttpResponse:
    """Every agreement the reader sees, what is late first."""
    user = _reader(request)
    return render(request, "ingestion/agreements/page.html", {**present.board(_visible(user)), "active": "agreements"})


@require_safe
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """One agreement."""
    user = _reader(request)
    return _page(request, user, _one(user, pk))


@require_POST
def follow_goal(request: HttpRequest, pk: int, goal: int) -> HttpResponse:
    """Note how a goal stands."""
    user, agreement = _managed(request, pk)
    found = get_object_or_404(AgreementGoal.objects.select_related("agreement__origin"), pk=goal, agreement=agreement)
    form = GoalForm(request.POST, auto_id=f"meta-{goal}-%s")
    if not form.is_valid():
        return _page(request, user, agreement, goals={goal: form})
    given = {**form.cleaned_data, "status": GoalStatus(form.cleaned_data["status"])}
    agreements.follow_goal(goal=found, by=actors.from_request(request, Channel.PAGE), **given)
    messages.success(request, "Meta atualizada.")
    return redirect("ingestion:agreement", pk)


@require_POST
def extend(request: HttpRequest, pk: int) -> HttpResponse:
    """So many months in all beyond the term."""
    user, agreement = _managed(request, pk)
    stepping.require(request)
    form = ExtensionForm(request.POST)
    if not form.is_valid():
        return _page(request, user, agreement, extension=form)
    by = actors.from_request(request, Channel.PAGE)
    agreements.extend(agreement=agreement, months=form.cleaned_data["months"], by=by)
    messages.success(request, f"{agreement}: vale até {agreement.ends_on:%d/%m/%Y}.")
    return redirect("ingestion:agreement", pk)


@require_POST
def denounce(request: HttpRequest, pk: int) -> HttpResponse:
    """End the agreement today."""
    _, agreement = _managed(request, pk)
    stepping.require(request)
    if agreement.status == AgreementStatus.IN_FORCE:
        agreements.denounce(agreement=agreement, by=actors.from_request(request, Channel.PAGE))
        messages.success(request, f"{agreement}: denunciado; cargas paradas e credenciais apagadas.")
    return redirect("ingestion:agreement", pk)


def _reader(request: HttpRequest) -> User:
    """Whoever sees the connectors, or answers for an agency that is a party."""
    user = request.user
    if not isinstance(user, User) or not verification.is_verified(request):
        raise PermissionDenied
    if not (policy.allows(user, Permission.SEE_CONNECTORS) or policy.allows(user, Permission.SEE_AGENCY)):
        raise PermissionDenied
    return user


def _visible(user: User) -> QuerySet[Agreement]:
    own = Q(agency=user.agency_id) if policy.allows(user, Permission.SEE_AGENCY) else Q(pk__in=())
    seen = Agreement.objects.filter(own | Q(origin__in=access.visible_origins(user)))
    return seen.select_related("origin", "agency").prefetch_related("goals")


def _one(user: User, pk: int) -> Agreement:
    found = _visible(user).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def _managed(request: HttpRequest, pk: int) -> tuple[User, Agreement]:
    user = _reader(request)
    if not policy.allows(user, Permission.MANAGE_SOURCES):
        raise PermissionDenied
    return user, _one(user, pk)


def _page(request: HttpRequest, user: User, agreement: Agreement, **wrong: Any) -> HttpResponse:
    """The agreement's page, with those forms that have errors."""
    manages = policy.allows(user, Permission.MANAGE_SOURCES)
    forms_of_goals = {
        goal.pk: GoalForm(
            initial={"status": goal.status, "responsible": goal.responsible, "done_on": goal.done_on},
            auto_id=f"meta-{goal.pk}-%s",
        )
        for goal in agreement.goals.all()
    } | wrong.get("goals", {})
    context = {
        **present.page(agreement, forms_of_goals if manages else {}),
        "manages": manages,
        "extension": wrong.get("extension") or ExtensionForm(initial={"months": agreement.extension_months}),
        "active": "agreements",
    }
    return render(request, "ingestion/agreements/agreement.html", context, status=422 if wrong else 200)
