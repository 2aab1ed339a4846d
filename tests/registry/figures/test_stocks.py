"""One expected table for each section of the form that counts how things stood at the end of a day."""

from datetime import UTC, date, datetime

import pytest

from registry.figures import catalogue as of
from registry.figures.declared import Sex
from registry.selectors.figures.form import values
from tests.factories.registry import (
    make_capacity,
    make_case,
    make_document,
    make_link,
    make_offence,
    make_unit,
    make_work,
)
from tests.registry.figures.people import at, held_in, stock, told

pytestmark = pytest.mark.django_db

PROVISIONAL = {"regime": "PROVISORIO", "situation": "PROVISORIO"}


def test_capacity_1_3() -> None:
    unit = make_unit(disabled_places=7)
    make_capacity(unit=unit, places=100)
    make_capacity(unit=unit, regime="PROVISORIO", sex="F", places=30)
    make_capacity(unit=unit, places=5, removed_at=at(3))
    counts = stock()
    assert told(counts, of.CAPACITY) == {"PROVISORIO": (0, 30), "FECHADO": (100, 0), of.DISABLED: (7, 0)}
    assert counts.total(of.CAPACITY) == 130
    make_unit(origin=unit.origin, disabled_places=5, sex="X")
    assert stock().total(of.CAPACITY, of.DISABLED) == 12
    assert told(stock(), of.CAPACITY)[of.DISABLED] == (7, 0)  # of a unit for both, in the total alone


def test_population_4_1_by_regime_justice_and_sex() -> None:
    unit = make_unit()
    held_in(unit)
    held_in(unit, sex="F", custody={"justice": "FEDERAL"})
    held_in(unit, custody={**PROVISIONAL, "justice": "OUTROS"})
    held_in(unit, custody={"regime": "MS_INTERNACAO", "situation": "MS"})
    held_in(unit, custody={"regime": "X9"})
    assert told(stock(), of.POPULATION) == {
        "FECHADO_ESTADUAL": (1, 0),
        "FECHADO_FEDERAL": (0, 1),
        "PROVISORIO_OUTROS": (1, 0),
        "MS_INTERNACAO_ESTADUAL": (1, 0),
        "NAO_INFORMADO": (1, 0),
    }


def test_rdd_4_1_is_a_mark_beside_the_regime() -> None:
    unit = make_unit()
    held_in(unit, custody={"rdd": True})
    held_in(unit, custody={"rdd": False})
    held_in(unit)
    assert told(stock(), of.RDD) == {"RDD": (1, 0)}
    assert stock().total(of.POPULATION) == 3


def test_provisionals_4_2_ninety_days_are_not_more_than_ninety() -> None:
    unit = make_unit()
    held_in(unit, custody={**PROVISIONAL, "arrested_on": date(2026, 4, 1)})  # 90 days before June 30th
    held_in(unit, custody={**PROVISIONAL, "arrested_on": date(2026, 3, 31)})
    held_in(unit, custody={"arrested_on": date(2020, 1, 1)})
    assert told(stock(), of.PROVISIONAL) == {"MAIS_DE_90": (1, 0), "ATE_90": (1, 0)}


def test_age_5_1_on_the_birthday_one_is_older() -> None:
    unit = make_unit()
    held_in(unit, birth_date=date(2001, 6, 30))  # 25 today
    held_in(unit, birth_date=date(2001, 7, 1))  # 24 until tomorrow
    held_in(unit, birth_date=date(1955, 6, 30), sex="F")
    held_in(unit, birth_date=None)
    held_in(unit, birth_date=date(2015, 1, 1))
    assert told(stock(), of.AGE) == {
        "25_A_29_ANOS": (1, 0),
        "18_A_24_ANOS": (1, 0),
        "MAIS_DE_70_ANOS": (0, 1),
        "NAO_INFORMADO": (2, 0),
    }


@pytest.mark.parametrize(
    ("day", "birth", "band"),
    [
        (date(2026, 2, 28), date(2008, 2, 29), "NAO_INFORMADO"),  # of age on 1 March
        (date(2026, 3, 1), date(2008, 2, 29), "18_A_24_ANOS"),
        (date(2028, 2, 29), date(2003, 2, 28), "25_A_29_ANOS"),
        (date(2028, 2, 29), date(2003, 3, 1), "18_A_24_ANOS"),
    ],
)
def test_age_5_1_around_a_leap_day(day: date, birth: date, band: str) -> None:
    held_in(make_unit(), birth_date=birth, custody={"started_at": datetime(2026, 1, 1, tzinfo=UTC)})
    assert told(stock(day), of.AGE) == {band: (1, 0)}


