"""One expected table for each section of the form that counts what happened within a period."""

from datetime import date

import pytest

from registry.figures import catalogue as of
from tests.factories.registry import make_movement, make_origin, make_prisoner, make_unit, make_visit
from tests.registry.figures.people import DAY, at, flow, told

pytestmark = pytest.mark.django_db


def test_movements_4_5() -> None:
    here, there = make_unit(), make_unit()
    make_movement(kind="INC_ORIG", unit_to=here, occurred_at=at(30))
    make_movement(kind="RECAP", unit_to=here, occurred_at=at(30))
    make_movement(kind="ALVARA", unit_from=here, occurred_at=at(30))
    make_movement(kind="FUGA", unit_from=here, occurred_at=at(30))
    make_movement(kind="TR_SAI_UF", unit_from=here, unit_to=there, occurred_at=at(30))
    make_movement(kind="TR_ENT_UF", unit_from=here, unit_to=there, occurred_at=at(30))
    make_movement(kind="SAI_TEMP", unit_from=here, occurred_at=at(30), prisoner=make_prisoner(sex="F"))
    make_movement(kind="MUD_CELA", unit_from=here, unit_to=here, occurred_at=at(30))
    assert told(flow(), of.MOVEMENTS) == {
        "NUMERO_DE_INCLUSOES_ORIGINARIAS": (1, 0),
        "ALVARAS_DE_SOLTURA": (1, 0),
        "NUMERO_DE_INCLUSOES_POR_TRANSFERENCIAS_O": (1, 0),
        "TRANSFERENCIAS_REMOCOES_DESTE_PARA_OUTRO": (1, 0),
        "SAIDA_TEMPORARIA": (0, 1),
        "OUTRAS_ENTRADAS": (1, 0),
        "OUTRAS_SAIDAS": (1, 0),
    }
    assert told(flow(uf="AL", unit=there.pk), of.MOVEMENTS) == {"NUMERO_DE_INCLUSOES_POR_TRANSFERENCIAS_O": (1, 0)}


def test_a_period_adds_its_days_and_no_other() -> None:
    unit = make_unit()
    for day in (27, 28, 30):
        make_movement(kind="INC_ORIG", unit_to=unit, occurred_at=at(day))
    found = flow(date(2026, 6, 28), DAY)
    assert told(found, of.MOVEMENTS) == {"NUMERO_DE_INCLUSOES_ORIGINARIAS": (2, 0)}


def test_an_event_told_by_two_records_of_the_same_person_counts_once() -> None:
    unit = make_unit()
    one = make_prisoner()
    two = make_prisoner(person=one.person)
    make_movement(kind="INC_ORIG", unit_to=unit, prisoner=one, occurred_at=at(30, 10))
    make_movement(kind="INC_ORIG", unit_to=unit, prisoner=two, occurred_at=at(30, 11))
    assert flow().total(of.MOVEMENTS) == 1


def test_an_event_without_a_unit_counts_for_its_state() -> None:
    make_unit()
    make_movement(kind="ALVARA", occurred_at=at(30))
    make_movement(kind="INC_ORIG", occurred_at=at(30), removed_at=at(30))
    assert told(flow(uf="AL"), of.MOVEMENTS) == {"ALVARAS_DE_SOLTURA": (1, 0)}


def test_deaths_6_8_by_cause() -> None:
    unit = make_unit()
    make_movement(kind="OBITO", unit_from=unit, death_cause="NATURAL", occurred_at=at(30))
    make_movement(kind="OBITO", unit_from=unit, occurred_at=at(30))
    assert told(flow(), of.DEATHS) == {
        "OBITOS_NATURAIS_OBITOS_POR_MOTIVOS_DE_SA": (1, 0),
        "OBITOS_COM_CAUSA_DESCONHECIDA": (1, 0),
    }
    assert flow().total(of.MOVEMENTS, "TOTAL_DE_OBITOS") == 2


def test_visits_7_3_and_people_visited() -> None:
    unit = make_unit()
    prisoner = make_prisoner()
    make_visit(prisoner=prisoner, unit=unit, entered_at=at(30, 9))
    make_visit(prisoner=prisoner, unit=unit, entered_at=at(30, 15))
    make_visit(prisoner=make_prisoner(sex="F"), unit=unit, entered_at=at(30, 9))
    make_visit(prisoner=prisoner, unit=unit, entered_at=at(29))
    assert told(flow(), of.VISITS) == {"VISITAS": (2, 1)}
    assert told(flow(), of.RECEIVED) == {"VISITADAS": (1, 1)}


def test_transfers_between_states_by_the_other_state() -> None:
    pernambuco = make_origin("PE")
    make_movement(kind="TR_SAI_INTER", unit_from=make_unit(), other_uf="PE", occurred_at=at(30))
    arrival = make_prisoner(origin=pernambuco)
    make_movement(
        kind="TR_ENT_INTER", unit_to=make_unit(origin=pernambuco), other_uf="AL", occurred_at=at(30), prisoner=arrival
    )
    make_movement(kind="TR_SAI_SPF", unit_from=make_unit(), occurred_at=at(30))
    assert told(flow(uf="AL"), of.SENT) == {"PE": (1, 0), "NAO_INFORMADO": (1, 0)}
    assert told(flow(uf="PE"), of.TAKEN_IN) == {"AL": (1, 0)}
