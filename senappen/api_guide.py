"""The API's page for people: what its OpenAPI document says, as a table. No script, nothing from elsewhere."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from drf_spectacular.generators import SchemaGenerator

METHODS = ("get", "post", "put", "patch", "delete")


@dataclass(frozen=True, kw_only=True)
class Operation:
    """One line of the table."""

    method: str
    path: str
    summary: str
    description: str


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Addresses, methods and what they do; for whoever has entered."""
    return render(request, "senappen/api_guide/page.html", {"operations": operations()})


def operations() -> list[Operation]:
    """The operations of the API in the order of their addresses."""
    document: dict[str, Any] = SchemaGenerator().get_schema(request=None, public=True)  # type: ignore[no-untyped-call]
    return [
        Operation(
            method=method.upper(),
            path=path,
            summary=details.get("summary", ""),
            description=details.get("description", ""),
        )
        for path, methods in document["paths"].items()
        for method, details in methods.items()
        if method in METHODS
    ]
