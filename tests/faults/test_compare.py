"""The comparison after a campaign sees what a fault might have done to the base."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
import sqlalchemy as sa
from django.db import connection
from django.utils import timezone

from faults.compare import compare, unsound
from faults.state import State, mapping
from ingestion.models import LoadKind, LoadStatus, Source
from registry.models import Movement, PendingRecord, PersonSearch, Photo, Prisoner, RecordDocument
from tests.factories.ingestion import READER, load, make_source, make_state

pytestmark = pytest.mark.django_db(databases=["default", "audit"])


@dataclass(frozen=True)
class Compared:
    """A state that lives on, and the source that reads it."""

    state: State
    source: Source

    def load(self, kind: LoadKind = LoadKind.INCREMENTAL) -> None:
        assert load(self.source, kind).status == LoadStatus.FINISHED


@pytest.fixture
def compared(states_server: str) -> Iterator[Compared]:
    """Twelve prisoners, loaded."""
    database = make_state(states_server)
    url = states_server.replace("/postgres?", f"/{database.name}?").replace("postgresql:", "postgresql+psycopg:")
    state = State(url, "1")
    state.fill(12)
    with state.engine.begin() as connection:
        connection.execute(sa.text(f"GRANT SELECT ON ALL TABLES IN SCHEMA public TO {READER}"))
    made = Compared(state, make_source(database, mapping=mapping("AL", schema="public.")))
    made.load()
    yield made
    database.drop()


def test_a_base_that_has_everything_differs_in_nothing(compared: Compared) -> None:
    assert not compare(compared.state, compared.source)
    assert not unsound()


def test_a_state_that_went_on_is_ahead_of_the_base_until_it_is_loaded(compared: Compared) -> None:
    for _ in range(20):
        compared.state.live()
    behind = compare(compared.state, compared.source)
    assert behind["lost"] > 0
    assert behind["not removed"] > 0

    compared.load()
    compared.load(LoadKind.RECONCILIATION)

    assert not compare(compared.state, compared.source)


DAMAGES: dict[str, Callable[[], object]] = {
    "lost": lambda: Movement.objects.filter(origin_key="5").delete(),
    "stale": lambda: RecordDocument.objects.filter(origin_key="3").update(raw="INVENTADO 0"),
    "wrong status": lambda: Prisoner.objects.filter(origin_key="2").update(removed_at=timezone.now()),
    "not removed": lambda: Photo.objects.filter(origin_key="1").update(origin_key="99"),
    "wrong parent": lambda: Movement.objects.filter(origin_key="5").update(prisoner=Prisoner.objects.latest("pk")),
}


@pytest.mark.parametrize("kind", DAMAGES)
def test_a_damaged_row_is_seen(compared: Compared, kind: str) -> None:
    DAMAGES[kind]()

    assert compare(compared.state, compared.source)[kind] == 1


def _leave_a_loose_partition() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT registry_start_partition('registry_visit', 99)")


DEFECTS: dict[str, Callable[[], object]] = {
    "without parent": lambda: Movement.objects.filter(origin_key="5").update(prisoner=-1),
    "loose partition": _leave_a_loose_partition,
    "unsearchable": lambda: PersonSearch.objects.latest("pk").delete(),
    "still waiting": lambda: PendingRecord.objects.create(record=Prisoner.objects.latest("pk")),
}


@pytest.mark.parametrize("kind", DEFECTS)
def test_a_base_that_is_not_sound_is_seen(compared: Compared, kind: str) -> None:
    DEFECTS[kind]()

    assert unsound() == {kind: 1}
