"""Photographs and the watermark of printed pages."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from consulta import access as gate
from consulta import rendering
from consulta.access import Access, Action, Shown
from consulta.marks import shows_no_person
from consulta.photos.marking import Unreadable, marked
from credentialing.models import User
from registry.selectors.people.photos import photo_by_id
from registry.services import photos


@require_GET
def photo(request: HttpRequest, pk: int) -> HttpResponse:
    """The picture with its watermark; one look, one disclosure."""
    access = gate.open_request(request, Action.PHOTO, asked={"photo": pk})
    found = photo_by_id(pk, access.scope)
    if found is None:
        raise Http404
    try:
        content = marked(photos.read(found.sha256), _lines(access))
    except (FileNotFoundError, Unreadable) as error:
        raise Http404 from error
    shown = Shown(persons=(found.person,), fields=("foto",), photo=found.sha256)
    response = rendering.file(access, content, "image/jpeg", shown=shown)
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Disposition"] = "inline"
    return response


@require_GET
@shows_no_person
def watermark(request: HttpRequest) -> HttpResponse:
    """The mark laid over every printed page: who, from where, when."""
    user = request.user
    if not isinstance(user, User):
        raise Http404
    lines = (f"{user.get_full_name()} · {user.agency}", _now())
    response = render(request, "consulta/watermark.svg", {"lines": lines}, content_type="image/svg+xml")
    response["Cache-Control"] = "private, no-store"
    return response


def _lines(access: Access) -> tuple[str, ...]:
    return (f"{access.user.get_full_name()} - {access.user.agency}", f"{_now()} {str(access.receipt)[:8]}")


def _now() -> str:
    return f"{timezone.localtime():%d/%m/%Y %H:%M}"
