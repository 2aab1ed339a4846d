"""Images are taken from a column or from the source's folder, and from nowhere else."""

from pathlib import Path
from typing import Any

import pytest
from pytest_django import Settings

from ingestion.mapping.compiling import PhotoError
from ingestion.photos import Photos
from ingestion.problems import SourceProblem
from ingestion.reasons import ReasonCode
from registry.services import photos

PNG = b"\x89PNG\r\n\x1a\n" + b"desenho"


@pytest.fixture(autouse=True)
def storage(settings: Settings, tmp_path: Path) -> None:
    default = {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(tmp_path / "kept")},
    }
    settings.STORAGES = {**settings.STORAGES, "default": default}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A state's photo folder, beside a file that is none of its business."""
    (tmp_path / "fotos" / "2024").mkdir(parents=True)
    (tmp_path / "fotos" / "2024" / "1.png").write_bytes(PNG)
    (tmp_path / "segredo.png").write_bytes(PNG)
    return tmp_path / "fotos"


@pytest.mark.parametrize("content", [PNG, bytearray(PNG), memoryview(PNG)])
def test_an_image_in_a_column_is_stored(content: Any) -> None:
    sha256, size = Photos("").store(content, "blob")

    assert size == len(PNG)
    assert photos.read(sha256) == PNG


@pytest.mark.parametrize("name", ["2024/1.png", "/2024/1.png", " 2024/1.png "])
def test_an_image_in_the_folder_is_stored(folder: Path, name: str) -> None:
    sha256, _ = Photos(str(folder)).store(name, "path")

    assert photos.read(sha256) == PNG


@pytest.mark.parametrize("name", ["2024/2.png", "../segredo.png", "2024/../../segredo.png", "2024", "", None, "a\x00b"])
def test_a_path_that_leads_nowhere_or_outside_is_refused(folder: Path, name: Any) -> None:
    with pytest.raises(PhotoError) as caught:
        Photos(str(folder)).store(name, "path")

    assert caught.value.code == ReasonCode.PHOTO_MISSING


@pytest.mark.parametrize("content", [b"", b"GIF89a", "texto", 7])
def test_what_is_no_image_is_refused(content: Any) -> None:
    with pytest.raises(PhotoError) as caught:
        Photos("").store(content, "blob")

    assert caught.value.code == ReasonCode.PHOTO_INVALID


def test_a_folder_that_is_not_there_stops_the_source_and_rejects_no_row(tmp_path: Path) -> None:
    with pytest.raises(SourceProblem, match="pasta de fotos") as caught:
        Photos(str(tmp_path / "desmontada")).store("1.png", "path")

    assert caught.value.passing
