"""Loads that stop go on where they were, and a worker that lost its load writes nothing."""

import errno
import threading
import time
from collections.abc import Callable, Generator
from contextlib import closing
from datetime import timedelta
from typing import Any

import psycopg
import pytest
from django.db import connection
from sqlalchemy.exc import DBAPIError

from ingestion.models import Credentials, Load, LoadStatus, LoadView, Source
from ingestion.pipeline import run as running
from ingestion.pipeline.extract import Extraction, open_view
from ingestion.pipeline.landing import Landing
from ingestion.pipeline.work import Work, take
from ingestion.problems import LostLoad
from ingestion.services import loads, mappings, sources
from ingestion.transports import sql
from ingestion.transports.base import Batch
from registry.models import Prisoner
from tests.factories.ingestion import BY, READER, State, load, make_mapping, make_source, with_field

pytestmark = pytest.mark.django_db(databases=["default", "audit"])


class Cut(Exception):
    """A worker's sudden end."""


@pytest.fixture
def batches_of_two(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ingestion.pipeline.extract.BATCH_ROWS", 2)


def cut_after(monkeypatch: pytest.MonkeyPatch, batches: int) -> list[Any]:
    """From now on a view of prisoners breaks off after so many batches; the positions it was asked from."""
    asked: list[Any] = []
    whole = sql.SqlConnection.batches

    def broken(self: sql.SqlConnection, mapping: Any, view: str, after: Any, size: int) -> Generator[Batch]:
        with closing(whole(self, mapping, view, after, size)) as given:
            for number, batch in enumerate(given):
                if view == "vw_preso" and number == batches:
                    raise Cut
                yield batch

    def watched(self: sql.SqlConnection, mapping: Any, view: str, after: Any, size: int) -> Generator[Batch]:
        if view == "vw_preso":
            asked.append(after)
        return broken(self, mapping, view, after, size)

    monkeypatch.setattr(sql.SqlConnection, "batches", watched)
    return asked


def stopped_load(state: State, monkeypatch: pytest.MonkeyPatch) -> tuple[Source, Load]:
    """Five prisoners, a load that broke off after the first four."""
    for cod in range(1, 6):
        state.add("vw_preso", cod)
    source = make_source(state)
    with monkeypatch.context() as patch:
        cut_after(patch, 2)
        return source, load(source)


def test_a_stop_keeps_what_was_committed_and_says_so(
    state: State, batches_of_two: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, stopped = stopped_load(state, monkeypatch)

    view = LoadView.objects.get(load=stopped, view="vw_preso")
    assert stopped.status == LoadStatus.STOPPED
    assert stopped.reference.startswith("ING-")
    assert stopped.retry_at is not None
    assert (view.landed_count, view.batch) == (4, 2)


def test_the_next_worker_goes_on_after_the_last_committed_batch(
    state: State, batches_of_two: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    source, stopped = stopped_load(state, monkeypatch)
    asked = cut_after(monkeypatch, 99)

    done = load(source)

    assert (done.pk, done.status, done.epoch) == (stopped.pk, LoadStatus.FINISHED, 2)
    assert [position.key for position in asked] == [4]
    assert Prisoner.objects.count() == 5
    assert LoadView.objects.get(load=done, view="vw_preso").read_count == 5


def test_a_row_changed_between_two_readings_is_taken_in_its_last_form(
    state: State, batches_of_two: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    source, _ = stopped_load(state, monkeypatch)
    state.change("vw_preso", 1, nm="NOME NOVO INVENTADO", alt="2024-03-01 09:00")

    load(source)

    assert Prisoner.objects.get(origin_key="1").name == "NOME NOVO INVENTADO"
    assert Prisoner.objects.count() == 5


def test_a_landing_table_emptied_by_a_crash_is_read_again(
    state: State, batches_of_two: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    source, stopped = stopped_load(state, monkeypatch)
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM landing.l{stopped.pk}_vw_preso")

    load(source)

    assert Prisoner.objects.count() == 5


def test_a_view_begun_with_another_mapping_is_read_again(
    state: State, batches_of_two: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    source, _ = stopped_load(state, monkeypatch)
    views = with_field("vw_preso", "nome", "mae")
    mappings.put_in_use(source=source, text=make_mapping(views=views), by=BY)

    load(source)

    assert set(Prisoner.objects.values_list("name", flat=True)) == {"MARIA INVENTADA"}


def begin(source: Source) -> tuple[Work, Extraction]:
    """A worker with the view of prisoners open."""
    work = take(loads.start(source=source, by=BY, enqueued=False))
    extraction = open_view(work, LoadView.objects.get(load=work.load, view="vw_preso"))
    return work, extraction


def test_a_worker_that_lost_the_load_writes_nothing_more(state: State, batches_of_two: None) -> None:
    for cod in range(1, 6):
        state.add("vw_preso", cod)
    source = make_source(state)
    work, zombie = begin(source)

    class Stolen(sql.SqlConnection):
        def batches(self, *given: Any) -> Generator[Batch]:
            with closing(super().batches(*given)) as whole:
                for number, batch in enumerate(whole):
                    if number == 1:
                        take(work.load)  # another worker raises the epoch
                    yield batch

    with sql.connect(source) as connected, pytest.raises(LostLoad):
        zombie.run(Stolen(connected._engine, connected._dialect))

    assert LoadView.objects.get(pk=zombie.progress.pk).landed_count == 2
    with connection.cursor() as cursor:
        assert Landing(work.load.pk, zombie.landing.view).holds(cursor, 2, 0)


def test_a_reading_that_waits_for_a_slow_server_can_be_broken_off(state: State) -> None:
    with sql.connect(make_source(state)) as connected:
        reading, failed = in_thread(connected, "SELECT pg_sleep(60)")
        wait_until(lambda: sessions(state) == ["active"])

        connected.interrupt()
        reading.join(20)

        assert not reading.is_alive()
        assert failed
        assert sessions(state) == []
        connected.interrupt()


def in_thread(connected: sql.SqlConnection, statement: str) -> tuple[threading.Thread, list[Exception]]:
    """A statement in a session of a thread of its own, and where its failure will be."""
    failed: list[Exception] = []

    def read() -> None:
        try:
            with connected.session() as session:
                session.exec_driver_sql(statement)
        except DBAPIError as error:
            failed.append(error)

    thread = threading.Thread(target=read, daemon=True)
    thread.start()
    return thread, failed


def wait_until(true: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 20
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def sessions(state: State) -> list[str]:
    """What the reader's sessions at the state are doing."""
    with psycopg.connect(state.url) as server:
        found = server.execute("SELECT state FROM pg_stat_activity WHERE usename = %s", [READER])
        return [row[0] for row in found]


def test_a_worker_that_lost_the_load_cannot_close_it(state: State) -> None:
    source = make_source(state)
    work, _ = begin(source)
    take(work.load)

    with pytest.raises(LostLoad):
        running.close(work)

    assert Load.objects.get().status == LoadStatus.RUNNING


def test_a_finished_load_is_not_taken_again(state: State) -> None:
    done = load(make_source(state))

    assert running.run(done) == LoadStatus.FINISHED
    done.refresh_from_db()
    assert done.epoch == 1


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("DROP TABLE dados.vw_preso", "não existe mais no banco"),
        ("ALTER TABLE dados.vw_preso RENAME nm TO nome", "Uma coluna do mapeamento não existe mais"),
        ("REVOKE SELECT ON dados.vw_preso FROM PUBLIC, {reader}", "perdeu a permissão de leitura"),
    ],
)
def test_a_source_that_changed_stops_the_load_with_the_cause(state: State, statement: str, words: str) -> None:
    state.add("vw_unidade", 10)
    source = make_source(state)
    state.run(statement.format(reader=READER))

    stopped = load(source)

    assert stopped.status == LoadStatus.STOPPED
    assert words in stopped.cause
    assert LoadView.objects.get(load=stopped, view="vw_unidade").state == "published"


def test_wrong_credentials_and_an_absent_server_are_told_apart(state: State) -> None:
    source = make_source(state)
    sources.replace_credentials(source=source, credentials=Credentials(READER, "errada"), by=BY)
    assert "recusou a entrada" in load(source).cause

    sources.change_address(source=source, host="127.0.0.1", port=1, database="x", by=BY)
    assert "Não foi possível falar" in load(source).cause


def test_the_log_of_a_stop_holds_no_value_of_a_row(
    state: State, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    state.add("vw_preso", 1)
    source = make_source(state)

    def fail(*args: Any, **kwargs: Any) -> None:
        raise ValueError("JOSÉ INVENTADO DA SILVA")

    monkeypatch.setattr("ingestion.pipeline.publish.intake.receive", fail)
    stopped = load(source)

    assert "INVENTADO" not in caplog.text + stopped.cause
    assert stopped.reference in caplog.text


@pytest.mark.parametrize(
    ("sqlstate", "words"),
    [
        ("53100", "Falta espaço em disco no banco"),
        ("57P01", "banco nacional foi reiniciado"),
        ("40P01", "Outra"),
    ],
)
def test_a_problem_of_our_own_is_told_apart_and_tried_again_soon(
    state: State, monkeypatch: pytest.MonkeyPatch, sqlstate: str, words: str
) -> None:
    """Raised by PostgreSQL itself, in the middle of a publication."""
    source = make_source(state)
    state.add("vw_preso", 1)

    def fail(*args: Any, **kwargs: Any) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"DO $$ BEGIN RAISE EXCEPTION 'x' USING ERRCODE = '{sqlstate}'; END $$")

    with monkeypatch.context() as patch:
        patch.setattr("ingestion.pipeline.publish.intake.receive", fail)
        stopped = load(source)

    assert stopped.status == LoadStatus.STOPPED
    assert words in stopped.cause
    assert stopped.retry_at is not None
    assert stopped.beat_at is not None
    assert stopped.retry_at - stopped.beat_at < timedelta(minutes=2)
    assert stopped.failures == 0
    assert load(source).status == LoadStatus.FINISHED


def test_a_full_photo_store_is_told_apart(state: State, monkeypatch: pytest.MonkeyPatch) -> None:
    source = make_source(state)
    state.add("vw_preso", 1)

    def full(*args: Any, **kwargs: Any) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("ingestion.pipeline.gathering.prepare", full)

    assert "Falta espaço na pasta de fotografias" in load(source).cause
