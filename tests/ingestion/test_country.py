"""A fictitious country with all its noise: every row of every state is in the registry or in quarantine."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from ingestion.mapping.reading import read
from ingestion.models import Credentials, LoadStatus, LoadView, RawRecord, Rejection, Source
from ingestion.services import sources
from registry.models import Photo
from registry.services import photos
from senappen import servers
from tests.factories.ingestion import BY, load
from tests.factories.registry import make_origin

pytestmark = pytest.mark.django_db(databases=["default", "audit"])

STATES = ("AL", "PE", "SP")
PASSWORD = "leitura de teste"


@pytest.fixture(scope="module")
def country(states_server: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Two hundred people in three states, loaded into a server of their own names."""
    folder = tmp_path_factory.mktemp("country")
    _fictitious("generate", "--people", "200", "--seed", "11", "--states", ",".join(STATES), "--out", str(folder))
    _fictitious("load", "--from", str(folder), "--dsn", states_server, "--reader-password", PASSWORD)
    yield folder
    with psycopg.connect(states_server, autocommit=True) as server:
        for uf in STATES:
            server.execute(f"DROP DATABASE estado_{uf.lower()} WITH (FORCE)")  # type: ignore[call-overload]


def _fictitious(*arguments: str) -> None:
    subprocess.run([sys.executable, "-m", "fictitious", *arguments], check=True, stdout=subprocess.DEVNULL)


def source_of(country: Path, uf: str) -> Source:
    return sources.create(
        origin=make_origin(uf),
        host="127.0.0.1",
        port=servers.state_postgres().port,
        database=f"estado_{uf.lower()}",
        credentials=Credentials(f"leitor_{uf.lower()}", PASSWORD),
        mapping=(country / uf / "mapping.yaml").read_text(),
        photo_folder=str(country / uf / "photos"),
        by=BY,
    )


def rows_of(states_server: str, source: Source) -> dict[str, int]:
    """How many rows the state has in each view."""
    assert source.mapping
    url = states_server.replace("/postgres?", f"/{source.database}?")
    with psycopg.connect(url) as state:
        found = {}
        for name, view in read(source.mapping.text).views.items():
            row = state.execute(f"SELECT count(*) FROM {view.relation}").fetchone()  # type: ignore[call-overload]
            found[name] = row[0]
    return found


@pytest.mark.parametrize("uf", STATES)
def test_every_row_of_a_state_is_accounted_for(states_server: str, country: Path, uf: str) -> None:
    source = source_of(country, uf)

    done = load(source)

    assert (done.status, done.cause) == (LoadStatus.FINISHED, "")
    for view, rows in rows_of(states_server, source).items():
        mirrored = RawRecord.objects.filter(origin=source.origin, view=view).count()
        refused = LoadView.objects.get(load=done, view=view).rejected_count
        waiting = Rejection.objects.filter(view=view, status="waiting").count()
        assert rows == mirrored + refused + waiting, view


def test_a_second_load_of_a_whole_state_changes_nothing(country: Path) -> None:
    source = source_of(country, "SP")
    load(source)

    again = load(source)

    assert not LoadView.objects.filter(load=again).exclude(new_count=0, changed_count=0, removed_count=0).exists()
    assert not RawRecord.objects.filter(load=again.pk).exists()


def test_photographs_of_a_folder_and_of_a_column_open_again(country: Path) -> None:
    for uf in ("AL", "PE"):
        load(source_of(country, uf))

    for uf in ("AL", "PE"):
        photo = Photo.objects.filter(origin__code=uf).first()
        assert photo is not None, uf
        assert photos.content_type(photos.read(photo.sha256))
