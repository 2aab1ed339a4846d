"""Alerts, to be acknowledged."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest

from audit.events import Channel
from credentialing import actors
from ingestion.admin.base import AnyModelAdmin, ReadOnly
from ingestion.models import Alert
from ingestion.services import alerts


@admin.register(Alert)
class AlertAdmin(ReadOnly, AnyModelAdmin):
    """Alerts, the latest first."""

    list_display = ["kind", "source", "text", "opened_at", "closed_at", "notified_at", "acknowledged_by"]
    list_select_related = ["source__origin"]
    list_filter = ["kind", ("closed_at", admin.EmptyFieldListFilter)]
    actions = ["acknowledge"]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return [field.name for field in Alert._meta.fields]

    @admin.action(description="Dar ciência")
    def acknowledge(self, request: HttpRequest, chosen: QuerySet[Alert]) -> None:
        by = actors.from_request(request, Channel.ADMIN)
        for alert in chosen.filter(acknowledged_at=None):
            alerts.acknowledge(alert=alert, by=by)
        messages.success(request, "Ciência registrada.")
