"""States with rows that no load can take: each is in quarantine with its reason, and the counts add up to the row."""

import csv
import shutil
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest
import sqlalchemy as sa
import yaml

from fictitious.__main__ import main
from ingestion.contract import VIEWS
from ingestion.mapping.reading import read
from ingestion.models import Credentials, Load, LoadKind, LoadStatus, LoadView, RawRecord, Rejection, Source
from ingestion.models import SourceDialect as Dialect
from ingestion.models.quarantine import STANDING
from ingestion.services import mappings, quarantine, sources
from ingestion.transports import sql
from senappen import servers
from senappen.embedded import EmbeddedServerError
from tests.factories.ingestion import BY, load
from tests.factories.registry import make_origin
from tests.factories.rest import make_api_source
from tests.ingestion.transports.rest.serving import datasette_mapping, serving

pytestmark = pytest.mark.django_db(databases=["default", "audit"])

STATES = ("AL", "PE", "SP")
PASSWORD = "leitura de teste"
PREFIX = "bagunca_"
PEOPLE, SEED, TIMES = "300", "4", "40"
# What the quarantine says of each class of fictitious.spoiled.
REASONS = {
    "required_empty": "required", "not_declared": "required", "change_missing": "required", "orphan": "unknown_parent",
    "impossible_date": "date", "zero_date": "date", "endless_time": "date", "infinite_time": "date",
    "number_negative": "number", "too_long": "length", "code_garbage": "code", "odd_flag": "boolean",
    "photo_broken": "photo_invalid", "photo_missing": "photo_missing",
}  # fmt: skip

Told = dict[tuple[str, str], str]  # view and key → reason


@dataclass(frozen=True)
class Messy:
    """A state with its source, and how many rows its database shows in each view."""

    folder: Path
    uf: str
    source: Source
    count: Callable[[], dict[str, int]]

    def told(self) -> Told:
        """The rows that the truth says are rejected, each with its reason."""
        with (self.folder / "truth" / "rejected.csv").open(encoding="utf-8", newline="") as file:
            rows = [row for row in csv.DictReader(file) if row["origin"] == self.uf]
        return {(row["view"], row["id_origem"]): REASONS[row["class"]] for row in rows}


def make_country(folder: Path, *ufs: str) -> Path:
    size = ["--people", PEOPLE, "--seed", SEED, "--spoiled", TIMES, "--workers", "1"]
    main(["generate", *size, "--states", ",".join(ufs), "--out", str(folder)])
    return folder


def render(folder: Path, *arguments: str) -> None:
    main(["load", "--from", str(folder), "--reader-password", PASSWORD, "--prefix", PREFIX, *arguments])


def source_of(folder: Path, uf: str, dialect: str, **fields: Any) -> Source:
    name = "mapping.yaml" if dialect == Dialect.POSTGRESQL else f"mapping.{dialect}.yaml"
    values = {"database": f"{PREFIX}estado_{uf.lower()}", **fields}
    return sources.create(
        origin=make_origin(uf),
        host="127.0.0.1",
        dialect=dialect,
        credentials=Credentials(f"{PREFIX}leitor_{uf.lower()}", PASSWORD),
        mapping=(folder / uf / name).read_text(),
        photo_folder=str(folder / uf / "photos"),
        by=BY,
        **values,
    )


def count_by_sql(source: Source) -> dict[str, int]:
    """How many rows each view shows to the source's own reader."""
    assert source.mapping
    mapping = read(source.mapping.text)
    with sql.connect(source) as connection, connection.session() as session:
        counts = {view: sa.text(f"SELECT count(*) FROM {given.relation}") for view, given in mapping.views.items()}
        return {view: session.scalar(query) or 0 for view, query in counts.items()}


