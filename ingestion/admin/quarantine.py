"""Rejected rows and unmapped codes. A row's content is personal data: its own page alone shows it."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html_join

from audit.events import Channel
from credentialing import actors
from ingestion.admin.base import AnyModelAdmin, ReadOnly
from ingestion.models import Rejection, Source, UnmappedCode
from ingestion.services import quarantine

SHOWN: Any = [
    "origin", "view", "origin_key", "why", "status", "load", "created_at", "settled_at", "mapping", "received",
]  # fmt: skip


@admin.register(Rejection)
class RejectionAdmin(ReadOnly, AnyModelAdmin):
    """The quarantine."""

    list_display = ["id", "origin", "view", "origin_key", "why", "status", "load", "created_at"]
    list_select_related = ["origin"]
    list_filter = ["status", "origin", "view"]
    search_fields = ["origin_key"]
    fields = readonly_fields = SHOWN
    actions = ["reprocess"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Rejection]:
        rejections: QuerySet[Rejection] = super().get_queryset(request)
        return rejections.defer("raw", "mapped")

    @admin.display(description="motivos")
    def why(self, rejection: Rejection) -> str:
        return " ".join(reason["message"] for reason in rejection.reasons)

    @admin.display(description="linha como recebida")
    def received(self, rejection: Rejection) -> str:
        given = quarantine.received(rejection).items()
        shown = ((column, "nulo" if value is None else value) for column, value in given)
        return format_html_join("", "<div><strong>{}</strong>: {}</div>", shown)

    @admin.action(description="Reprocessar a quarentena das origens escolhidas")
    def reprocess(self, request: HttpRequest, rejections: QuerySet[Rejection]) -> None:
        """Read all open rejections of the chosen rows' origins again, by the mapping in use."""
        origins = rejections.order_by().values_list("origin", flat=True).distinct()
        by = actors.from_request(request, Channel.ADMIN)
        for source in Source.objects.select_related("origin", "mapping").filter(origin__in=origins, enabled=True):
            if source.mapping:
                done = quarantine.reprocess(origin=source.origin, mapping=source.mapping, by=by)
                said = f"{source.origin}: {done.readable} irão na próxima carga, {done.still_rejected} continuam."
                messages.info(request, said)


@admin.register(UnmappedCode)
class UnmappedCodeAdmin(ReadOnly, AnyModelAdmin):
    """Codes to be mapped, the most frequent first."""

    list_display = ["origin", "view", "field", "code", "count", "first_seen_at", "last_seen_at"]
    list_select_related = ["origin"]
    list_filter = ["origin", "view"]
    ordering = ["-count"]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return [field.name for field in UnmappedCode._meta.fields]
