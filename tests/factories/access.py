"""Access requests for people who do not exist, and an agency with those who ask and decide."""

from dataclasses import dataclass, field
from itertools import count
from typing import Any

from audit.events import Actor, Channel
from credentialing.activities import Activity
from credentialing.models import AccessRequest, Agency, User
from credentialing.requests import asking, checking
from credentialing.requests.conduct import Answer, Subject
from credentialing.roles import Role
from senappen.lib import cpf
from tests.factories.credentialing import make_agency, make_user

BY = Actor(username="teste", channel=Channel.PAGE)
_serial = count(400_000_001)


def make_cpf() -> str:
    """A number that checks, another at every call."""
    base = f"{next(_serial):09d}"
    return base + cpf.check_digits(base)


@dataclass
class Says:
    """A conduct service that says what it is told to, and remembers whom it was asked about."""

    notes: tuple[str, ...] = ()
    asked: list[Subject] = field(default_factory=list)

    def ask(self, subject: Subject) -> Answer:
        self.asked.append(subject)
        return Answer(reference="VC-1", notes=self.notes)


def make_request(asker: User, *, checked: bool = True, notes: tuple[str, ...] = (), **fields: Any) -> AccessRequest:
    """A request that waits for a decision; with `checked=False`, for the conduct check."""
    number = next(_serial)
    values: dict[str, Any] = {
        "full_name": f"Beltrana Inventada {number}", "email": f"p{number}@orgao.exemplo", "registration": str(number),
        "cpf": make_cpf(), "role": Role.AGENT, "activities": [Activity.ESCORT],
    }  # fmt: skip
    made = asking.ask(asker=asker, by=BY, **{**values, **fields})
    if checked:
        checking.check(made, by=BY, service=lambda: Says(notes))
        made.refresh_from_db()
    return made


@dataclass
class Staff:
    """The people of an agency, and somebody of the central body."""

    agency: Agency
    focal: User
    manager: User
    centre: User


def make_staff(acronym: str = "PP-AL", **agency: Any) -> Staff:
    """An agency with a ponto focal and a gestor regional."""
    made = make_agency(acronym, **agency)
    centre = make_user(role=Role.GENERAL_ADMIN, agency=make_agency("SENAPPEN"))
    focal = make_user(role=Role.FOCAL_POINT, agency=made)
    return Staff(made, focal, make_user(role=Role.REGIONAL_MANAGER, agency=made, granted_by=focal), centre)
