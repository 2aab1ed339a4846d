"""The versions of each state's mapping; a new one is made on the page of its source."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from ingestion.admin.base import AnyModelAdmin, ReadOnly
from ingestion.models import MappingVersion


@admin.register(MappingVersion)
class MappingVersionAdmin(ReadOnly, AnyModelAdmin):
    """Versions, the latest first."""

    list_display = ["origin", "number", "created_at", "created_by", "sha256"]
    list_select_related = ["origin", "created_by"]
    list_filter = ["origin"]
    fields = ["origin", "number", "created_at", "created_by", "sha256", "text"]

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("ingestion.view_source")
