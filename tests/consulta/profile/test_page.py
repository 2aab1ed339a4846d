"""The profile page, through the gate."""

from django.test import Client

from audit.events import Kind
from tests.events import recorded
from tests.factories import registry as make


def test_shows_name_mother_and_place(agent: Client) -> None:
    prisoner = make.make_prisoner(name="JOSÉ CARLOS DA SILVA", mother_name="MARIA APARECIDA")
    unit = make.make_unit(name="Presídio de Teste", origin=prisoner.origin)
    make.make_custody(prisoner=prisoner, unit=unit, wing="2", cell="14")
    page = agent.get(f"/pessoas/{prisoner.person.public_id}/").content.decode()
    for text in ("JOSÉ CARLOS DA SILVA", "MARIA APARECIDA", "Presídio de Teste", "Pavilhão 2 · Cela 14"):
        assert text in page
