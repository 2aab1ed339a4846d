"""Answers of a consultation: rendered whole in memory, disclosed, and only then sent."""

from typing import Any

import orjson
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from consulta.access import Access, Receipt, Shown, disclose


class Disclosed(HttpResponse):
    """A response that shows a person. It cannot be made without the receipt of its disclosure."""

    def __init__(self, content: bytes, *, receipt: Receipt, content_type: str, status: int = 200) -> None:
        super().__init__(content, content_type=content_type, status=status)
        self.receipt = receipt
        self["X-Receipt"] = str(receipt.id)
        self["Cache-Control"] = "no-store"


def page(request: HttpRequest, access: Access, template: str, context: dict[str, Any], *, shown: Shown) -> Disclosed:
    """Render a page or fragment; templates find `access` (user, purpose, receipt) in their context."""
    body = render_to_string(template, {**context, "access": access}, request=request).encode()
    return Disclosed(body, receipt=disclose(access, shown, size=len(body)), content_type="text/html; charset=utf-8")


def data(access: Access, payload: dict[str, Any], *, shown: Shown) -> Disclosed:
    """Answer the API with JSON; adds the `receipt`."""
    body = orjson.dumps({**payload, "receipt": str(access.receipt)})
    return Disclosed(body, receipt=disclose(access, shown, size=len(body)), content_type="application/json")


def file(access: Access, content: bytes, content_type: str, *, shown: Shown) -> Disclosed:
    """Answer with the bytes of one file, such as a photograph."""
    return Disclosed(content, receipt=disclose(access, shown, size=len(content)), content_type=content_type)
