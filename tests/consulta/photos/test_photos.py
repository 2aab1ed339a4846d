"""Photographs: gated, marked with who looks, recorded by content."""

import io
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from PIL import Image

from audit.events import Kind
from audit.recorder import AuditUnavailable
from consulta.photos.marking import Unreadable, marked
from registry.models import Photo
from registry.services import photos
from tests import doors
from tests.events import recorded
from tests.factories import registry as make
from tests.factories.credentialing import make_user

pytestmark = pytest.mark.django_db(databases=["default", "audit"])


def picture(size: tuple[int, int] = (300, 400), mode: str = "RGB") -> bytes:
    """A plain grey PNG."""
    out = io.BytesIO()
    Image.new(mode, size, "grey").save(out, "PNG")
    return out.getvalue()


@pytest.fixture
def photo(settings: Any, tmp_path: Path) -> Photo:
    """A photograph whose bytes are in the storage."""
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {**settings.STORAGES["default"], "OPTIONS": {"location": str(tmp_path)}},
    }
    return make.make_photo(sha256=photos.store(picture()))


def test_the_picture_leaves_marked_and_never_as_stored(agent: Client, photo: Photo) -> None:
    answer = agent.get(f"/fotos/{photo.pk}/")
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/jpeg")
    shown = Image.open(io.BytesIO(answer.content))
    assert shown.size == (300, 400)
    assert len({shown.getpixel((x, y)) for x in range(0, 300, 5) for y in range(0, 400, 5)}) > 50


def test_the_mark_differs_with_who_looks() -> None:
    assert marked(picture(), ("Ana - PP-AL", "x")) != marked(picture(), ("Bia - PP-AL", "x"))


def test_it_stays_in_no_cache_and_is_nothing_but_a_picture(agent: Client, photo: Photo) -> None:
    answer = agent.get(f"/fotos/{photo.pk}/")
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_the_disclosure_has_the_person_and_the_digest(agent: Client, photo: Photo) -> None:
    answer = agent.get(f"/fotos/{photo.pk}/")
    [event] = recorded(Kind.DISCLOSURE)
    assert (event.action, event.subjects) == ("photo", [photo.record.person.public_id])
    assert (event.detail["photo"], event.detail["bytes"]) == (photo.sha256, len(answer.content))


def test_without_a_purpose_there_is_no_picture(photo: Photo) -> None:
    assert doors.session(make_user()).get(f"/fotos/{photo.pk}/").status_code == 302


def test_nobody_unknown_gets_a_picture(photo: Photo) -> None:
    answer = Client().get(f"/fotos/{photo.pk}/")
    assert answer.status_code in (302, 403)


def test_no_picture_leaves_when_the_disclosure_does_not_commit(
    agent: Client, photo: Photo, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*args: Any, **kwargs: Any) -> None:
        raise AuditUnavailable

    monkeypatch.setattr("consulta.rendering.disclose", refuse)
    answer = agent.get(f"/fotos/{photo.pk}/")
    assert (answer.status_code, answer["Content-Type"].split(";")[0]) == (503, "text/html")


def test_an_unknown_excluded_or_lost_picture_is_not_found(agent: Client, photo: Photo) -> None:
    lost = make.make_photo(sha256="f" * 64)
    excluded = make.make_photo(sha256=photo.sha256, removed_at=make.UPDATED)
    for pk in (10**9, lost.pk, excluded.pk):
        assert agent.get(f"/fotos/{pk}/").status_code == 404


@pytest.mark.usefixtures("without_lawyers")
def test_a_lawyer_s_picture_is_not_found_out_of_scope(agent: Client, photo: Photo) -> None:
    lawyer = make.make_photo(record=make.make_lawyer(), sha256=photo.sha256)
    assert agent.get(f"/fotos/{lawyer.pk}/").status_code == 404


def test_a_large_picture_is_made_smaller_and_transparency_is_taken() -> None:
    with Image.open(io.BytesIO(marked(picture((2000, 1000), "RGBA"), ("Ana",)))) as shown:
        assert (shown.size, shown.mode) == ((800, 400), "RGB")


@pytest.mark.parametrize("content", [b"", b"not a picture", picture()[:60]])
def test_bytes_that_are_no_picture_are_refused(content: bytes) -> None:
    with pytest.raises(Unreadable):
        marked(content, ("Ana",))


def test_the_watermark_of_printed_pages_has_who_and_where(agent: Client, purpose: Any) -> None:
    answer = agent.get("/marca.svg")
    assert answer["Content-Type"] == "image/svg+xml"
    text = answer.content.decode()
    assert purpose.user.get_full_name() in text
    assert purpose.user.agency.acronym in text
    assert recorded(Kind.DISCLOSURE) == []