@pytest.fixture(scope="module")
def pristine(states_server: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_country(tmp_path_factory.mktemp("messy"), *STATES)


@pytest.fixture
def country(states_server: str, pristine: Path, tmp_path: Path) -> Iterator[Path]:
    """Three states on PostgreSQL that a test may take a day further."""
    folder = tmp_path / "country"
    shutil.copytree(pristine, folder)
    render(folder, "--dsn", states_server)
    yield folder
    with psycopg.connect(states_server, autocommit=True) as server:
        for uf in STATES:
            server.execute(f"DROP DATABASE {PREFIX}estado_{uf.lower()} WITH (FORCE)".encode())


@pytest.fixture(params=STATES)
def on_postgresql(request: pytest.FixtureRequest, country: Path) -> Messy:
    return state_on_postgresql(country, request.param)


def state_on_postgresql(country: Path, uf: str) -> Messy:
    source = source_of(country, uf, Dialect.POSTGRESQL, port=servers.state_postgres().port)
    return Messy(country, uf, source, lambda: count_by_sql(source))


@pytest.fixture(params=[Dialect.MARIADB, Dialect.FIREBIRD])
def elsewhere(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Messy]:
    """A state on another server; skipped where its Debian package is absent."""
    server: Any = servers.state_mariadb() if request.param is Dialect.MARIADB else servers.state_firebird()
    try:
        server.start()
    except EmbeddedServerError as absent:
        pytest.skip(str(absent))
    folder = make_country(tmp_path, "AL")
    render(folder, "--engine", request.param, "--dsn", server.url)
    fields: dict[str, Any] = {"port": server.port}
    if request.param is Dialect.FIREBIRD:
        fields["database"] = f"{server.folder}/databases/{PREFIX}estado_al.fdb"
    source = source_of(folder, "AL", request.param, **fields)
    yield Messy(folder, "AL", source, lambda: count_by_sql(source))
    server.stop()


@pytest.fixture
def by_api(tmp_path: Path) -> Iterator[Messy]:
    """A state behind a Datasette."""
    folder = make_country(tmp_path, "AL")
    render(folder, "--engine", "sqlite", "--out", str(folder))
    mapping = read((folder / "AL" / "mapping.yaml").read_text())
    with closing(sqlite3.connect(folder / "estado_al.sqlite")) as file:
        relations = {view: given.relation.split(".")[1] for view, given in mapping.views.items()}
        rows = {view: file.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for view, name in relations.items()}
    with serving(folder / "estado_al.sqlite") as base:
        source = make_api_source(base, datasette_mapping(folder, base))
        yield Messy(folder, "AL", source, lambda: rows)


def assert_all_is_accounted_for(state: Messy, done: Load) -> None:
    """Every row is in the mirror or stands in quarantine, for the reason it was spoiled for or for want of a parent."""
    assert (done.status, done.cause) == (LoadStatus.FINISHED, "")
    standing = Rejection.objects.filter(origin=state.source.origin, status__in=STANDING)
    reasons = {(one.view, one.origin_key): one.reasons for one in standing}
    assert len(reasons) == standing.count()
    held = set(RawRecord.objects.exclude(presence="G").values_list("view", "origin_key"))
    told = state.told()
    assert {place: reasons[place][0]["code"] for place in told} == told
    for place in reasons.keys() - told.keys():
        assert [reason["code"] for reason in reasons[place]] == ["unknown_parent"], place
    assert not held & reasons.keys()
    mirrored, aside = Counter(view for view, _ in held), Counter(view for view, _ in reasons)
    for view, rows in state.count().items():
        assert rows == mirrored[view] + aside[view], view
    assert_counters_add_up(done)


def assert_counters_add_up(done: Load) -> None:
    for view in LoadView.objects.filter(load=done):
        came = view.read_count + view.retried_count
        kept = view.new_count + view.changed_count + view.unchanged_count + view.removed_count
        assert came == kept + view.rejected_count + view.waiting_count + view.refused_count + view.repeated_count, view


def assert_only_the_lost_wait(state: Messy) -> None:
    """Rows that wait although they were not spoiled are children of rows that are not in the mirror."""
    held = set(RawRecord.objects.exclude(presence="G").values_list("view", "origin_key"))
    places = {"id_preso": "vw_preso", "id_visitante": "vw_visitante", "id_pessoa": "vw_visitante",
        "id_advogado": "vw_advogado", "id_processo": "vw_processo"}  # fmt: skip
    for one in Rejection.objects.filter(origin=state.source.origin, status="waiting"):
        field = one.reasons[0]["field"]
        names = [column.name for column in VIEWS[one.view].columns]
        assert (places.get(field, "vw_unidade"), one.mapped[names.index(field)]) not in held


def test_a_messy_state_is_accounted_for(on_postgresql: Messy) -> None:
    done = load(on_postgresql.source)

    assert_all_is_accounted_for(on_postgresql, done)
    assert_only_the_lost_wait(on_postgresql)
    assert len(set(on_postgresql.told().values())) > 4


def test_a_messy_state_on_another_server_is_accounted_for(elsewhere: Messy) -> None:
    assert_all_is_accounted_for(elsewhere, load(elsewhere.source))
    assert_all_is_accounted_for(elsewhere, load(elsewhere.source))
    assert_all_is_accounted_for(elsewhere, load(elsewhere.source, LoadKind.RECONCILIATION))


def test_a_messy_state_behind_an_api_is_accounted_for(by_api: Messy) -> None:
    assert_all_is_accounted_for(by_api, load(by_api.source))
    assert_all_is_accounted_for(by_api, load(by_api.source))
    assert_all_is_accounted_for(by_api, load(by_api.source, LoadKind.RECONCILIATION))


def test_what_the_next_day_mends_comes_in(on_postgresql: Messy, states_server: str) -> None:
    state = on_postgresql
    load(state.source)
    before = state.told()
    for _ in range(2):
        main(["next-day", "--from", str(state.folder), "--dsn", states_server, "--prefix", PREFIX])

    assert_counters_add_up(load(state.source))
    done = load(state.source, LoadKind.RECONCILIATION)

    assert_all_is_accounted_for(state, done)
    mended = before.keys() - state.told().keys()
    assert mended
    gone = {place for place in mended if not RawRecord.objects.filter(view=place[0], origin_key=place[1]).exists()}
    assert {view for view, _ in gone} <= {"vw_visita"}  # deleted, as visits are


def test_the_quarantine_is_read_again_after_the_mapping_knows_more_forms(country: Path) -> None:
    state = state_on_postgresql(country, "PE")
    load(state.source)
    assert state.source.mapping
    text = yaml.safe_load(state.source.mapping.text)
    text["not_declared"] += ["00/00/0000", "00/00/0000 00:00", "NI"]
    version = mappings.put_in_use(source=state.source, text=yaml.safe_dump(text, allow_unicode=True), by=BY)
    told = state.told()

    done = quarantine.reprocess(origin=state.source.origin, mapping=version, by=BY)
    after = load(state.source)

    assert done.readable > 0
    assert done.readable + done.still_rejected == sum(reason != "unknown_parent" for reason in told.values())
    assert Rejection.objects.filter(status="reprocessed").count() >= done.readable
    assert_counters_add_up(after)
    held = set(RawRecord.objects.values_list("view", "origin_key"))
    assert len(told.keys() & held) == done.readable
