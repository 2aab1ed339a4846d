"""A reconciliation finds what the watermark cannot: rows that went without a word, and rows that were missed."""

from collections.abc import Callable, Generator
from contextlib import closing
from typing import Any

import pytest
from django.db import connection

from ingestion.models import (
    Load,
    LoadKind,
    LoadStatus,
    LoadView,
    Presence,
    PreviousVersion,
    RawRecord,
    Rejection,
    RejectionStatus,
    Source,
    ViewState,
)
from ingestion.services import loads
from ingestion.transports import sql
from ingestion.transports.base import KeyBatch
from ingestion.transports.position import Position
from registry.models import Prisoner
from tests.factories.ingestion import BY, State, load, make_source
from tests.ingestion.pipeline.test_loads import written

pytestmark = pytest.mark.django_db(databases=["default", "audit"])

LATER = "2024-04-01 08:00"


@pytest.fixture
def source(state: State) -> Source:
    """Five prisoners, loaded once; each has its own hour."""
    for cod in range(1, 6):
        state.add("vw_preso", cod, alt=f"2024-03-01 0{cod}:00")
    made = make_source(state)
    load(made)
    return made


def reconcile(source: Source) -> Load:
    done = load(source, LoadKind.RECONCILIATION)
    assert done.status == LoadStatus.FINISHED, done.cause
    return done


def seen(done: Load, view: str = "vw_preso") -> tuple[int, int, int]:
    """Keys listed, absent, missed."""
    found = LoadView.objects.get(load=done, view=view)
    return found.key_count, found.absent_count, found.missed_count


def standing() -> set[str]:
    return set(Prisoner.objects.filter(removed_at=None).values_list("origin_key", flat=True))


def meanwhile(monkeypatch: pytest.MonkeyPatch, act: Callable[[], None], *, after: bool = False) -> None:
    """Do something at the state just before (or after) the keys of the prisoners are listed."""
    whole = sql.SqlConnection.keys

    def keys(self: sql.SqlConnection, mapping: Any, view: str, size: int) -> Generator[KeyBatch]:
        if view == "vw_preso" and not after:
            act()
        with closing(whole(self, mapping, view, size)) as batches:
            yield from batches
        if view == "vw_preso" and after:
            act()

    monkeypatch.setattr(sql.SqlConnection, "keys", keys)


def test_a_deleted_row_is_removed_and_its_version_kept(source: Source, state: State) -> None:
    state.run("DELETE FROM dados.vw_preso WHERE cod = 2")

    done = reconcile(source)

    assert seen(done) == (4, 1, 0)
    assert standing() == {"1", "3", "4", "5"}
    assert RawRecord.objects.get(view="vw_preso", origin_key="2").presence == Presence.GONE
    kept = PreviousVersion.objects.get()
    assert (kept.origin_key, kept.replaced_because, kept.replaced_by_load) == ("2", "removed", done.pk)


def test_a_row_that_comes_back_unchanged_is_taken_up_again(source: Source, state: State) -> None:
    state.run("CREATE TABLE dados.guardado AS SELECT * FROM dados.vw_preso WHERE cod = 2")
    state.run("DELETE FROM dados.vw_preso WHERE cod = 2")
    reconcile(source)
    identity = Prisoner.objects.get(origin_key="2").home_id
    state.run("INSERT INTO dados.vw_preso SELECT * FROM dados.guardado")

    done = reconcile(source)

    assert seen(done) == (5, 0, 1)
    back = Prisoner.objects.get(origin_key="2")
    assert (back.removed_at, back.home_id) == (None, identity)
    assert set(PreviousVersion.objects.values_list("replaced_because", flat=True)) == {"removed", "back"}


