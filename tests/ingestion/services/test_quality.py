"""Measuring what a small state with known faults sent."""

from datetime import timedelta

import pytest
from django.utils import timezone

from ingestion import clock, tasks
from ingestion.models import FieldQuality, Load, LoadStatus, LoadView, Source, ViewQuality, ViewState
from ingestion.services import quality
from registry.models import Prisoner
from tests.factories import registry as make
from tests.factories.ingestion import State, load, make_source, make_still_source

pytestmark = pytest.mark.django_db(databases=["default", "audit"])


@pytest.fixture
def source(state: State) -> Source:
    """Four prisoners: one whole, one without a mother, one born in the future, one refused for its date."""
    state.add("vw_preso", 1)
    state.add("vw_preso", 2, mae="NÃO DECLARADO")
    state.add("vw_preso", 3, nasc="05/11/2990", sx="9")
    state.add("vw_preso", 4, nasc="ontem")
    state.add("vw_preso_documento", 1, interno=1, tp="CPF", num="111.222.333-00")
    state.add("vw_preso_documento", 2, interno=99)
    made = make_source(state)
    load(made)
    return made


def _field(view: str, name: str) -> FieldQuality:
    return FieldQuality.objects.get(measure__view=view, measure__day=timezone.localdate(), field=name)


def _yesterday(source: Source) -> None:
    """Move what was measured to the day before."""
    yesterday = timezone.localdate() - timedelta(days=1)
    ViewQuality.objects.filter(origin=source.origin).update(day=yesterday)


def test_rows_in_the_base_and_in_quarantine_are_counted_by_view(source: Source) -> None:
    quality.measure(source.origin)

    counts = {one.view: (one.rows, one.rejected) for one in ViewQuality.objects.all()}
    assert counts["vw_preso"] == (3, 1)
    assert counts["vw_preso_documento"] == (1, 1)


def test_a_prisoner_held_twice_at_once_is_measured_as_a_conflict(state: State) -> None:
    state.add("vw_preso", 1)
    source = make_source(state)
    load(source)
    LoadView.objects.create(load=Load.objects.get(), view="vw_custodia", order=9, state=ViewState.PUBLISHED)
    prisoner = Prisoner.objects.get()
    for _ in range(2):
        make.make_custody(prisoner=prisoner)

    quality.measure(source.origin)

    assert _field("vw_custodia", "dt_saida").conflicts == 2


def test_an_undeclared_value_is_not_informed(source: Source) -> None:
    quality.measure(source.origin)

    mother = _field("vw_preso", "nome_mae")
    assert (mother.expected, mother.informed) == (3, 2)


def test_a_birth_in_the_future_is_invalid_and_an_unread_one_rejected(source: Source) -> None:
    quality.measure(source.origin)

    birth = _field("vw_preso", "dt_nascimento")
    assert (birth.informed, birth.invalid, birth.rejected) == (3, 1, 1)
    assert birth.faults == {"birth": 1}


def test_a_code_outside_the_list_is_counted(source: Source) -> None:
    quality.measure(source.origin)

    assert _field("vw_preso", "sexo").uncoded == 1


def test_a_cpf_with_wrong_digits_is_invalid(source: Source) -> None:
    quality.measure(source.origin)

    assert _field("vw_preso_documento", "numero").faults == {"unreadable": 1}


def test_a_row_that_waits_for_its_parent_counts_against_the_reference(source: Source) -> None:
    quality.measure(source.origin)

    assert _field("vw_preso_documento", "id_preso").rejected == 1


def test_the_scores_of_a_view_follow_its_counts(source: Source) -> None:
    quality.measure(source.origin)

    view = ViewQuality.objects.get(view="vw_preso_documento")
    assert view.consistency == 1
    # Six required fields weigh 3 each: numero is all wrong, id_preso lost one of two. Optional ones were never sent.
    assert view.validity == pytest.approx((4 + 0 + 1 / 2) / 6)


def test_measuring_twice_a_day_leaves_one_measure(source: Source) -> None:
    quality.measure(source.origin)
    before = ViewQuality.objects.count()

    quality.measure(source.origin)

    assert ViewQuality.objects.count() == before


def test_a_view_that_no_load_changed_keeps_its_numbers_without_being_counted(source: Source) -> None:
    quality.measure(source.origin)
    _yesterday(source)
    load(source)

    assert quality.measure(source.origin) == 0
    assert _field("vw_preso", "nome_mae").informed == 2
    assert ViewQuality.objects.values("day").distinct().count() == 2


def test_a_view_that_changed_is_counted_anew(source: Source, state: State) -> None:
    quality.measure(source.origin)
    _yesterday(source)
    state.change("vw_preso", 2, mae="MARIA ACHADA", alt=timezone.localtime().replace(tzinfo=None))
    load(source)

    assert quality.measure(source.origin) == 1
    assert _field("vw_preso", "nome_mae").informed == 3


def test_a_week_later_everything_is_counted_anew(source: Source) -> None:
    quality.measure(source.origin)
    _yesterday(source)
    ViewQuality.objects.update(measured_at=clock.now() - timedelta(days=8))
    load(source)

    assert quality.measure(source.origin) == 3


def test_a_change_after_the_first_load_tells_its_delay(source: Source, state: State) -> None:
    # The state's clock has no seconds to spare: what changed "now" came at once.
    state.run("UPDATE dados.vw_preso_documento SET num = '7654321', alt = now() WHERE cod = 1")
    load(source)

    quality.measure(source.origin)

    [delay] = ViewQuality.objects.get(view="vw_preso_documento").delays.all()
    assert (delay.span, delay.rows, delay.on_time) == ("update", 1, 1)
    assert ViewQuality.objects.get(view="vw_preso_documento").timeliness == 1


def test_the_first_load_tells_no_delay(source: Source) -> None:
    quality.measure(source.origin)

    assert ViewQuality.objects.get(view="vw_preso").timeliness is None


def test_an_origin_is_due_after_a_load_and_once_a_day(source: Source) -> None:
    now = clock.now()
    assert list(quality.due(now)) == [source.origin]

    quality.measure(source.origin)
    load(source)

    assert list(quality.due(now)) == []
    assert list(quality.due(now + timedelta(days=1))) == [source.origin]


def test_an_origin_without_a_finished_load_or_with_a_running_one_is_not_due(source: Source) -> None:
    still = make_still_source("PE")
    Load.objects.create(source=still, requested_by="teste")
    Load.objects.create(source=source, requested_by="teste", status=LoadStatus.RUNNING)

    assert list(quality.due(clock.now())) == []


def test_the_task_run_twice_measures_once(source: Source) -> None:
    tasks.measure_quality(source.origin_id)
    first = set(ViewQuality.objects.values_list("pk", flat=True))

    tasks.measure_quality(source.origin_id)

    assert set(ViewQuality.objects.values_list("pk", flat=True)) == first


def test_an_origin_out_of_order_leaves_its_load_alone(source: Source, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_: object) -> int:
        raise RuntimeError

    monkeypatch.setattr(quality, "measure", broken)

    tasks.measure_quality(source.origin_id)

    assert Load.objects.get(source=source).status == LoadStatus.FINISHED