@pytest.mark.parametrize(
    ("figure", "field", "code", "other"),
    [
        (of.RACE, "race", "PARDA", "ROXA"),
        (of.AREA, "area", "ZONA_RURAL", ""),
        (of.MARITAL, "marital_status", "CASADO_A", "NÃO SEI"),
        (of.SCHOOLING, "schooling", "ENSINO_MEDIO_COMPLETO", ""),
    ],
    ids=["race 5.2", "area 5.3", "marital 5.4", "schooling 5.6"],
)
def test_what_the_registration_tells(figure: of.Figure, field: str, code: str, other: str) -> None:
    unit = make_unit()
    held_in(unit, sex="F", **{field: code})
    held_in(unit, **{field: code})
    held_in(unit, **{field: other})
    assert told(stock(), figure) == {code: (1, 1), "NAO_INFORMADO": (1, 0)}


def test_disability_5_5_counts_people_then_kinds() -> None:
    unit = make_unit()
    held_in(unit, disabilities=["FISICA", "VISUAL"])
    held_in(unit, disabilities=["FISICA"], sex="F")
    held_in(unit)
    assert told(stock(), of.DISABILITY) == {
        "TOTAL_DE_PESSOAS_PRIVADAS_DE_LIBERDADE_C": (1, 1),
        "PESSOAS_COM_DEFICIENCIA_FISICA": (1, 1),
        "PESSOAS_COM_DEFICIENCIA_VISUAL": (1, 0),
        "PESSOAS_COM_DEFICIENCIAS_MULTIPLAS": (1, 0),
    }


def test_documents_5_7_some_and_none() -> None:
    unit = make_unit()
    both = held_in(unit)
    make_document(record=both, kind="RG")
    make_document(record=both, kind="CPF")
    make_document(record=held_in(unit), kind="CIN")
    make_document(record=held_in(unit, cpf="52998224725"), kind="CNH")
    make_document(record=held_in(unit), kind="RG", removed_at=at(2))
    assert told(stock(), of.DOCUMENTS) == {
        "R_G": (1, 0),
        "C_P_F": (3, 0),
        "NUMERO_DE_PESSOAS_COM_ALGUM_DOS_DOCUMENT": (3, 0),
        "NUMERO_DE_PESSOAS_SEM_DOCUMENTOS": (1, 0),
    }


def test_nationality_5_8_adds_up_foreigners() -> None:
    unit = make_unit()
    for code in ("BRASILEIRO_NATO", "BOLIVIA", "NIGERIA", ""):
        held_in(unit, nationality=code)
    assert told(stock(), of.NATIONALITY) == {
        "BRASILEIRO_NATO": (1, 0),
        "ESTRANGEIROS_TOTAL": (2, 0),
        "SEM_INFORMACAO_SOBRE_A_NACIONALIDADE": (1, 0),
        "NIGERIA": (1, 0),
        "BOLIVIA": (1, 0),
    }
    assert stock().total(of.NATIONALITY) == 4


def test_children_5_10() -> None:
    unit = make_unit()
    for number in (0, 1, 11, 14, None):
        held_in(unit, children=number)
    assert told(stock(), of.CHILDREN) == {
        "SEM_FILHOS": (1, 0), "1": (1, 0), "11_OU_MAIS": (2, 0), "SEM_INFORMACAO": (1, 0),
    }  # fmt: skip


def test_with_registered_visitors_5_11() -> None:
    unit = make_unit()
    make_link(prisoner=held_in(unit))
    make_link(prisoner=held_in(unit), status="CANCELADO")
    make_link(prisoner=held_in(unit), since=date(2026, 7, 1))
    assert told(stock(), of.VISITED) == {"COM": (1, 0), "SEM": (2, 0)}


def test_sentences_5_12_and_5_13_only_of_convicts() -> None:
    unit = make_unit()
    convict = held_in(unit, custody={"arrested_on": date(2025, 6, 30)})
    make_case(prisoner=convict, sentence_years=6, remand_days=30)
    make_case(prisoner=convict, sentence_years=2, sentence_months=0)
    make_work(prisoner=convict, remitted_days=20)
    held_in(unit)
    make_case(prisoner=held_in(unit, custody=PROVISIONAL), sentence_years=3)
    counts = stock()
    # Eight years in all; after one year served and 20 days remitted, less than seven.
    assert told(counts, of.SENTENCE) == {
        "MAIS_DE_4_ATE_8_ANOS_INCLUSIVE": (1, 0), "NUMERO_DE_PESSOAS_SEM_INFORMACAO": (1, 0),
    }  # fmt: skip
    assert told(counts, of.REMAINING) == told(counts, of.SENTENCE)


