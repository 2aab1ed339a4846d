"""Each fault and each delay counted right among rows that have none."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from registry.models import Record
from registry.selectors.quality import Delay, DelayKind, Fault, FieldCount, ViewCount, count_view, unkept_numbers
from registry.services.intake.views import VIEWS
from tests.factories import registry as make

pytestmark = pytest.mark.django_db

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
THEN = datetime(2026, 1, 10, 12, 0, tzinfo=UTC)
DAY = timedelta(days=1)


def _count(view: str, *, code: str = "AL", since: datetime = LONG_AGO, **codes: frozenset[str]) -> ViewCount:
    return count_view(make.make_origin(code), view, codes=codes, since=since)


def _field(view: str, name: str) -> FieldCount:
    return _count(view).fields[name]


@pytest.mark.parametrize("view", VIEWS)
def test_every_view_can_be_counted_without_a_row(view: str) -> None:
    count = _count(view)

    assert count.rows == 0
    assert count.delays == {}
    assert {(one.expected, one.informed, tuple(one.faults)) for one in count.fields.values()} <= {(0, 0, ())}


def test_removed_rows_and_other_origins_do_not_count() -> None:
    make.make_prisoner()
    make.make_prisoner(removed_at=timezone.now())
    make.make_prisoner(origin=make.make_origin("PE"))

    assert _count("vw_preso").rows == 1


def test_a_field_of_women_is_expected_of_women() -> None:
    make.make_prisoner(sex="F", pregnant=False)
    make.make_prisoner(sex="M")

    pregnant = _field("vw_preso", "gestante")
    assert (pregnant.expected, pregnant.informed) == (1, 1)


def test_a_code_outside_its_list_is_counted_and_an_empty_one_is_not() -> None:
    for race in ("PARDA", "AZUL", ""):
        make.make_prisoner(race=race)

    assert _count("vw_preso", raca_cor=frozenset({"PARDA"})).fields["raca_cor"].uncoded == 1


# Of each pair the first row is in order and the second is not.
FAULTY: list[tuple[str, str, Fault, Callable[..., Any], dict[str, Any], dict[str, Any]]] = [
    ("vw_preso", "dt_nascimento", Fault.BIRTH, make.make_prisoner, {}, {"birth_date": date(2990, 1, 1)}),
    ("vw_preso", "gestante", Fault.AGAINST_SEX, make.make_prisoner, {"sex": "F", "pregnant": True},
     {"sex": "M", "pregnant": True}),
    ("vw_preso", "dt_obito", Fault.ENDS_BEFORE, make.make_prisoner, {"died_on": date(2020, 1, 1)},
     {"died_on": date(1980, 1, 1)}),
    ("vw_preso_documento", "numero", Fault.UNREADABLE, make.make_document, {},
     {"kind": "CPF", "raw": "123", "number": "", "flaw": "length"}),
    ("vw_processo", "npu", Fault.UNREADABLE, make.make_case, {"npu_raw": "1", "npu": "1"},
     {"npu_raw": "123", "npu": ""}),
    ("vw_custodia", "dt_saida", Fault.ENDS_BEFORE, make.make_custody, {"ended_at": THEN},
     {"started_at": THEN, "ended_at": THEN - DAY}),
    ("vw_movimentacao", "dt_evento", Fault.FUTURE, make.make_movement, {},
     {"occurred_at": datetime(2990, 1, 1, tzinfo=UTC)}),
    ("vw_movimentacao", "dt_registro", Fault.REGISTERED_BEFORE, make.make_movement, {},
     {"occurred_at": THEN, "registered_at": THEN - 2 * DAY}),
    ("vw_visita", "dt_saida", Fault.ENDS_BEFORE, make.make_visit, {}, {"entered_at": THEN, "left_at": THEN - DAY}),
    ("vw_visitante_preso", "dt_validade", Fault.ENDS_BEFORE, make.make_link, {}, {"valid_until": date(2024, 1, 1)}),
]  # fmt: skip


@pytest.mark.parametrize(("view", "name", "fault", "maker", "right", "wrong"), FAULTY)
def test_a_fault_of_a_row_is_counted_once(
    view: str, name: str, fault: Fault, maker: Callable[..., Any], right: dict[str, Any], wrong: dict[str, Any]
) -> None:
    maker(**right)
    maker(**wrong)

    assert _field(view, name).faults == {fault: 1}


def test_two_open_custodies_of_one_prisoner_contradict_each_other() -> None:
    twice = make.make_prisoner()
    make.make_custody(prisoner=twice)
    make.make_custody(prisoner=twice)
    make.make_custody()

    assert _field("vw_custodia", "dt_saida").faults == {Fault.TWO_OPEN: 2}


def test_a_visit_after_the_last_release_is_counted() -> None:
    free, held, unknown = (make.make_prisoner() for _ in range(3))
    make.make_custody(prisoner=free, ended_at=THEN)
    make.make_custody(prisoner=held)
    for prisoner in (free, held, unknown):
        make.make_visit(prisoner=prisoner, entered_at=THEN + 5 * DAY)
    make.make_visit(prisoner=free, entered_at=THEN - 5 * DAY)

    assert _field("vw_visita", "dt_entrada").faults == {Fault.AFTER_RELEASE: 1}


def test_a_movement_after_the_death_is_counted_and_the_death_itself_is_not() -> None:
    dead = make.make_prisoner(died_on=THEN.date())
    make.make_movement(prisoner=dead, kind="OBITO", occurred_at=THEN + 5 * DAY)
    make.make_movement(prisoner=dead, kind="SAI_TEMP", occurred_at=THEN + 5 * DAY)

    assert _field("vw_movimentacao", "dt_evento").faults == {Fault.AFTER_DEATH: 1}


def test_one_cpf_on_two_persons_is_counted_in_the_origin_asked_for() -> None:
    number = make.make_cpf()
    make.make_visitor(cpf=number)
    make.make_visitor(cpf=number, origin=make.make_origin("PE"))
    make.make_visitor(cpf=make.make_cpf())

    assert _field("vw_visitante", "cpf").faults == {Fault.SHARED_CPF: 1}


def test_a_prisoners_document_with_a_visitors_cpf_is_counted() -> None:
    number = make.make_cpf()
    make.make_visitor(cpf=number)
    make.make_document(record=make.make_prisoner(), kind="CPF", raw=number, number=number, flaw="")

    assert _field("vw_preso_documento", "numero").faults == {Fault.SHARED_CPF: 1}


def test_records_of_one_person_that_differ_are_counted_where_both_say_something() -> None:
    one = make.make_prisoner(birth_date=date(1990, 1, 1), mother_name="MARIA TESTE")
    other = make.make_prisoner(origin=make.make_origin("PE"), birth_date=date(1991, 1, 1), mother_name="")
    Record.objects.filter(pk=other.pk).update(person=one.person)

    fields = _count("vw_preso").fields
    assert fields["dt_nascimento"].faults == {Fault.DIVERGES: 1}
    assert fields["nome_mae"].faults == fields["sexo"].faults == {}


def test_delays_are_of_what_is_new_and_late_beyond_the_term_is_not_on_time() -> None:
    now = timezone.now()
    origin = make.make_origin("AL", fresh_for=timedelta(days=1))
    for hours in (2, 4, 48):
        make.make_movement(origin=origin, origin_updated_at=now - timedelta(hours=hours), occurred_at=THEN)
    make.make_movement(origin=origin, origin_updated_at=now - timedelta(days=90), occurred_at=THEN)

    delay = _count("vw_movimentacao", since=now - timedelta(days=60)).delays[DelayKind.UPDATE_TO_RECEIPT]

    assert (delay.rows, delay.on_time) == (3, 2)
    assert delay.mean == pytest.approx(18 * 3600, abs=60)
    assert delay.p95 == pytest.approx(43.6 * 3600, abs=60)


def test_what_the_state_takes_to_register_an_event_is_told_apart() -> None:
    make.make_movement(occurred_at=THEN, registered_at=THEN + timedelta(hours=3))

    delays = _count("vw_movimentacao").delays

    assert delays[DelayKind.EVENT_TO_REGISTRATION] == Delay(1, 1, 3 * 3600, 3 * 3600)


def test_numbers_without_their_text_are_known() -> None:
    assert unkept_numbers("vw_visitante") == ("cpf",)
    assert unkept_numbers("vw_preso") == ("rji",)
    assert unkept_numbers("vw_processo") == ()
