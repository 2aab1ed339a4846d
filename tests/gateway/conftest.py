"""A state whose gateway answers."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.factories.gateway import Running, make_config, make_view, reader_url, serve
from tests.factories.ingestion import State, make_state

PRISONERS = make_view("vw_preso", "dados.vw_preso", "cod pront nm alt atv")
UNITS = make_view("vw_unidade", "dados.vw_unidade", "cod nm alt")
ABSENT = make_view("vw_visita", "dados.nao_existe", "cod alt")


@pytest.fixture(scope="module")
def state(states_server: str) -> Iterator[State]:
    """Five prisoners: two of one moment, one without a date."""
    made = make_state(states_server)
    made.empty()
    for cod, alt in ((3, "2024-03-03 10:00"), (1, "2024-03-01 10:00"), (2, "2024-03-01 10:00"), (4, None)):
        made.add("vw_preso", cod, alt=alt)
    made.add("vw_preso", 5, alt="2024-03-05 10:00:00.123456", nm="Ação “é” 'ü'")
    yield made
    made.drop()


@pytest.fixture(scope="module")
def photos(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A photo store with one photo, a secret beside it, and a link that leaves it."""
    folder = tmp_path_factory.mktemp("store")
    (folder / "fotos" / "a").mkdir(parents=True)
    (folder / "fotos" / "a" / "1 ã.jpg").write_bytes(b"0123456789")
    (folder / "fotos" / "vazia.jpg").write_bytes(b"")
    (folder / "segredo.txt").write_bytes(b"segredo")
    (folder / "fotos" / "atalho.jpg").symlink_to(folder / "segredo.txt")
    return folder / "fotos"


@pytest.fixture(scope="module")
def running(state: State, photos: Path) -> Iterator[Running]:
    """The gateway of that state."""
    views = {view.name: view for view in (PRISONERS, UNITS, ABSENT)}
    with serve(make_config(reader_url(state.name), views, photos=photos)) as served:
        yield served
