"""What whoever made an account hands over: the link leaves by e-mail, the code is shown this once."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from credentialing.services import first_access


def handed(request: HttpRequest, issued: first_access.Issued) -> HttpResponse:
    """The page of one account."""
    return _once(render(request, "credentialing/first_access/handed.html", {"one": sent(request, issued)}))


def all_handed(request: HttpRequest, issued: list[first_access.Issued], acronym: str) -> HttpResponse:
    """The page of an agency that has just adhered: the accounts of those it indicated."""
    context = {"issued": [sent(request, one) for one in issued], "acronym": acronym, "active": "agencies"}
    return _once(render(request, "credentialing/adhesion/issued.html", context))


def sent(request: HttpRequest, issued: first_access.Issued) -> dict[str, Any]:
    """Send the link, and what is shown of it."""
    address = request.build_absolute_uri(reverse("credentialing:first-access", args=[issued.access.pk]))
    return {
        "account": issued.access.user,
        "code": issued.code,
        "until": issued.access.expires_at,
        "mailed": first_access.mail(issued.access, address),
        "address": address,
    }


def _once(answer: HttpResponse) -> HttpResponse:
    answer["Cache-Control"] = "no-store"
    return answer
