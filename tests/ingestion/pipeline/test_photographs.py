"""A photograph that appears later is taken up, though its row's date says nothing new."""

from pathlib import Path
from typing import Any

import pytest
from pytest_django import Settings

from ingestion.models import LoadKind, LoadStatus, Rejection, RejectionStatus, Source
from ingestion.reasons import ReasonCode
from registry.models import Photo
from tests.factories.ingestion import MAPPING, State, load, make_mapping, make_source

pytestmark = pytest.mark.django_db(databases=["default", "audit"])

PNG = b"\x89PNG\r\n\x1a\n" + b"desenho"
VIEW = {
    "relation": "dados.vw_preso_foto",
    "fields": {
        "id_origem": "cod", "id_preso": "interno", "posicao": {"value": "FRONTAL"},
        "content_type": {"value": "image/png"}, "dt_inclusao": "alt",
        "conteudo_ou_uri": {"column": "caminho", "photo": "path"}, "dt_atualizacao": "alt",
        "st_registro": {"value": "A"},
    },
}  # fmt: skip


@pytest.fixture
def folder(settings: Settings, tmp_path: Path) -> Path:
    default = {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(tmp_path / "kept")},
    }
    settings.STORAGES = {**settings.STORAGES, "default": default}
    (tmp_path / "fotos").mkdir()
    return tmp_path / "fotos"


@pytest.fixture
def source(state: State, folder: Path) -> Source:
    """A prisoner whose photograph's file is missing; loaded, and another photograph came since."""
    state.run(
        "CREATE TABLE dados.vw_preso_foto (cod integer, interno integer, caminho text, alt timestamp);"
        "GRANT SELECT ON dados.vw_preso_foto TO PUBLIC;"
        "INSERT INTO dados.vw_preso_foto VALUES (7, 1, '1.png', '2024-03-01 08:00')"
    )
    state.add("vw_preso", 1)
    (folder / "2.png").write_bytes(PNG + b"2")
    views: Any = {**MAPPING["views"], "vw_preso_foto": VIEW}
    made = make_source(state, mapping=make_mapping(views=views), photo_folder=str(folder))
    load(made)
    state.run("INSERT INTO dados.vw_preso_foto VALUES (8, 1, '2.png', '2024-04-01 08:00')")
    load(made)
    return made


def test_a_missing_file_is_quarantined_once(source: Source) -> None:
    load(source)

    assert Rejection.objects.get().reasons[0]["code"] == ReasonCode.PHOTO_MISSING
    assert Photo.objects.get().origin_key == "8"


@pytest.mark.parametrize("kind", list(LoadKind))
def test_a_file_that_appears_is_taken_up_by_the_next_load(source: Source, folder: Path, kind: LoadKind) -> None:
    (folder / "1.png").write_bytes(PNG)

    assert load(source, kind).status == LoadStatus.FINISHED

    assert set(Photo.objects.values_list("origin_key", flat=True)) == {"7", "8"}
    assert Rejection.objects.get().status == RejectionStatus.REPROCESSED


def test_a_reconciliation_asks_the_state_again_where_no_retry_does(
    source: Source, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ingestion.pipeline.extract.Extraction.retry_photos", lambda *_: None)
    (folder / "1.png").write_bytes(PNG)

    load(source, LoadKind.RECONCILIATION)

    assert set(Photo.objects.values_list("origin_key", flat=True)) == {"7", "8"}
    assert not Rejection.objects.filter(status=RejectionStatus.OPEN).exists()


def test_a_folder_that_is_not_mounted_stops_the_load(source: Source, folder: Path) -> None:
    folder.rename(folder.with_name("longe"))

    stopped = load(source)

    assert "pasta de fotos" in stopped.cause