def test_a_row_whose_clock_went_backwards_is_found(source: Source, state: State) -> None:
    state.add("vw_preso", 6, alt="2024-03-01 00:30")
    state.change("vw_preso", 4, nm="NOME CORRIGIDO INVENTADO", alt="2024-03-01 00:40")
    load(source)
    assert standing() == {"1", "2", "3", "4", "5"}

    done = reconcile(source)

    assert seen(done) == (6, 0, 2)
    assert standing() == {"1", "2", "3", "4", "5", "6"}
    assert Prisoner.objects.get(origin_key="4").name == "NOME CORRIGIDO INVENTADO"


def test_the_view_is_read_again_from_the_oldest_missed_row_only(
    source: Source, state: State, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ingestion.pipeline.reconcile.BATCH_KEYS", 1)
    state.add("vw_preso", 6, alt="2024-03-01 03:30")

    done = reconcile(source)

    # One row of the overlap in the first reading; 6, 4 and 5 in the second.
    assert LoadView.objects.get(load=done, view="vw_preso").read_count == 4
    assert standing() == {"1", "2", "3", "4", "5", "6"}


def test_keys_listed_in_another_order_lead_to_the_oldest_missed_row(
    source: Source, state: State, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = sql.SqlConnection.keys

    def by_key(self: sql.SqlConnection, mapping: Any, view: str, size: int) -> Generator[KeyBatch]:
        rows = [row for batch in whole(self, mapping, view, size) for row in batch.rows]
        for number, row in enumerate(sorted(rows)):
            yield KeyBatch([row], Position(row[1]), begins=number == 0, in_order=False)

    monkeypatch.setattr(sql.SqlConnection, "keys", by_key)
    state.add("vw_preso", 6, alt="2024-03-01 04:30")
    state.add("vw_preso", 7, alt="2024-03-01 02:30")

    done = reconcile(source)

    # One row of the overlap in the first reading; 7, 3, 4, 6 and 5 in the second.
    assert LoadView.objects.get(load=done, view="vw_preso").read_count == 6
    assert standing() == {"1", "2", "3", "4", "5", "6", "7"}


def test_a_reconciliation_of_what_is_equal_writes_nothing(source: Source, state: State) -> None:
    state.add("vw_preso", 6, nasc="ontem", alt=LATER)
    state.add("vw_preso", 7, alt=None)
    state.add("vw_preso_documento", 100, interno=999)
    load(source)
    before = written()

    done = reconcile(source)

    assert seen(done) == (7, 0, 0)
    assert seen(done, "vw_preso_documento") == (1, 0, 0)
    assert written() == before


def test_rejected_and_waiting_rows_whose_key_is_gone_are_settled(source: Source, state: State) -> None:
    state.add("vw_preso", 6, nasc="ontem", alt=LATER)
    state.add("vw_preso_documento", 100, interno=999)
    load(source)
    state.run("DELETE FROM dados.vw_preso WHERE cod = 6; DELETE FROM dados.vw_preso_documento")

    reconcile(source)

    assert set(Rejection.objects.values_list("status", flat=True)) == {RejectionStatus.GONE}


def test_a_repeated_key_that_is_there_once_again_is_taken_up(source: Source, state: State) -> None:
    state.add("vw_preso", 6, nm="PRIMEIRA INVENTADA", alt=LATER)
    state.add("vw_preso", 6, nm="SEGUNDA INVENTADA", alt="2024-04-01 08:05")
    load(source)
    state.run("DELETE FROM dados.vw_preso WHERE nm = 'PRIMEIRA INVENTADA'")
    load(source)
    assert "6" not in standing()

    reconcile(source)

    assert Prisoner.objects.get(origin_key="6").name == "SEGUNDA INVENTADA"
    assert not Rejection.objects.filter(status=RejectionStatus.OPEN).exists()


def test_a_key_repeated_with_one_date_is_found(source: Source, state: State) -> None:
    state.run("INSERT INTO dados.vw_preso SELECT * FROM dados.vw_preso WHERE cod = 1")

    reconcile(source)
    again = reconcile(source)

    assert Rejection.objects.get().reasons[0]["code"] == "repeated_key"
    assert seen(again) == (6, 0, 0)


def test_a_rejection_whose_version_is_no_longer_there_is_settled(source: Source, state: State) -> None:
    state.change("vw_preso", 2, nasc="ontem", alt=LATER)
    load(source)
    state.change("vw_preso", 2, nasc="05/11/1990", alt="2024-03-01 02:00")

    reconcile(source)

    assert Rejection.objects.get().status == RejectionStatus.SUPERSEDED


def test_dates_that_python_cannot_hold_are_listed_too(source: Source, state: State) -> None:
    state.add("vw_preso", 6, alt="infinity")

    assert seen(reconcile(source)) == (6, 0, 0)
    assert standing() == {"1", "2", "3", "4", "5"}


def test_a_row_born_after_the_listing_is_not_taken_for_deleted(
    source: Source, state: State, monkeypatch: pytest.MonkeyPatch
) -> None:
    def act() -> None:
        state.add("vw_preso", 8, alt=LATER)

    state.add("vw_preso", 6, alt="2024-03-01 00:30")
    meanwhile(monkeypatch, act, after=True)

    done = reconcile(source)

    assert seen(done) == (6, 0, 1)
    assert {"6", "8"} <= standing()


def test_a_row_changed_between_reading_and_listing_is_neither_removed_nor_lost(
    source: Source, state: State, monkeypatch: pytest.MonkeyPatch
) -> None:
    meanwhile(monkeypatch, lambda: state.change("vw_preso", 3, nm="NOVA INVENTADA", alt="2024-02-01 08:00"))

    done = reconcile(source)

    assert seen(done) == (5, 0, 1)
    assert Prisoner.objects.get(origin_key="3").name == "NOVA INVENTADA"


def test_a_listing_that_may_tear_is_made_twice_before_anything_is_removed(
    source: Source, state: State, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Pages shift while rows change: the first listing loses a key, the second has it."""
    state.run("DELETE FROM dados.vw_preso WHERE cod = 2")
    turns: list[int] = []
    whole = sql.SqlConnection.keys

    def torn(self: sql.SqlConnection, mapping: Any, view: str, size: int) -> Generator[KeyBatch]:
        for batch in whole(self, mapping, view, size):
            if view == "vw_preso" and not turns:
                turns.append(1)
                batch = KeyBatch([row for row in batch.rows if row[0] != 5], batch.before, batch.begins)
            yield batch

    class Torn(sql.SqlConnection):
        def __init__(self, *given: Any) -> None:
            super().__init__(*given)
            self.steady = False

    monkeypatch.setattr(sql.SqlConnection, "keys", torn)
    monkeypatch.setattr(sql, "SqlConnection", Torn)

    reconcile(source)

    assert standing() == {"1", "3", "4", "5"}


class Cut(Exception):
    """A worker's sudden end."""


@pytest.mark.parametrize("place", ["list", "settle", "second reading"])
def test_a_stop_at_any_point_is_gone_on_with(
    source: Source, state: State, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    monkeypatch.setattr("ingestion.pipeline.reconcile.BATCH_KEYS", 2)
    state.run("DELETE FROM dados.vw_preso WHERE cod = 2")
    state.add("vw_preso", 6, alt="2024-03-01 00:30")

    def cut(*args: Any, **kwargs: Any) -> None:
        raise Cut

    with monkeypatch.context() as patch:
        if place == "list":
            whole = sql.SqlConnection.keys

            def broken(*given: Any) -> Generator[KeyBatch]:
                batches = whole(*given)
                yield next(batches)
                raise Cut

            patch.setattr(sql.SqlConnection, "keys", broken)
        elif place == "settle":
            patch.setattr("ingestion.pipeline.reconcile_statements.KeyStatements.missed", cut)
        else:
            patch.setattr("ingestion.pipeline.reconcile.KeyLanding.drop", cut)
        assert load(source, LoadKind.RECONCILIATION).status == LoadStatus.STOPPED
    assert len(standing()) == 5

    done = reconcile(source)

    assert seen(done) == (5, 1, 1)
    assert standing() == {"1", "3", "4", "5", "6"}


def test_a_list_of_keys_emptied_by_a_crash_removes_nothing(source: Source, monkeypatch: pytest.MonkeyPatch) -> None:
    from ingestion.pipeline.reconcile import Reconciliation

    settle = Reconciliation._settle

    def crash(self: Reconciliation) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM landing.l{self.progress.load_id}_{self.view.name}_keys")
        settle(self)

    with monkeypatch.context() as patch:
        patch.setattr(Reconciliation, "_settle", crash)
        stopped = load(source, LoadKind.RECONCILIATION)

    assert "será lida de novo" in stopped.cause
    assert seen(reconcile(source)) == (5, 0, 0)


@pytest.fixture
def asked(source: Source, state: State, monkeypatch: pytest.MonkeyPatch) -> Load:
    """A reconciliation that found two of five prisoners deleted, where one would have been few."""
    monkeypatch.setattr("ingestion.pipeline.removals.FEW", 1)
    state.run("DELETE FROM dados.vw_preso WHERE cod < 3")
    state.add("vw_preso", 6, alt="2024-03-01 00:30")
    return load(source, LoadKind.RECONCILIATION)


def answer(asking: Load, *, approve: bool) -> None:
    loads.answer_removals(load=asking, view="vw_preso", approve=approve, by=BY, enqueued=False)


def test_too_many_absent_rows_ask_first(asked: Load) -> None:
    view = LoadView.objects.get(load=asked, view="vw_preso")

    assert (asked.status, view.state, view.asked_count, view.asked_of) == ("stopped", ViewState.ASKING_KEYS, 2, 5)
    assert len(standing()) == 5


def test_approved_absences_are_removed(asked: Load) -> None:
    answer(asked, approve=True)

    assert seen(reconcile(asked.source)) == (4, 2, 1)
    assert standing() == {"3", "4", "5", "6"}


def test_refused_absences_stay_and_are_shown_and_asked_about_again(asked: Load, state: State) -> None:
    answer(asked, approve=False)

    done = reconcile(asked.source)

    assert standing() == {"1", "2", "3", "4", "5", "6"}
    assert LoadView.objects.get(load=done, view="vw_preso").refused_count == 2
    refused = Rejection.objects.filter(status=RejectionStatus.REFUSED)
    assert {(row.origin_key, row.reasons[0]["code"]) for row in refused} == {
        ("1", "absence_refused"),
        ("2", "absence_refused"),
    }
    assert load(asked.source, LoadKind.RECONCILIATION).status == LoadStatus.STOPPED


def test_refused_absences_that_are_there_after_all_are_settled(asked: Load, state: State) -> None:
    answer(asked, approve=False)
    reconcile(asked.source)
    for cod in (1, 2):
        state.add("vw_preso", cod, alt=f"2024-03-01 0{cod}:00")

    reconcile(asked.source)

    assert not Rejection.objects.filter(status=RejectionStatus.REFUSED).exists()


def test_rows_put_back_before_the_answer_are_not_removed(asked: Load, state: State) -> None:
    state.add("vw_preso", 1, alt="2024-03-01 01:00")
    answer(asked, approve=True)

    assert seen(reconcile(asked.source)) == (5, 1, 1)
    assert "1" in standing()


def test_a_queued_load_becomes_a_reconciliation(source: Source) -> None:
    queued = loads.start(source=source, by=BY, enqueued=False)

    assert loads.start(source=source, by=BY, kind=LoadKind.RECONCILIATION, enqueued=False).pk == queued.pk
    assert Load.objects.get(pk=queued.pk).kind == LoadKind.RECONCILIATION


def test_no_list_of_keys_is_left_behind(source: Source) -> None:
    reconcile(source)

    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_class WHERE relnamespace = 'landing'::regnamespace")
        assert cursor.fetchone() == (0,)
