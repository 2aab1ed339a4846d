"""A state replaces its rule by any other: nothing is lost, nothing comes twice, nothing unchanged is written."""

from collections.abc import Iterator
from itertools import permutations
from typing import Any

import pytest
from django.db import connection

from ingestion.models import LoadStatus, LoadView, Rule, Source, ViewCursor
from ingestion.services import sources
from registry.models import Prisoner
from tests.factories.far import OURS, Far
from tests.factories.ingestion import BY, load
from tests.factories.registry import make_origin
from tests.factories.ways import Ways, open_ways

pytestmark = pytest.mark.django_db(databases=["default", "audit"])

PRISONERS = 12
FILL = f"""
INSERT INTO dados.vw_unidade VALUES
    (1, 'Presídio Fictício', 'FECHADO', 'CELA_FISICA', 'M', '2704302', '2024-03-01 08:00', 'S');
INSERT INTO dados.vw_preso SELECT cod, 'P-' || cod, 'JOSÉ INVENTADO ' || cod, 'MARIA INVENTADA', '05/11/1990', '1',
    NULL, NULL, timestamp '2024-03-01 08:00:00.5' + cod * interval '1 hour', 'S'
    FROM generate_series(1, {PRISONERS}) cod;
INSERT INTO dados.vw_preso_documento SELECT cod, cod, 'RG', '12345' || cod,
    timestamptz '2024-03-01 08:00-03' + cod * interval '1 hour', 'S' FROM generate_series(1, {PRISONERS}) cod;
"""
# A row changes, one is deleted, one is new, and a document comes to it.
NEXT_DAY = """
UPDATE dados.vw_preso SET nm = 'JOSÉ MUDADO', alt = '{day} 09:00' WHERE cod = {change};
UPDATE dados.vw_preso SET atv = 'N', alt = '{day} 10:00' WHERE cod = {delete};
INSERT INTO dados.vw_preso SELECT {new}, 'P-{new}', 'NOVO INVENTADO', mae, nasc, sx, gest, filhos, '{day} 11:00', 'S'
    FROM dados.vw_preso WHERE cod = 12;
INSERT INTO dados.vw_preso_documento VALUES ({new}, {new}, 'RG', '999', '{day} 11:00-03', 'S');
"""
DAYS = [
    NEXT_DAY.format(day="2024-03-05", change=3, delete=5, new=21),
    NEXT_DAY.format(day="2024-03-06", change=21, delete=7, new=22),
]
MIRROR = "SELECT view, origin_key, content_hash, xmin::text FROM ingestion_rawrecord"


@pytest.fixture(scope="session")
def _ways(postgresql_far: Far) -> Iterator[Ways]:
    with open_ways(postgresql_far) as opened:
        yield opened


@pytest.fixture
def ways(_ways: Ways, postgresql_far: Far) -> Ways:
    postgresql_far.server.show(*OURS.issue())
    _ways.state.empty()
    _ways.state.run(FILL)
    return _ways


def loaded(source: Source) -> dict[str, int]:
    """The counters of a load, over its views."""
    done = load(source)
    assert (done.status, done.cause) == (LoadStatus.FINISHED, "")
    names = ("new", "changed", "removed", "rejected", "waiting")
    views = list(LoadView.objects.filter(load=done).values(*(f"{name}_count" for name in names)))
    return {name: sum(view[f"{name}_count"] for view in views) for name in names}


def mirror() -> dict[tuple[str, str], tuple[Any, str]]:
    """What is held of each row, and the transaction that wrote it."""
    with connection.cursor() as cursor:
        cursor.execute(MIRROR)
        return {(view, key): (content, written) for view, key, content, written in cursor.fetchall()}


def cursors() -> dict[str, Any]:
    return dict(ViewCursor.objects.values_list("view", "position"))


def expect(**counts: int) -> dict[str, int]:
    return {"new": 0, "changed": 0, "removed": 0, "rejected": 0, "waiting": 0, **counts}


@pytest.mark.parametrize(("first", "second"), list(permutations(Rule.values, 2)))
def test_a_state_may_replace_its_rule_by_any_other(ways: Ways, first: int, second: int) -> None:
    source = sources.create(origin=make_origin("AL"), rule=first, by=BY, **ways.of(first))
    assert loaded(source) == expect(new=1 + 2 * PRISONERS)
    held, reached = mirror(), cursors()

    ways.change(source, second)
    assert (mirror(), cursors()) == (held, reached)
    assert loaded(source) == expect()
    assert mirror() == held

    for number, day in enumerate(DAYS, start=1):
        before = mirror()
        ways.state.run(day)
        assert loaded(source) == expect(new=2, changed=1, removed=1)
        written = {place[1] for place, row in mirror().items() if before.get(place) != row}
        assert written <= {"3", "5", "21", "7", "22"}
        assert Prisoner.objects.filter(origin=source.origin).count() == PRISONERS + number
    assert Prisoner.objects.get(origin=source.origin, origin_key="21").name == "JOSÉ MUDADO"
    assert LoadView.objects.filter(load__source=source).values("load").distinct().count() == 4


def test_when_an_api_s_certificate_ends_is_known_after_a_load(ways: Ways) -> None:
    source = sources.create(origin=make_origin("AL"), rule=Rule.API_INTERNET, by=BY, **ways.of(Rule.API_INTERNET))
    loaded(source)

    assert set(source.certificates.values_list("kind", "name")) == {("server", "localhost"), ("authority", "")}
