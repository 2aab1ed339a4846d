"""Editions of the form: what is in them, signed once, never changed; and what differs between two."""

from datetime import date
from pathlib import Path

import pytest
from django.db import ProgrammingError, connection, transaction

from audit.events import Kind
from registry.figures.catalogue import FIGURES
from registry.figures.form_columns import COLUMNS
from registry.figures.questions import ABSENT, ALL, EXISTENCE, NONE, QUESTIONS, SOME
from registry.models import Custody, FigureEdition, Origin, Unit
from registry.selectors.figures.cube import Counts
from registry.selectors.figures.form import added, differences, headings, values
from registry.services.figures import editions
from registry.services.figures.editions import EditionError
from tests import events
from tests.factories.registry import (
    make_capacity,
    make_movement,
    make_origin,
    make_prisoner,
    make_unit,
    make_visit,
    make_work,
)
from tests.registry.figures.people import BY, DAY, at, held_in

pytestmark = pytest.mark.django_db(databases=["default", "audit"])


def made() -> FigureEdition:
    return editions.make("AL", DAY, by=BY)


def test_an_edition_has_each_units_columns() -> None:
    unit = make_unit(name="Presídio A")
    make_capacity(unit=unit, places=40)
    prisoner = held_in(unit, race="PARDA")
    held_in(unit, sex="F", race="PARDA")
    make_movement(kind="INC_ORIG", unit_to=unit, occurred_at=at(3, month=2))
    for month in (3, 4):
        make_visit(prisoner=prisoner, unit=unit, entered_at=at(5, month=month))
    held_in(make_unit(origin=make_origin("PE")))
    (values,) = made().values.values()
    assert values["2"] == "Presídio A"
    # places of the closed regime; population of it; total; race; inclusions; visits, and who got any
    wanted = {"18": 40, "37": 40, "400": 1, "401": 1, "406": 2, "435": 2, "505": 1, "506": 1, "507": 2, "446": 1}
    wanted |= {"1319": 2, "1320": 1, "497": 2, "517": 1, "518": 1, "519": 2}
    assert {column: values[column] for column in wanted} == wanted


def test_every_column_is_answered_or_says_why_it_is_not() -> None:
    absent = [column for each in ABSENT for column in each.columns]
    unit, origin = Unit(name="A", municipality="2704302"), Origin(uf="AL")
    unit.origin = origin
    answered = {column for each in FIGURES.values() for column in each.columns}
    answered |= values(Counts(), unit, {"TICUNA": 1}).keys() | {each.column for each in (*QUESTIONS, *EXISTENCE)}
    assert len(absent) == len(set(absent))
    assert not answered & set(absent)
    assert answered | set(absent) == set(COLUMNS)
    assert all("fora dos registros: " in headings()[column] for column in absent)
    assert not any("fora dos registros" in headings()[column] for column in answered)


def test_the_documentation_lists_what_no_record_answers() -> None:
    page = (Path(__file__).resolve().parents[3] / "docs" / "levantamento.md").read_text(encoding="utf-8")
    for each in ABSENT:
        assert f"| {each.section or '–'} | {each.title} | {len(each.columns)} | {each.why} |" in page


def test_what_the_form_asks_in_words_follows_from_what_is_informed() -> None:
    unit = make_unit(name="Presídio A", municipality="2704302", acronym="PA", sex="F", disabled_places=3)
    here = held_in(unit, race="PARDA", schooling="", birth_date=date(1990, 1, 1), indigenous_people="Ticuna")
    held_in(unit, race="", schooling="", birth_date=date(1991, 1, 1), indigenous_people="TICUNA")
    make_work(prisoner=here)
    empty = make_unit(name="Presídio B", origin=unit.origin)
    found = made().values
    told = found[str(unit.public_id)]
    assert (told["470"], told["498"], told["580"]) == (ALL, SOME, NONE)
    assert (told["1125"], told["1206"], told["10"], told["4"]) == ("Sim", "Não", "Maceió", "PA")
    assert (told["520"], told["522"]) == ("TICUNA (2)", 2)
    assert (told["40"], told["41"], told["42"]) == (0, 3, 3)
    assert not {"437", "1318"} & told.keys()  # nobody provisional, no visit: that tells nothing
    assert not {"470", "1125", "520"} & found[str(empty.public_id)].keys()


def test_monitored_people_are_in_the_form_of_their_own_unit() -> None:
    held_in(make_unit(modality="MONITORADO", name="Central"))
    (values,) = made().values.values()
    assert values["435"] == 1


def test_an_edition_is_signed_once_and_recorded() -> None:
    held_in(make_unit())
    edition = made()
    editions.sign(edition, remarks="Conferido com as unidades.", by=BY)
    with pytest.raises(EditionError):
        editions.sign(edition, remarks="de novo", by=BY)
    kept = FigureEdition.objects.get()
    assert (kept.remarks, kept.signed_by) == ("Conferido com as unidades.", BY.username)
    assert [event.action for event in events.recorded(Kind.FIGURES_SIGNED)] == ["edition.made", "edition.signed"]


def test_the_application_cannot_change_what_an_edition_says() -> None:
    held_in(make_unit())
    made()
    with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE registry_figureedition SET values = '{}'")


def test_a_correction_is_a_version_and_its_difference_is_told_by_column() -> None:
    prisoner = held_in(make_unit())
    before = made()
    Custody.objects.filter(prisoner=prisoner).update(regime="ABERTO")
    after = made()
    assert (before.version, after.version) == (1, 2)
    sums = [added({int(c): v for c, v in unit.items()} for unit in each.values.values()) for each in (before, after)]
    changed = {each.column: (each.before, each.after) for each in differences(*sums)}
    assert {column: changed[column] for column in (400, 406, 414, 420)} == {
        400: (1, 0), 406: (1, 0), 414: (0, 1), 420: (0, 1),
    }  # fmt: skip
    assert 435 not in changed


@pytest.mark.parametrize("last", [date(2026, 6, 29), date(2099, 6, 30)], ids=["no semester", "still to come"])
def test_an_edition_is_of_a_semester_that_ended(last: date) -> None:
    make_prisoner()
    with pytest.raises(EditionError):
        editions.make("AL", last, by=BY)


def test_every_column_has_a_heading() -> None:
    words = headings()
    assert len(words) == 1330
    assert words[505] == "5.2 Cor de pele, raça ou etnia | Parda | Masculino"
    assert words[1330] == "7.5 Visitas de inspeção | fora dos registros: inspeções não estão no contrato"
