"""Rows that cannot go on are kept, said why, and taken up when they can."""

from contextlib import closing
from typing import Any

import pytest

from ingestion.models import MappingVersion, Rejection, RejectionStatus, Source
from ingestion.services import mappings, quarantine
from registry.models import Prisoner, RecordDocument
from tests.factories.ingestion import BY, State, load, make_mapping, make_source, with_field

pytestmark = pytest.mark.django_db(databases=["default", "audit"])

ISO = make_mapping(views=with_field("vw_preso", "dt_nascimento", {"column": "nasc", "format": "%Y-%m-%d"}))


def codes(rejection: Rejection) -> list[tuple[str, str]]:
    return [(reason["code"], reason["field"]) for reason in rejection.reasons]


def correct(source: Source, text: str) -> MappingVersion:
    return mappings.put_in_use(source=source, text=text, by=BY)


def statuses() -> list[str]:
    return list(Rejection.objects.order_by("pk").values_list("status", flat=True))


def test_a_bad_row_is_kept_raw_with_its_reasons_and_the_others_go_on(state: State) -> None:
    state.add("vw_preso", 1, nasc="31/02/1990")
    state.add("vw_preso", 2)

    load(make_source(state))

    rejection = Rejection.objects.get()
    assert (rejection.origin_key, codes(rejection)) == ("1", [("date", "dt_nascimento")])
    assert "31/02/1990" in rejection.raw
    assert Prisoner.objects.get().origin_key == "2"


def test_a_row_without_watermark_is_shown_as_an_error_once(state: State) -> None:
    state.add("vw_preso", 1, alt=None)
    source = make_source(state)
    load(source)
    load(source)

    assert codes(Rejection.objects.get()) == [("required", "dt_atualizacao")]


def test_a_key_given_twice_sends_both_rows_to_quarantine(state: State) -> None:
    state.add("vw_preso", 1, nm="PRIMEIRA")
    state.add("vw_preso", 1, nm="SEGUNDA")
    state.add("vw_preso", 2)

    load(make_source(state))

    assert [codes(rejection) for rejection in Rejection.objects.all()] == [[("repeated_key", "id_origem")]] * 2
    assert Prisoner.objects.get().origin_key == "2"


def test_a_corrected_row_settles_its_rejection(state: State) -> None:
    state.add("vw_preso", 1, nasc="31/02/1990")
    source = make_source(state)
    load(source)
    state.change("vw_preso", 1, nasc="28/02/1990", alt="2024-04-01 08:00")

    load(source)

    assert Prisoner.objects.get().origin_key == "1"
    assert statuses() == [RejectionStatus.SUPERSEDED]


def test_after_a_correction_of_the_mapping_the_quarantine_is_read_again(state: State) -> None:
    state.add("vw_preso", 1, nasc="1990-02-28")
    state.add("vw_preso", 2, nasc="ontem")
    source = make_source(state)
    load(source)
    version = correct(source, ISO)

    done = quarantine.reprocess(origin=source.origin, mapping=version, by=BY)

    assert (done.readable, done.still_rejected) == (1, 1)
    assert not Prisoner.objects.exists()
    load(source)
    assert str(Prisoner.objects.get().birth_date) == "1990-02-28"
    assert statuses() == [RejectionStatus.REPROCESSED, RejectionStatus.OPEN]


def test_reprocessing_is_audited_with_counts_and_no_data(state: State) -> None:
    from audit.models import AccessEvent

    state.add("vw_preso", 1, nasc="1990-02-28")
    source = make_source(state)
    load(source)

    quarantine.reprocess(origin=source.origin, mapping=correct(source, ISO), by=BY)

    event = AccessEvent.objects.filter(kind="reprocessed").get()
    assert event.detail["readable"] == 1
    assert "INVENTADO" not in str(event.detail)


def test_a_repeated_key_is_not_solved_by_reading_it_again(state: State) -> None:
    state.add("vw_preso", 1, nm="PRIMEIRA")
    state.add("vw_preso", 1, nm="SEGUNDA")
    source = make_source(state)
    load(source)

    done = quarantine.reprocess(origin=source.origin, mapping=correct(source, ISO), by=BY)

    assert done.readable == 0


def test_a_row_read_without_a_column_that_is_now_mapped_waits_for_the_state(state: State) -> None:
    state.add("vw_preso", 1, nasc="1990-02-28")
    without: Any = with_field("vw_preso", "dt_nascimento", {"column": "nasc", "format": "%d/%m/%Y"})
    del without["vw_preso"]["fields"]["nome_mae"]
    source = make_source(state, mapping=make_mapping(views=without))
    load(source)

    quarantine.reprocess(origin=source.origin, mapping=correct(source, ISO), by=BY)

    assert codes(Rejection.objects.get()) == [("column_unread", "mae")]


