"""Published rows are read again from their raw form by a newer mapping, and published by the next load."""

from typing import Any

import pytest

from ingestion.models import Rejection, RejectionStatus, Rereading, Source, UnmappedCode
from ingestion.pipeline.work import sole_worker
from ingestion.services import mappings, reread_rows, rereading
from registry.models import Prisoner, Record, RecordDocument
from tests.factories.ingestion import BY, State, load, make_mapping, make_source, with_field

pytestmark = pytest.mark.django_db(databases=["default", "audit"])

NINE: dict[str, Any] = {"column": "sx", "codes": {"1": "M", "2": "F", "9": "F"}}


def correct(source: Source, field: str = "sexo", value: Any = NINE, view: str = "vw_preso") -> None:
    mappings.put_in_use(source=source, text=make_mapping(views=with_field(view, field, value)), by=BY)


def reread(source: Source) -> list[Rereading]:
    made = rereading.start(source=source, by=BY, enqueued=False)
    assert rereading.work(source.origin_id, by=BY, seconds=60)
    for one in made:
        one.refresh_from_db()
    return made


def sexes() -> list[str]:
    return list(Record.objects.order_by("origin_key").values_list("sex", flat=True))


@pytest.fixture
def source(state: State) -> Source:
    """Two prisoners, one with a code that no map had; loaded."""
    state.add("vw_preso", 1, sx="1")
    state.add("vw_preso", 2, sx="9")
    made = make_source(state)
    load(made)
    return made


def test_published_rows_get_their_new_meaning_without_the_state(source: Source, state: State) -> None:
    assert sexes() == ["M", "9"]
    correct(source)
    state.run("DELETE FROM dados.vw_preso")

    [done] = reread(source)
    load(source)

    assert (done.view, done.examined, done.changed, done.rejected, done.unfaithful) == ("vw_preso", 2, 1, 0, 0)
    assert sexes() == ["M", "F"]
    assert Prisoner.objects.count() == 2


def test_reading_again_what_was_read_again_changes_nothing(source: Source) -> None:
    correct(source)
    reread(source)
    load(source)

    [again] = reread(source)

    assert again.changed == again.unfaithful == 0
    assert not Rejection.objects.filter(status=RejectionStatus.WAITING).exists()


def test_views_that_the_new_mapping_reads_as_before_are_not_examined(source: Source) -> None:
    correct(source)

    assert [one.view for one in reread(source)] == ["vw_preso"]


def test_a_mapping_put_back_withdraws_what_was_waiting(source: Source) -> None:
    correct(source)
    reread(source)
    assert Rejection.objects.get().status == RejectionStatus.WAITING
    mappings.put_in_use(source=source, text=make_mapping(), by=BY)
    correct(source, "nome_mae", "mae")

    reread(source)
    load(source)

    assert sexes() == ["M", "9"]


def test_a_newer_version_in_quarantine_is_never_laid_over(source: Source, state: State) -> None:
    state.change("vw_preso", 2, nasc="ontem", alt="2024-05-01 08:00")
    load(source)
    correct(source)

    reread(source)
    load(source)

    assert sexes() == ["M", "9"]
    assert Rejection.objects.get().status == RejectionStatus.OPEN


def test_a_running_load_keeps_the_rereading_out(source: Source, django_db_blocker: Any) -> None:
    from django.db import connections

    correct(source)
    rereading.start(source=source, by=BY, enqueued=False)
    other = connections.create_connection("default")
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_lock(1480938511, %s::int)", [source.pk])
        with pytest.raises(rereading.SourceBusy), rereading.fenced(source.origin_id):
            pass
        # To close the connection is not enough: its process may end, and with it let go, only later.
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(1480938511, %s::int)", [source.pk])
    finally:
        other.close()
    with rereading.fenced(source.origin_id), sole_worker(source.pk) as again:
        assert again


def test_it_goes_on_from_where_it_stopped(source: Source, state: State, monkeypatch: pytest.MonkeyPatch) -> None:
    for cod in range(3, 8):
        state.add("vw_preso", cod, sx="9")
    load(source)
    correct(source)
    monkeypatch.setattr(reread_rows, "PIECE", 2)
    rereading.start(source=source, by=BY, enqueued=False)
    with rereading.fenced(source.origin_id):
        first = rereading.unfinished(source.origin_id)
        assert first is not None
        assert rereading.go_on(first, by=BY)
    with rereading.fenced(source.origin_id):
        second = rereading.unfinished(source.origin_id)
        assert second is not None
        assert second.examined == 2
        while rereading.go_on(second, by=BY):
            pass

    assert (second.examined, second.changed) == (7, 6)


def test_what_the_new_mapping_cannot_read_goes_to_quarantine_and_stays_published(source: Source) -> None:
    correct(source, "dt_nascimento", {"column": "nasc", "format": "%Y-%m-%d"})

    [done] = reread(source)
    load(source)

    assert (done.rejected, done.changed) == (2, 0)
    assert [one.status for one in Rejection.objects.all()] == [RejectionStatus.OPEN] * 2
    assert Prisoner.objects.count() == 2


def test_rows_without_a_column_that_is_now_read_are_left_for_the_state(source: Source, state: State) -> None:
    state.run("ALTER TABLE dados.vw_preso ADD apelido text")
    correct(source, "nome_social", "apelido")

    [done] = reread(source)

    assert (done.unfaithful, done.changed) == (2, 0)
    assert not Rejection.objects.exists()


def test_children_keep_their_parents(source: Source, state: State) -> None:
    state.add("vw_preso_documento", 10, interno=1, tp="Carteira")
    load(source)
    correct(source, "tipo", {"column": "tp", "codes": {"Carteira": "RG"}}, view="vw_preso_documento")

    reread(source)
    load(source)

    assert RecordDocument.objects.get().kind == "RG"
    assert UnmappedCode.objects.filter(field="tipo").count() == 1


def test_every_step_is_in_the_audit_with_counts_alone(source: Source) -> None:
    from audit.models import AccessEvent

    correct(source)
    reread(source)

    actions = list(AccessEvent.objects.filter(kind="reprocessed").order_by("pk").values_list("action", flat=True))
    assert actions == ["mirror.reread", "mirror.reread.piece"]
    assert "INVENTADO" not in str([event.detail for event in AccessEvent.objects.all()])
