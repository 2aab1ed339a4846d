"""The figures proved by real margins: a state made to what a state published, loaded, counts what was published.

By default twenty times smaller, which rounding makes contradict itself elsewhere; all of it with
SENAPPEN_WHOLE_MARGINS=1, and as a table with `make bench NAME=margins`.
"""

import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import psycopg
import pytest

from audit.events import system
from fictitious import margins
from fictitious.__main__ import load as load_states
from fictitious.margins import making
from fictitious.tables import DATA
from ingestion.models import Credentials, LoadStatus, Rejection
from ingestion.services import sources
from registry.selectors.figures.form import added
from registry.services.figures import editions
from senappen import servers
from tests.factories.ingestion import load
from tests.factories.registry import make_origin

pytestmark = pytest.mark.django_db(databases=["default", "audit"])

DAY = date(2021, 12, 31)
PASSWORD, PREFIX = "leitura de teste", "margens_"
(PUBLISHED,) = margins.read(DATA / "margins_ap.csv")


@pytest.fixture(scope="module")
def expected() -> margins.Closed:
    whole = os.environ.get("SENAPPEN_WHOLE_MARGINS")
    return margins.close(PUBLISHED if whole else PUBLISHED.scaled(20))


@pytest.fixture(scope="module")
def state(states_server: str, expected: margins.Closed, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("margins")
    making.make([expected], folder, seed="1", today=DAY)
    load_states(folder, states_server, None, PASSWORD, PREFIX)
    yield folder
    with psycopg.connect(states_server, autocommit=True) as server:
        server.execute(f"DROP DATABASE {PREFIX}estado_ap WITH (FORCE)".encode())


def test_every_column_that_the_margins_hold_is_computed_as_published(expected: margins.Closed, state: Path) -> None:
    source = sources.create(
        origin=make_origin("AP"), host="127.0.0.1", port=servers.state_postgres().port,
        database=f"{PREFIX}estado_ap", credentials=Credentials(f"{PREFIX}leitor_ap", PASSWORD),
        mapping=(state / "AP" / "mapping.yaml").read_text(), by=system("test"),
    )  # fmt: skip
    assert load(source).status == LoadStatus.FINISHED
    assert not Rejection.objects.exists()

    computed = added(editions.make("AP", DAY, by=system("test")).values.values())
    found = {int(column): count for column, count in computed.items()}

    differ = {column: (n, found.get(column, 0)) for column, n in expected.columns.items() if n != found.get(column, 0)}
    assert differ == {}
    assert all(found[column] > 0 for column in (435, 497, 1123, 448, 451, 466, 1319, 1320))


def test_what_is_changed_of_the_published_margins_is_what_contradicts_itself() -> None:
    """Of 395 columns that Amapá filled and the blocks cover, 369 stay as they are; the others each say why."""
    closed = margins.close(PUBLISHED)
    filled = PUBLISHED.columns.keys() & closed.columns.keys()
    assert len(filled) == 395
    assert len(filled - closed.why.keys()) == 369
    assert all(PUBLISHED.columns.get(column, 0) != closed.columns[column] for column in closed.why)
    # 1,618 men were convicts, and 1,854 had a term.
    assert closed.columns[920] < PUBLISHED.columns[920]
    assert (closed.columns[435], closed.columns[497], closed.columns[1191]) == (2400, 2400, 160)