def test_a_child_waits_for_its_parent_and_is_taken_up(state: State) -> None:
    state.add("vw_preso_documento", 100, interno=1)
    source = make_source(state)
    load(source)
    assert statuses() == [RejectionStatus.WAITING]
    assert codes(Rejection.objects.get()) == [("unknown_parent", "id_preso")]
    # Older than the watermark of the documents: only the waiting copy can bring the child in.
    state.add("vw_preso", 1)
    state.run("DELETE FROM dados.vw_preso_documento")

    load(source)

    assert RecordDocument.objects.get().record.origin_key == "1"
    assert statuses() == [RejectionStatus.REPROCESSED]


def test_a_newer_version_of_a_waiting_child_takes_its_place(state: State) -> None:
    state.add("vw_preso_documento", 100, interno=1, num="1")
    source = make_source(state)
    load(source)
    state.change("vw_preso_documento", 100, num="2", alt="2024-04-01 08:00-03")

    load(source)

    assert statuses() == [RejectionStatus.SUPERSEDED, RejectionStatus.WAITING]


def test_a_child_still_without_parent_goes_on_waiting_without_a_write(state: State) -> None:
    state.add("vw_preso_documento", 100, interno=1)
    source = make_source(state)
    load(source)
    before = Rejection.objects.values().get()

    load(source)

    assert Rejection.objects.values().get() == before


@pytest.mark.parametrize("order", ["good first", "bad first"])
def test_a_key_given_once_well_and_once_badly_sends_both_rows_to_quarantine(
    state: State, monkeypatch: pytest.MonkeyPatch, order: str
) -> None:
    monkeypatch.setattr("ingestion.pipeline.extract.BATCH_ROWS", 1)
    births = ["05/11/1990", "ontem"] if order == "good first" else ["ontem", "05/11/1990"]
    for hour, birth in enumerate(births):
        state.add("vw_preso", 1, nasc=birth, alt=f"2024-03-01 0{hour}:00")
    state.add("vw_preso", 2)

    load(make_source(state))

    found = {code for rejection in Rejection.objects.all() for code, _ in codes(rejection)}
    assert found == {"repeated_key", "date"}
    assert statuses() == [RejectionStatus.OPEN] * 2
    assert Prisoner.objects.get().origin_key == "2"


def test_a_key_given_twice_in_different_batches_sends_both_rows_to_quarantine(
    state: State, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ingestion.pipeline.extract.BATCH_ROWS", 1)
    for hour in range(3):
        state.add("vw_preso", 1, alt=f"2024-03-01 0{hour}:00", nm=f"INVENTADA {hour}")

    load(make_source(state))

    assert Rejection.objects.count() == 3
    assert not Prisoner.objects.exists()


def test_one_of_two_equal_keys_read_again_alone_does_not_go_on(state: State) -> None:
    state.add("vw_preso", 1, nm="PRIMEIRA", alt="2024-03-01 08:00")
    state.add("vw_preso", 1, nm="SEGUNDA", alt="2024-03-05 08:00")
    source = make_source(state)
    load(source)

    load(source)  # the overlap has the second one only

    assert not Prisoner.objects.exists()
    assert statuses() == [RejectionStatus.OPEN] * 2


def test_a_row_found_bad_when_read_again_after_a_stop_is_not_published_in_its_older_form(
    state: State, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ingestion.transports import sql

    monkeypatch.setattr("ingestion.pipeline.extract.BATCH_ROWS", 1)
    state.add("vw_preso", 1, alt="2024-03-01 08:00")
    state.add("vw_preso", 2, alt="2024-03-01 09:00")
    source = make_source(state)
    whole = sql.SqlConnection.batches
    with monkeypatch.context() as patch:

        def broken(self: sql.SqlConnection, mapping: Any, view: str, after: Any, size: int) -> Any:
            with closing(whole(self, mapping, view, after, size)) as batches:
                if view != "vw_preso":
                    yield from batches
                    return
                yield next(batches)
            raise RuntimeError("cut")

        patch.setattr(sql.SqlConnection, "batches", broken)
        load(source)
    state.change("vw_preso", 1, nasc="ontem", alt="2024-03-02 08:00")

    load(source)

    assert Prisoner.objects.get().origin_key == "2"
    assert statuses() == [RejectionStatus.OPEN]


def test_a_newer_version_that_is_bad_takes_the_place_of_the_waiting_one(state: State) -> None:
    state.add("vw_preso_documento", 100, interno=1)
    source = make_source(state)
    load(source)
    state.change("vw_preso_documento", 100, tp="X" * 200, alt="2024-04-01 08:00-03")

    load(source)

    assert statuses() == [RejectionStatus.SUPERSEDED, RejectionStatus.OPEN]


def test_a_padded_key_s_rejection_is_settled_by_its_correction(state: State) -> None:
    state.run("ALTER TABLE dados.vw_preso ALTER cod TYPE text USING cod::text")
    state.add("vw_preso", " 1 ", nasc="ontem")  # type: ignore[arg-type]
    source = make_source(state)
    load(source)
    state.run("UPDATE dados.vw_preso SET nasc = '28/02/1990', alt = '2024-04-01 08:00'")

    load(source)

    assert Rejection.objects.get().origin_key == "1"
    assert statuses() == [RejectionStatus.SUPERSEDED]