def test_remand_5_13_is_taken_off_once() -> None:
    """A year in prison, of which the sentence counts 200 days as remand, is a year; and of two cases it is not two."""
    unit = make_unit()
    once = held_in(unit, custody={"arrested_on": date(2025, 6, 30)})
    for years in (1, 2):
        make_case(prisoner=once, sentence_years=years, remand_days=200, sentenced_on=date(2026, 1, 16))
    earlier = held_in(unit, custody={"arrested_on": date(2026, 6, 1)})
    make_case(prisoner=earlier, sentence_years=2, remand_days=500, sentenced_on=date(2026, 6, 1))
    assert told(stock(), of.REMAINING) == {
        "MAIS_DE_1_ANO_ATE_2_ANOS_INCLUSIVE": (1, 0), "MAIS_DE_6_MESES_ATE_1_ANO_INCLUSIVE": (1, 0),
    }  # fmt: skip


def test_sums_of_5_5_and_5_14_are_of_every_line_as_published() -> None:
    unit = make_unit()
    make_offence(case=make_case(prisoner=held_in(unit, disabilities=["FISICA", "VISUAL"])), form_code="CP_155")
    make_offence(case=make_case(prisoner=held_in(unit, sex="F")), form_code="LEI NOVA")
    columns = values(stock())
    assert (columns[556], columns[562], columns[571], columns[574], columns[577]) == (1, 1, 1, 1, 4)
    assert (columns[985], columns[1117], columns[1123]) == (1, 1, 2)
    assert (columns[1118], columns[1124]) == (1, 1)  # of a line that the form lacks, only that it is known


def test_offences_5_14_count_incidences_and_people_apart() -> None:
    unit = make_unit()
    case = make_case(prisoner=held_in(unit))
    make_offence(case=case, form_code="CP_155")
    make_offence(case=case, form_code="CP_155")
    make_offence(case=case, form_code="L11343_33")
    make_offence(case=case, form_code="LEI NOVA")
    held_in(unit, sex="F")
    counts = stock()
    assert told(counts, of.OFFENCES) == {
        "CP_155": (2, 0), "L11343_33": (1, 0), of.NO_LINE: (1, 0), of.WITH_INFO: (1, 0), of.WITHOUT_INFO: (0, 1),
    }  # fmt: skip
    assert counts.total(of.OFFENCES) == 4


def test_work_6_1_and_pay_6_2_by_the_words_of_the_state() -> None:
    unit = make_unit()
    inside = {"sector": "SECUNDARIO", "internal": True}
    make_work(prisoner=held_in(unit), vacancy_origin="Empresa privada", pay="NAO_RECEBE", **inside)
    make_work(prisoner=held_in(unit), vacancy_origin="Apoio ao estabelecimento", internal=True)
    make_work(prisoner=held_in(unit), vacancy_origin="Órgão público", sector="TERCIARIO", internal=False)
    make_work(prisoner=held_in(unit), vacancy_origin="APOIO AO PRÓPRIO ESTABELECIMENTO", **inside)
    make_work(prisoner=held_in(unit), vacancy_origin="Empresa privada", sector="", internal=None)
    make_work(prisoner=held_in(unit), vacancy_origin="?")
    make_work(prisoner=held_in(unit), until=date(2026, 6, 29))
    busy = held_in(unit)
    make_work(prisoner=busy, vacancy_origin="Empresa privada", **inside)
    make_work(prisoner=busy, vacancy_origin="Vaga própria", since=date(2024, 1, 1), **inside)
    counts = stock()
    assert told(counts, of.LABOUR) == {
        "PRIVADA_SECUNDARIO_INTERNO": (2, 0), "APOIO": (2, 0), "PUBLICA_TERCIARIO_EXTERNO": (1, 0),
        "NAO_INFORMADO": (2, 0),
    }  # fmt: skip
    assert told(counts, of.PAY) == {"NAO_RECEBE": (1, 0), "SEM_INFORMACAO": (6, 0)}


def test_study_6_3_and_both_6_4() -> None:
    unit = make_unit()
    both = held_in(unit, sex="F")
    make_work(prisoner=both)
    make_work(prisoner=both, nature="ESTUDO", level="Ensino médio")
    make_work(prisoner=held_in(unit), nature="LEITURA")
    make_work(prisoner=held_in(unit), nature="ESTUDO", level="Curso técnico")
    make_work(prisoner=held_in(unit), nature="ESTUDO", level="Ensino médio a distância")
    make_work(prisoner=held_in(unit), nature="ESTUDO", level="EAD: superior")
    counts = stock()
    assert told(counts, of.STUDY) == {
        "MEDIO": (0, 1), "TECNICO": (1, 0), "LEITURA": (1, 0), "MEDIO_EAD": (1, 0), "SUPERIOR_EAD": (1, 0),
    }  # fmt: skip
    assert values(counts)[1227] == 2
    assert told(counts, of.WORK_AND_STUDY) == {"AMBOS": (0, 1)}
    assert counts.total(of.WORK_AND_STUDY) == counts.table(of.WORK_AND_STUDY)["AMBOS"][Sex.WOMEN]
