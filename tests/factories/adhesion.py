"""Invented requests of adhesion."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from audit.events import system
from credentialing.adhesion import asking
from credentialing.adhesion.asking import Place
from credentialing.models import Activity, AdhesionRequest, User
from credentialing.models.adhesion import INDICATED
from credentialing.roles import Role
from tests.factories.credentialing import make_agency, make_user

BY = system("test")
NAMES = ("Célia Duarte Amorim", "Davi Rocha Lins", "Elza Matos Freire", "Fábio Couto Reis")


def make_coordinator() -> User:
    """Somebody of the central coordination."""
    return make_user(role=Role.GENERAL_ADMIN, agency=make_agency("CENTRAL", uf=""))


def fields(**changes: Any) -> dict[str, Any]:
    """An agency as its letter has it."""
    values = {
        "acronym": "PP-BA",
        "name": "Polícia Penal fictícia da Bahia",
        "uf": "BA",
        "headcount": 1_200,
        "legal_basis": "Lei estadual fictícia 1/2020",
        "term": "ACT 7/2026",
        "activities": [Activity.LOCATE_PERSON, Activity.INVESTIGATION],
        "valid_until": timezone.localdate() + timedelta(days=5 * 365),
    }
    return {**values, **changes}


def people() -> dict[Place, dict[str, str]]:
    """Four invented people, one for each place."""
    places = [(role, substitute) for role in INDICATED for substitute in (False, True)]
    return {
        place: {"full_name": name, "email": f"indicado{number}@orgao.example", "registration": f"M-{number}"}
        for number, (place, name) in enumerate(zip(places, NAMES, strict=True))
    }


def make_request(**changes: Any) -> AdhesionRequest:
    """A request that waits for its validation."""
    return asking.ask(fields=fields(**changes), people=people(), user=make_coordinator(), by=BY)


def posted(**changes: Any) -> dict[str, Any]:
    """The same as the page sends it."""
    given: dict[str, Any] = fields(**changes)
    for (role, substitute), person in people().items():
        prefix = f"{role}{'-substitute' if substitute else ''}"
        given |= {f"{prefix}-{name}": value for name, value in person.items()}
    return given
