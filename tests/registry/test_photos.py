"""Photographs at rest."""

import errno
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.files.storage import storages
from django.test import override_settings

from registry.services import photos
from registry.services.photos import InvalidPhoto, PhotoMissing, PhotoTampered

PNG = b"\x89PNG\r\n\x1a\n" + b"drawn pixels"
JPEG = b"\xff\xd8\xff\xe0" + b"drawn pixels"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path) -> Iterator[Path]:
    backend = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": str(tmp_path)}}
    with override_settings(STORAGES={**storages.backends, "default": backend}):
        yield tmp_path


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


@pytest.mark.parametrize("content", [PNG, JPEG])
def test_photo_comes_back_as_it_was(content: bytes) -> None:
    assert photos.read(photos.store(content)) == content


def test_same_photo_is_kept_once(folder: Path) -> None:
    assert photos.store(PNG) == photos.store(PNG)
    assert len(files(folder)) == 1


def test_storage_holds_no_readable_photo(folder: Path) -> None:
    photos.store(PNG)
    assert b"drawn pixels" not in files(folder)[0].read_bytes()


def test_changed_file_does_not_open(folder: Path) -> None:
    digest = photos.store(PNG)
    (path,) = files(folder)
    path.write_bytes(path.read_bytes()[:-1] + b"\x00")
    with pytest.raises(PhotoTampered):
        photos.read(digest)


def test_photo_put_in_anothers_place_does_not_open(folder: Path) -> None:
    mine, other = photos.store(PNG), photos.store(JPEG)
    where = {path.name: path for path in files(folder)}
    where[mine].write_bytes(where[other].read_bytes())
    with pytest.raises(PhotoTampered):
        photos.read(mine)


@pytest.mark.parametrize("content", [b"", b"GIF89a", b"<svg/>", PNG + bytes(photos.LARGEST)])
def test_what_is_no_photo_is_refused(content: bytes) -> None:
    with pytest.raises(InvalidPhoto):
        photos.store(content)


@pytest.mark.parametrize("digest", ["0" * 64, "../../secrets.json", ""])
def test_unknown_photo_is_missing(digest: str) -> None:
    with pytest.raises(PhotoMissing):
        photos.read(digest)


def test_a_photo_left_half_written_by_a_sudden_end_is_written_again(folder: Path) -> None:
    digest = photos.store(PNG)
    files(folder)[0].write_bytes(b"half")

    photos.store(PNG)

    assert photos.read(digest) == PNG
    assert len(files(folder)) == 1


def test_a_full_disk_leaves_nothing_behind(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("registry.services.photos.os.fsync", full)

    with pytest.raises(OSError, match="No space"):
        photos.store(PNG)
    assert files(folder) == []
