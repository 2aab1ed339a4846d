"""Loads of a small state with a real PostgreSQL: what comes, what stays, what changes."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection

from ingestion.models import Load, LoadStatus, LoadView, RawRecord, UnmappedCode, ViewCursor
from registry.models import Prisoner, Record, RecordDocument, Unit
from tests.factories.ingestion import State, load, make_mapping, make_source, with_field

pytestmark = pytest.mark.django_db(databases=["default", "audit"])


def counts(started: Load, view: str) -> dict[str, int]:
    """The counters of a view that are not zero."""
    found = LoadView.objects.filter(load=started, view=view).values(
        "read_count", "landed_count", "rejected_count", "waiting_count", "new_count", "changed_count",
        "removed_count", "unchanged_count",
    )[0]  # fmt: skip
    return {name.removesuffix("_count"): value for name, value in found.items() if value}


def written() -> dict[str, Any]:
    """What a load may have written, row by row, but for its own progress."""
    tables = ["registry_record", "registry_prisoner", "registry_unit", "registry_recorddocument", "registry_person"]
    tables += ["ingestion_rawrecord", "ingestion_rejection", "ingestion_unmappedcode", "person_search"]
    with connection.cursor() as cursor:
        known = set(connection.introspection.table_names(cursor))
        found = {}
        for table in known & set(tables):
            cursor.execute(f"SELECT ctid, xmin, t.* FROM {table} t ORDER BY 1")
            found[table] = cursor.fetchall()
    return found


def test_the_first_load_brings_every_row(state: State) -> None:
    state.add("vw_unidade", 10)
    state.add("vw_preso", 1)
    state.add("vw_preso_documento", 100)

    done = load(make_source(state))

    assert done.status == LoadStatus.FINISHED
    assert counts(done, "vw_preso") == {"read": 1, "landed": 1, "new": 1}
    prisoner = Prisoner.objects.get()
    assert (prisoner.origin_key, prisoner.name, prisoner.sex) == ("1", "JOSÉ INVENTADO DA SILVA", "M")
    assert prisoner.birth_date == date(1990, 11, 5)
    assert RecordDocument.objects.get().record_id == prisoner.pk
    assert Unit.objects.get().name == "Presídio Fictício"


def test_times_arrive_as_instants_of_the_state_s_zone(state: State) -> None:
    state.add("vw_preso", 1, alt="2024-03-01 08:00")
    state.add("vw_preso_documento", 100, alt="2024-03-01 08:00-05")

    load(make_source(state))

    assert Prisoner.objects.get().origin_updated_at == datetime(2024, 3, 1, 11, tzinfo=UTC)
    assert RecordDocument.objects.get().origin_updated_at == datetime(2024, 3, 1, 13, tzinfo=UTC)


def test_the_second_load_writes_nothing(state: State) -> None:
    state.add("vw_unidade", 10)
    state.add("vw_preso", 1)
    state.add("vw_preso_documento", 100)
    state.add("vw_preso_documento", 101, interno=999)
    source = make_source(state)
    load(source)
    before = written()

    done = load(source)

    assert done.status == LoadStatus.FINISHED
    assert counts(done, "vw_preso") == {"read": 1, "landed": 1, "unchanged": 1}
    assert written() == before


def test_only_what_came_after_the_watermark_is_read(state: State) -> None:
    state.add("vw_preso", 1, alt="2024-03-01 08:00")
    state.add("vw_preso", 2, alt="2024-03-02 08:00")
    source = make_source(state)
    load(source)
    state.add("vw_preso", 3, alt="2024-03-02 09:00")

    assert counts(load(source), "vw_preso") == {"read": 2, "landed": 2, "new": 1, "unchanged": 1}


def test_a_row_committed_late_within_the_overlap_is_found(state: State) -> None:
    state.add("vw_preso", 1, alt="2024-03-01 08:00")
    source = make_source(state)
    source.overlap = timedelta(minutes=15)
    source.save()
    load(source)
    state.add("vw_preso", 2, alt="2024-03-01 07:50")
    state.add("vw_preso", 3, alt="2024-03-01 07:30")

    load(source)

    assert set(Prisoner.objects.values_list("origin_key", flat=True)) == {"1", "2"}


def test_a_changed_row_keeps_its_identity(state: State) -> None:
    state.add("vw_preso", 1)
    source = make_source(state)
    load(source)
    before = Prisoner.objects.get()
    state.change("vw_preso", 1, nm="JOSE INVENTADO SILVA", alt="2024-04-01 08:00")

    done = load(source)

    after = Prisoner.objects.get()
    assert counts(done, "vw_preso") == {"read": 1, "landed": 1, "changed": 1}
    assert (after.pk, after.home_id, after.person_id) == (before.pk, before.home_id, before.person_id)
    assert (before.name, after.name) == ("JOSÉ INVENTADO DA SILVA", "JOSE INVENTADO SILVA")
    assert RawRecord.objects.get(view="vw_preso").load == done.pk


def test_a_logical_deletion_is_kept_and_dated(state: State) -> None:
    state.add("vw_preso", 1)
    source = make_source(state)
    load(source)
    state.change("vw_preso", 1, atv="N", alt="2024-04-01 08:00")

    done = load(source)

    assert counts(done, "vw_preso") == {"read": 1, "landed": 1, "removed": 1}
    assert Record.objects.get().removed_at == datetime(2024, 4, 1, 11, tzinfo=UTC)


def test_mojibake_and_not_declared_are_repaired_on_the_way(state: State) -> None:
    state.add("vw_preso", 1, nm="  JosÃ© da ConceiÃ§Ã£o ", mae="não declarado")

    load(make_source(state))

    prisoner = Prisoner.objects.get()
    assert (prisoner.name, prisoner.mother_name) == ("José da Conceição", "")


def test_an_unmapped_code_is_kept_raw_and_counted_once_a_change(state: State) -> None:
    state.add("vw_preso", 1, sx="7")
    state.add("vw_preso", 2, sx="7")
    source = make_source(state)
    load(source)
    load(source)

    code = UnmappedCode.objects.get(view="vw_preso")
    assert (code.field, code.code, code.count) == ("sexo", "7", 2)
    assert Prisoner.objects.filter(sex="7").count() == 2


def test_unmapped_codes_are_counted_each_by_itself(state: State) -> None:
    for key, sex, colour in ((1, "7", "X"), (2, "7", "Y"), (3, "1", "X"), (4, None, "PRETA")):
        state.add("vw_preso", key, sx=sex, pront=colour)
    load(make_source(state, mapping=make_mapping(views=with_field("vw_preso", "raca_cor", "pront"))))

    counted = UnmappedCode.objects.filter(view="vw_preso").values_list("field", "code", "count")
    assert set(counted) == {("sexo", "7", 2), ("raca_cor", "X", 2), ("raca_cor", "Y", 1)}


def test_one_row_with_a_wrong_clock_does_not_hide_what_follows(state: State) -> None:
    state.add("vw_preso", 1, alt="2099-01-01 00:00")
    source = make_source(state)
    load(source)
    state.add("vw_preso", 2, alt=datetime.now(UTC).replace(tzinfo=None))

    load(source)

    assert set(Prisoner.objects.values_list("origin_key", flat=True)) == {"1", "2"}
    assert "2099" not in str(ViewCursor.objects.get(view="vw_preso").position)


def test_dates_that_python_cannot_hold_do_not_stop_the_view(state: State) -> None:
    state.add("vw_preso", 1)
    state.add("vw_preso", 2, alt="infinity")

    done = load(make_source(state))

    assert done.status == LoadStatus.FINISHED
    assert counts(done, "vw_preso") == {"read": 2, "landed": 1, "rejected": 1, "new": 1}


def test_a_batch_boundary_inside_one_instant_loses_nothing(state: State, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ingestion.pipeline.extract.BATCH_ROWS", 3)
    for cod in range(1, 11):
        state.add("vw_preso", cod)

    done = load(make_source(state))

    assert counts(done, "vw_preso") == {"read": 10, "landed": 10, "new": 10}
    assert LoadView.objects.get(load=done, view="vw_preso").batch == 4


def test_a_constant_of_the_mapping_fills_the_field_of_every_row(state: State) -> None:
    state.add("vw_preso", 1, atv="qualquer")
    mapping = make_mapping(views=with_field("vw_preso", "st_registro", {"value": "A"}))

    load(make_source(state, mapping=mapping))

    assert Record.objects.get().removed_at is None


def test_a_view_outside_the_mapping_is_not_asked_for(state: State) -> None:
    state.add("vw_preso", 1)

    done = load(make_source(state))

    assert set(LoadView.objects.filter(load=done).values_list("view", flat=True)) == {
        "vw_unidade", "vw_preso", "vw_preso_documento",
    }  # fmt: skip


def test_no_landing_table_is_left_behind(state: State) -> None:
    state.add("vw_preso", 1)

    load(make_source(state))

    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_class WHERE relnamespace = 'landing'::regnamespace")
        assert cursor.fetchone() == (0,)
