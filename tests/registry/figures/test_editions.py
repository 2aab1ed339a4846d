"""Editions of the form: what is in them, signed once, never changed; and what differs between two."""

from datetime import date

import pytest
from django.db import ProgrammingError, connection, transaction

from audit.events import Kind
from registry.models import Custody, FigureEdition
from registry.selectors.figures.form import added, differences, headings
from registry.services.figures import editions
from registry.services.figures.editions import EditionError
from tests import events
from tests.factories.registry import make_capacity, make_movement, make_origin, make_prisoner, make_unit, make_visit
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
    assert words[1330] == "não respondida pelos registros"
