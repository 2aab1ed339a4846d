"""A small country counted at the end of June 2026, and those who read its numbers."""

from datetime import date

import pytest
from django.test import Client

from credentialing.roles import Role
from registry.models import FigureBuild, Unit
from tests import doors
from tests.factories.credentialing import make_user
from tests.factories.registry import make_capacity, make_movement, make_origin, make_unit
from tests.registry.figures.people import at, counted, held_in


@pytest.fixture
def unit(db: None) -> Unit:
    """Twelve men and two women on ten places in Alagoas; and nine men in Pernambuco."""
    unit = make_unit(name="Presídio de Teste")
    make_capacity(unit=unit, places=10)
    for at_ in range(12):
        held_in(unit, race="PARDA" if at_ < 9 else "PRETA", birth_date=date(1990, 1, 1))
    for _ in range(2):
        held_in(unit, sex="F", race="BRANCA", name="MARIA INVENTADA")
    other = make_unit(origin=make_origin("PE"))
    for _ in range(9):
        held_in(other, race="PARDA")
    make_movement(kind="ALVARA", unit_from=unit, occurred_at=at(30))
    return unit


@pytest.fixture
def build(unit: Unit) -> FigureBuild:
    return counted()


@pytest.fixture
def statistician(db: None) -> Client:
    return doors.session(make_user(role=Role.STATISTICIAN))
