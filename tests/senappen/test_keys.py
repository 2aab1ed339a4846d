"""Rotation of the keys of encrypted values: everything moves to the current key, nothing is lost on the way."""

import base64
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import storages
from django.core.management import CommandError, call_command
from django.db.models import Model
from django.test import override_settings
from pytest_django import Settings

from audit.events import Kind
from consulta.models import Inquiry, SearchQuery
from consulta.models.told import Told
from ingestion.models import Source
from registry.selectors.search import Criteria
from registry.services import photos
from senappen import keys
from senappen.lib import crypto
from senappen.lib.vault import ColumnVault
from tests.events import recorded
from tests.factories.credentialing import make_purpose, make_user
from tests.factories.ingestion import BY
from tests.factories.rest import api_mapping, make_api_source

pytestmark = pytest.mark.django_db(databases=["default", "audit", "auditor", "owner"])

ROOT = Path(__file__).parents[2]
OLD, NEW, OTHER = (base64.b64encode(letter * 32).decode() for letter in (b"o", b"n", b"x"))
PHOTO = b"\x89PNG\r\n\x1a\n" + b"drawn pixels"
BASE = "https://api.exemplo"


@pytest.fixture(autouse=True)
def _ring(settings: Settings, tmp_path: Path) -> Iterator[None]:
    settings.FIELD_KEYS = [OLD]
    backend = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": str(tmp_path)}}
    with override_settings(STORAGES={**storages.backends, "default": backend}):
        yield


@pytest.fixture
def kept() -> tuple[Source, SearchQuery, str]:
    """A value of each of four places, under the old key: the search's purpose is the one not returned."""
    user = make_user()
    query = SearchQuery(user=user, purpose=make_purpose(user))
    query.criteria = Criteria(text="ninguém")
    query.save()
    return make_api_source(BASE, api_mapping(BASE)), query, photos.store(PHOTO)


def key_id(encoded: str, settings: Any) -> str:
    with override_settings(FIELD_KEYS=[encoded]):
        return crypto.keys()[0]


def check_all(kept: tuple[Source, SearchQuery, str]) -> None:
    source, query, digest = kept
    assert Source.objects.get(pk=source.pk).credentials.username == "leitor"
    assert SearchQuery.objects.get(pk=query.pk).criteria.text == "ninguém"
    assert photos.read(digest) == PHOTO


def test_after_a_rotation_the_new_key_alone_opens_everything(
    kept: tuple[Source, SearchQuery, str], settings: Settings
) -> None:
    settings.FIELD_KEYS = [NEW, OLD]
    done = keys.rotate(by=BY)
    settings.FIELD_KEYS = [NEW]

    assert (done.resealed, done.unopened, done.finished) == (4, 0, True)
    check_all(kept)


def test_a_rotation_that_stops_leaves_everything_readable_and_goes_on_later(
    kept: tuple[Source, SearchQuery, str], settings: Settings
) -> None:
    settings.FIELD_KEYS = [NEW, OLD]

    first = keys.rotate(by=BY, seconds=0)
    check_all(kept)
    second = keys.rotate(by=BY)

    assert (first.resealed, first.finished) == (1, False)
    assert (second.resealed, second.finished) == (3, True)


def test_batches_go_through_all_rows_and_files(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keys, "BATCH", 2)
    purpose = make_purpose()
    for _ in range(5):
        query = SearchQuery(user=purpose.user, purpose=purpose)
        query.criteria = Criteria(text="x")
        query.save()
    for number in range(5):
        photos.store(PHOTO + bytes([number]))
    settings.FIELD_KEYS = [NEW, OLD]

    assert keys.rotate(by=BY).resealed == 1 + 5 + 5
    assert keys.rotate(by=BY).resealed == 0


def test_the_report_says_which_key_is_needed_by_what(kept: tuple[Source, SearchQuery, str], settings: Settings) -> None:
    settings.FIELD_KEYS = [NEW, OLD]

    new, old = keys.report()

    assert (new.current, new.values, new.removable) == (True, 0, False)
    assert (old.values, old.removable) == (4, False)
    assert set(old.needed_by.values()) == {1}


def test_a_key_is_called_removable_only_when_nothing_needs_it(
    kept: tuple[Source, SearchQuery, str], settings: Settings
) -> None:
    settings.FIELD_KEYS = [NEW, OLD]
    old = key_id(OLD, settings)
    with pytest.raises(CommandError, match="ainda abre 4 valores"):
        call_command("check_keys", removable=old, stdout=io.StringIO())
    call_command("rotate_keys", stdout=io.StringIO())

    out = io.StringIO()
    call_command("check_keys", removable=old, stdout=out)

    assert f"{old} (só leitura) · cifrou nada · pode ser retirada" in out.getvalue()


def test_a_key_taken_out_too_early_is_told(kept: tuple[Source, SearchQuery, str], settings: Settings) -> None:
    settings.FIELD_KEYS = [NEW]

    with pytest.raises(CommandError, match="4 valores precisam de chave"):
        call_command("check_keys", stdout=io.StringIO())


def test_what_no_key_opens_is_counted_and_left_as_it_was(
    kept: tuple[Source, SearchQuery, str], settings: Settings
) -> None:
    settings.FIELD_KEYS = [NEW, OTHER]

    done = keys.rotate(by=BY)
    settings.FIELD_KEYS = [OLD]

    assert (done.resealed, done.unopened) == (0, 4)
    check_all(kept)


def test_each_batch_is_in_the_audit_with_counts_alone(
    kept: tuple[Source, SearchQuery, str], settings: Settings
) -> None:
    settings.FIELD_KEYS = [NEW, OLD]

    keys.rotate(by=BY)

    events = [event for event in recorded(Kind.CONFIGURED) if event.action == "keys.rotate"]
    assert [event.detail["resealed"] for event in events] == [1, 1, 1, 1]
    assert all(set(event.detail) == {"vault", "key", "resealed", "unopened"} for event in events)


def test_every_place_that_encrypts_is_rotated() -> None:
    sources = [path for app in ("ingestion", "registry", "consulta", "credentialing", "audit", "oversight") for path in
               (ROOT / app).rglob("*.py") if "migrations" not in path.parts]  # fmt: skip
    encrypting = {str(path.relative_to(ROOT)) for path in sources if "crypto.encrypt(" in path.read_text()}

    rotated = {
        "ingestion/models/source.py",
        "consulta/models/asking.py",
        "credentialing/models/purpose.py",
        "credentialing/models/request.py",
        "consulta/models/told.py",
        "registry/services/photos.py",
        "audit/sealing.py",
        "oversight/models/step.py",
    }
    # The audit's viewer hands what it encrypts to the browser, for one session, and keeps none of it.
    assert encrypting == rotated | {"registry/services/photo_vault.py", "audit/key_vault.py", "audit/views.py"}


def test_every_model_with_encrypted_words_is_rotated() -> None:
    rotated = {vault.model for vault in keys.VAULTS if isinstance(vault, ColumnVault)}
    assert {Inquiry, SearchQuery, *_kinds(Told)} <= rotated


def _kinds(model: type[Model]) -> set[type[Model]]:
    """The models with a table that are made of this one."""
    direct = model.__subclasses__()
    return {one for one in direct if not one._meta.abstract}.union(*map(_kinds, direct))
