"""Loads and their progress, to be watched."""

from typing import Any

from django.contrib import admin
from django.db.models import Count, Q, QuerySet, Sum
from django.http import HttpRequest

from ingestion.admin.base import AnyInline, AnyModelAdmin, ReadOnly
from ingestion.models import Load, LoadView, ViewState

COUNTS = [
    "read_count", "rejected_count", "waiting_count", "new_count", "changed_count", "removed_count", "unchanged_count",
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

    list_display = ["id", "source", "status", "views_done", "rows_read", "started_at", "finished_at", "cause"]
    list_select_related = ["source__origin"]
    list_filter = ["status", "source__origin"]
    fields = [
        "source", "status", "cause", "reference", "failures", "retry_at", "requested_by",
        "created_at", "started_at", "beat_at", "finished_at", "epoch",
    ]  # fmt: skip
    inlines = [LoadViewInline]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Load]:
        published = Count("views", filter=Q(views__state=ViewState.PUBLISHED))
        loads: QuerySet[Load] = super().get_queryset(request)
        return loads.annotate(_done=published, _views=Count("views"), _read=Sum("views__read_count"))

    @admin.display(description="visões")
    def views_done(self, load: Any) -> str:
        return f"{load._done}/{load._views}"

    @admin.display(description="linhas lidas", ordering="_read")
    def rows_read(self, load: Any) -> int:
        return load._read or 0
