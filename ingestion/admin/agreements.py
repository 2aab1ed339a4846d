"""Agreements with the goals of their action plans."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest

from audit.events import Channel
from credentialing import actors
from ingestion.admin.base import AnyInline, AnyModelAdmin
from ingestion.models import Agreement, AgreementGoal, AgreementStatus
from ingestion.services import agreements

if TYPE_CHECKING:
    AgreementModelForm = forms.ModelForm[Agreement]
else:
    AgreementModelForm = forms.ModelForm


class AgreementForm(AgreementModelForm):
    """An agreement; its status follows from its term and its denunciation."""

    class Meta:
        model = Agreement
        fields = [
            "origin", "agency", "number", "signed_on", "term_months", "extension_months",
            "responsible", "responsible_email", "state_responsible", "state_email",
        ]  # fmt: skip

    def clean_origin(self) -> Any:
        origin = self.cleaned_data["origin"]
        if Agreement.objects.filter(origin=origin, status=AgreementStatus.IN_FORCE).exclude(pk=self.instance.pk):
            raise forms.ValidationError("Já existe um acordo vigente desta origem; encerre-o ou prorrogue-o.")
        return origin


class GoalInline(AnyInline):
    """The goals, by deadline."""

    model = AgreementGoal
    fields = ["deadline_days", "text", "responsible", "status", "done_on"]
    extra = 0


@admin.register(Agreement)
class AgreementAdmin(AnyModelAdmin):
    """Agreements. Never deleted: they end or are denounced."""

    form = AgreementForm
    list_display = ["origin", "number", "signed_on", "ends", "status", "goals_done", "responsible", "state_responsible"]
    list_select_related = ["origin"]
    list_filter = ["status"]
    inlines = [GoalInline]
    actions = ["denounce"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Agreement]:
        found: QuerySet[Agreement] = super().get_queryset(request)
        return found.prefetch_related("goals")

    @admin.display(description="vale até")
    def ends(self, agreement: Agreement) -> Any:
        return agreement.ends_on

    @admin.display(description="metas cumpridas")
    def goals_done(self, agreement: Agreement) -> str:
        goals = list(agreement.goals.all())
        return f"{sum(goal.done_on is not None for goal in goals)}/{len(goals)}"

    def get_readonly_fields(self, request: HttpRequest, obj: Agreement | None = None) -> list[str]:
        return ["origin"] if obj else []

    def has_delete_permission(self, request: HttpRequest, obj: Agreement | None = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Agreement, form: Any, change: bool) -> None:
        obj.save()
        if change and "extension_months" in form.changed_data:
            by = actors.from_request(request, Channel.ADMIN)
            agreements.extend(agreement=obj, months=obj.extension_months, by=by)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        if not change and not form.instance.goals.exists():
            agreements.add_goals(form.instance)

    @admin.action(description="Denunciar: parar as cargas e apagar as credenciais")
    def denounce(self, request: HttpRequest, chosen: QuerySet[Agreement]) -> None:
        by = actors.from_request(request, Channel.ADMIN)
        for agreement in chosen.filter(status=AgreementStatus.IN_FORCE):
            agreements.denounce(agreement=agreement, by=by)
            messages.success(request, f"{agreement}: denunciado; cargas paradas e credenciais apagadas.")
