"""A state that changes between rules 1 and 2 loses nothing and loads nothing twice."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db import connection
from psycopg import sql

from fictitious.__main__ import main
from fictitious.states import profile
from ingestion.mapping.reading import read
from ingestion.models import Credentials, LoadStatus, LoadView, Rule, Source, ViewCursor
from ingestion.services import sources
from senappen import servers
from tests.factories.gateway import TOKEN, Running, make_config, reader_url, serve, views_of
from tests.factories.ingestion import BY, load
from tests.factories.registry import make_origin

pytestmark = pytest.mark.django_db(databases=["default", "audit"])

PREFIX = "gateway_test_"
PASSWORD = "leitura-de-teste"
UF = "PE"  # photographs by path, dates as text


@pytest.fixture
def country(tmp_path: Path, states_server: str) -> Iterator[Path]:
    """One noisy state of 300 people, loaded into a database of its own."""
    # A row dated in the future would move the watermark with the clock.
    main(["generate", "--people", "300", "--seed", "2", "--spoiled", "0", "--states", UF, "--out", str(tmp_path)])
    main(["load", "--from", str(tmp_path), "--dsn", states_server, "--reader-password", PASSWORD, "--prefix", PREFIX])
    yield tmp_path
    with psycopg.connect(states_server, autocommit=True) as server:
        database = sql.Identifier(f"{PREFIX}{profile(UF).database}")
        server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(database))


@pytest.fixture
def gateway(country: Path) -> Iterator[Running]:
    """The state's gateway, beside its database and photographs."""
    url = reader_url(f"{PREFIX}{profile(UF).database}", f"{PREFIX}{profile(UF).reader}", PASSWORD)
    views = views_of(read((country / UF / "mapping.yaml").read_text()))
    with serve(make_config(url, views, photos=country / UF / "photos", batch_rows=100)) as running:
        yield running


def use(source: Source, rule: int, gateway: Running) -> Source:
    """The source as its administrator changes it."""
    by_sql = rule == Rule.SQL_VPN
    source.rule, source.port = rule, servers.state_postgres().port if by_sql else gateway.port
    reader = Credentials(f"{PREFIX}{profile(UF).reader}", PASSWORD)
    source.seal(reader if by_sql else Credentials("senappen", TOKEN))
    source.save()
    return source


def make_state_source(country: Path) -> Source:
    return sources.create(
        origin=make_origin(UF),
        host="127.0.0.1",
        port=1,
        database=f"{PREFIX}{profile(UF).database}",
        credentials=Credentials("", ""),
        mapping=(country / UF / "mapping.yaml").read_text(),
        photo_folder=str(country / UF / "photos"),
        by=BY,
    )


def counts(source: Source, field: str) -> dict[str, int]:
    """One counter of the views of the latest load."""
    started = load(source)
    assert started.status == LoadStatus.FINISHED, started.cause
    return dict(LoadView.objects.filter(load=started).values_list("view", field))


def mirror() -> set[Any]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT view, origin_key, content_hash FROM ingestion_rawrecord")
        return set(cursor.fetchall())


def positions() -> dict[str, Any]:
    return dict(ViewCursor.objects.values_list("view", "position"))


@pytest.mark.parametrize(
    ("first", "second"), [(Rule.SQL_VPN, Rule.GATEWAY), (Rule.GATEWAY, Rule.SQL_VPN)], ids=["1 to 2", "2 to 1"]
)
def test_a_changed_rule_goes_on_where_the_other_was(
    country: Path, gateway: Running, states_server: str, first: Rule, second: Rule
) -> None:
    source = make_state_source(country)
    assert counts(use(source, first, gateway), "new_count")["vw_preso"] > 50
    held, reached = mirror(), positions()
    again = counts(use(source, second, gateway), "new_count")
    assert set(again.values()) == {0}
    assert (mirror(), positions()) == (held, reached)
    main(["next-day", "--from", str(country), "--dsn", states_server, "--prefix", PREFIX])
    following = counts(source, "new_count")
    assert sum(following.values()) > 0
    by_second = mirror()
    assert set(counts(use(source, first, gateway), "new_count").values()) == {0}
    assert mirror() == by_second
