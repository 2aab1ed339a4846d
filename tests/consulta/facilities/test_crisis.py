"""The unit in a crisis: at a past instant, everybody on one page, and what may not be seen stays unseen."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from audit.events import Kind
from registry.models import Unit
from registry.scope import Scope
from tests.events import recorded
from tests.factories import registry as make

pytestmark = pytest.mark.django_db(databases=["default", "audit"])

THEN = datetime(2026, 3, 12, 17, 0, tzinfo=UTC)  # 14:00 in Alagoas
HOUR = timedelta(hours=1)
ASKED = {"dia": "2026-03-12", "hora": "14:00"}


@pytest.fixture
def unit() -> Unit:
    """A unit of which one person left after the instant and another came after it."""
    unit = make.make_unit()
    left, came = make.make_prisoner(name="Quem Estava"), make.make_prisoner(name="Quem Veio Depois")
    make.make_custody(unit=unit, prisoner=left, started_at=THEN - 48 * HOUR, ended_at=THEN + HOUR, wing="A", cell="3")
    make.make_custody(unit=unit, prisoner=came, started_at=THEN + HOUR)
    return unit


def test_a_past_instant_shows_who_was_there_and_says_so(agent: Client, unit: Unit) -> None:
    page = agent.get(f"/unidades/{unit.public_id}/", ASKED).content.decode()
    assert "Quem Estava" in page
    assert "Quem Veio Depois" not in page
    assert "Como estava em 12/03/2026 14:00" in page
    assert "As vagas são as de hoje" in page
    [intent] = recorded(Kind.INTENT)
    assert (intent.detail["asked"]["dia"], intent.detail["asked"]["hora"]) == ("2026-03-12", "14:00")


def test_the_present_says_nothing_of_the_past(agent: Client, unit: Unit) -> None:
    page = agent.get(f"/unidades/{unit.public_id}/").content.decode()
    assert "Quem Veio Depois" in page
    assert "Como estava em" not in page


def test_links_of_the_page_keep_the_instant(agent: Client, unit: Unit) -> None:
    page = agent.get(f"/unidades/{unit.public_id}/", {**ASKED, "horas": 6}).content.decode()
    kept = "dia=2026-03-12&amp;hora=14%3A00"
    assert f"?horas=6&amp;{kept}&amp;pavilhao=A" in page
    assert f"relacao/?horas=6&amp;{kept}" in page


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"dia": "2026-02-30"}, "Informe um dia que exista"),
        ({"dia": "2999-01-01"}, "Esse dia ainda não chegou"),
        ({"dia": "2026-03-12", "hora": "25:00"}, "Informe uma hora entre"),
        ({"hora": "14:00"}, "Informe também o dia"),
    ],
)
def test_an_instant_without_sense_shows_nobody(agent: Client, unit: Unit, asked: dict[str, str], told: str) -> None:
    for address in (f"/unidades/{unit.public_id}/", f"/unidades/{unit.public_id}/relacao/"):
        page = agent.get(address, asked).content.decode()
        assert told in page
        assert "Quem" not in page
    assert all(event.subjects == [] for event in recorded(Kind.DISCLOSURE))


def test_the_roll_has_everybody_and_discloses_them(agent: Client, unit: Unit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("registry.selectors.units.residents.PAGE", 1)
    people = [make.make_custody(unit=unit, wing="B", cell=cell).prisoner for cell in ("1", "2")]
    page = agent.get(f"/unidades/{unit.public_id}/relacao/").content.decode()
    assert page.count('class="roll-box"') == 3
    assert page.index("Cela 1 ") < page.index("Cela 2 ")
    [event] = recorded(Kind.DISCLOSURE)
    assert set(event.subjects) > {prisoner.person.public_id for prisoner in people}
    assert len(event.subjects) == 3
    assert str(event.receipt) in page


def test_who_is_inside_besides_the_prisoners_is_on_the_roll(agent: Client) -> None:
    unit, now = make.make_unit(), timezone.now()
    visitor, lawyer = make.make_visitor(name="Visita Presente"), make.make_lawyer(name="Defensora Presente")
    make.make_visit(unit=unit, visitor=visitor, entered_at=now, left_at=None)
    make.make_attendance(unit=unit, lawyer=lawyer, entered_at=now, left_at=None)
    make.make_visit(unit=unit, entered_at=now - HOUR, left_at=now - HOUR / 2)
    make.make_movement(kind="ALVARA", unit_from=unit, occurred_at=now - HOUR)
    page = agent.get(f"/unidades/{unit.public_id}/relacao/").content.decode()
    [event] = recorded(Kind.DISCLOSURE)
    assert len(event.subjects) == 4
    assert "Visita Presente" in page
    assert "Defensora Presente" in page


def test_lawyers_are_not_on_the_page_of_who_may_not_see_them(agent: Client, without_lawyers: None) -> None:
    unit = make.make_unit()
    lawyer = make.make_lawyer(name="Defensora Presente")
    make.make_attendance(unit=unit, lawyer=lawyer, entered_at=timezone.now(), left_at=None)
    for address in (f"/unidades/{unit.public_id}/", f"/unidades/{unit.public_id}/relacao/"):
        page = agent.get(address).content.decode()
        assert "Defensora Presente" not in page
        assert "Advogados" not in page


def test_groups_are_shown_with_their_permission_alone(agent: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    unit = make.make_unit()
    for faction in ("GRUPO A", "GRUPO B"):
        make.make_custody(unit=unit, wing="A", cell="1", faction=faction)
    address = f"/unidades/{unit.public_id}/"
    assert "GRUPO A" not in agent.get(address).content.decode()
    monkeypatch.setattr("consulta.access.scope_of", lambda _user: Scope(factions=True))
    page = agent.get(address).content.decode()
    assert "GRUPO A" in page
    assert "Grupos diferentes na mesma cela: A · Cela 1" in page


def test_programs_ask_for_a_past_instant_too(program: Client, unit: Unit) -> None:
    found = program.get(f"/api/v1/units/{unit.public_id}/", ASKED).json()
    assert found["at"] == "2026-03-12T14:00:00-03:00"
    assert [row["person"]["name"] for row in found["residents"]["rows"]] == ["Quem Estava"]
    assert (found["census"]["inside"], found["known"]["before"]) == (1, False)
    refused = program.get(f"/api/v1/units/{unit.public_id}/", {"dia": "2026-02-30"})
    assert (refused.status_code, list(refused.json()["errors"])) == (400, ["dia"])
