"""Loads and their progress, to be watched."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest

from audit.events import Channel
from credentialing import actors
from ingestion.admin.base import AnyInline, AnyModelAdmin, ReadOnly
from ingestion.models import Load, LoadView
from ingestion.models.load import ASKING
from ingestion.selectors.loads import with_counts
from ingestion.services import loads

COUNTS = [
    "read_count", "rejected_count", "waiting_count", "new_count", "changed_count", "removed_count", "unchanged_count",
    "retried_count", "repeated_count", "key_count", "absent_count", "missed_count", "refused_count", "asked_count",
    "asked_of", "answer",
]  # fmt: skip
PROGRESS: Any = ["view", "state", *COUNTS, "started_at", "finished_at"]


class LoadViewInline(ReadOnly, AnyInline):
    """The views of a load, in their order."""

    model = LoadView
    fields = readonly_fields = PROGRESS
    ordering = ["order"]

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("ingestion.view_load")


@admin.register(Load)
class LoadAdmin(ReadOnly, AnyModelAdmin):
    """Loads, the latest first."""

    list_display = ["id", "source", "kind", "status", "published", "rows_read", "started_at", "finished_at", "cause"]
    list_select_related = ["source__origin"]
    list_filter = ["status", "kind", "source__origin"]
    fields = [
        "source", "kind", "status", "cause", "reference", "failures", "retry_at", "requested_by",
        "created_at", "started_at", "beat_at", "finished_at", "epoch",
    ]  # fmt: skip
    inlines = [LoadViewInline]
    actions = ["approve_removals", "refuse_removals"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Load]:
        return with_counts(super().get_queryset(request))

    @admin.display(description="visões")
    def published(self, load: Any) -> str:
        return f"{load.views_done}/{load.views_total}"

    @admin.display(description="linhas lidas", ordering="read")
    def rows_read(self, load: Any) -> int:
        return load.read or 0

    @admin.action(description="Aprovar as exclusões que estas cargas pedem")
    def approve_removals(self, request: HttpRequest, chosen: QuerySet[Load]) -> None:
        self._answer(request, chosen, approve=True)

    @admin.action(description="Recusar as exclusões que estas cargas pedem")
    def refuse_removals(self, request: HttpRequest, chosen: QuerySet[Load]) -> None:
        self._answer(request, chosen, approve=False)

    def _answer(self, request: HttpRequest, chosen: QuerySet[Load], *, approve: bool) -> None:
        by = actors.from_request(request, Channel.ADMIN)
        asking = LoadView.objects.filter(load__in=chosen, state__in=ASKING).select_related("load")
        if not asking:
            messages.warning(request, "Nenhuma das cargas escolhidas pede confirmação de exclusões.")
        for view in asking:
            try:
                loads.answer_removals(load=view.load, view=view.view, approve=approve, by=by)
            except ValueError as error:
                messages.error(request, str(error))
                continue
            said = "aprovadas" if approve else "recusadas"
            messages.success(request, f"Carga {view.load_id}: exclusões de {view.view} {said}; a carga vai continuar.")
