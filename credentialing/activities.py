"""The public-security activities (*atividades finalísticas*, Portaria MJSP 218/2021, arts. 5 §4, 7 and 25) and the
functions each opens, as code. Beside `roles.py`: the role says what a profile may hold at all, the activities of a
person which of it they are shown.
"""

from collections.abc import Iterable
from typing import Final

from django.db import models

from credentialing.roles import Permission


class Activity(models.TextChoices):
    """What a consultation may serve, and what a person may be credentialed for."""

    LOCATE_PERSON = "locate_person", "Localização de pessoa custodiada ou procurada"
    INTELLIGENCE = "intelligence", "Produção de conhecimento de inteligência penitenciária"
    INVESTIGATION = "investigation", "Investigação criminal"
    UNIT_SECURITY = "unit_security", "Segurança de estabelecimento e gestão de crise"
    ESCORT = "escort", "Escolta e movimentação"
    MISSING_PERSON = "missing_person", "Busca de pessoa desaparecida"
    FRAUD = "fraud", "Prevenção de fraude de identidade"
    IDENTITY_REVIEW = "identity_review", "Revisão de identidade entre registros dos estados"


_SEARCH: Final = frozenset({Permission.CONSULT_PEOPLE})
# Where a life may hang on a sealed record that cannot wait for an authorisation.
_URGENT: Final = _SEARCH | {Permission.BREAK_GLASS}

OPENS: Final[dict[Activity, frozenset[Permission]]] = {
    Activity.LOCATE_PERSON: _URGENT,
    Activity.INTELLIGENCE: _URGENT | {Permission.SEE_LAWYERS, Permission.SEE_FACTION},
    Activity.INVESTIGATION: _URGENT | {Permission.SEE_LAWYERS},
    # Who visits, and whom: a crisis is full of lawyers.
    Activity.UNIT_SECURITY: _URGENT | {Permission.SEE_LAWYERS, Permission.SEE_FACTION},
    Activity.ESCORT: _URGENT,
    Activity.MISSING_PERSON: _SEARCH,
    Activity.FRAUD: _SEARCH,
    Activity.IDENTITY_REVIEW: _SEARCH | {Permission.SEE_LAWYERS, Permission.REVIEW_IDENTITY},
}
# What no profile has without an activity that opens it; every other permission follows from the profile alone.
BOUND: Final[frozenset[Permission]] = frozenset().union(*OPENS.values())

# What is opened, in the words of the account's page.
FUNCTIONS: Final[dict[Permission, str]] = {
    Permission.CONSULT_PEOPLE: "Localizar e abrir pessoas",
    Permission.SEE_LAWYERS: "Ver advogados",
    Permission.SEE_FACTION: "Ver facção declarada",
    Permission.BREAK_GLASS: "Acesso excepcional a registro sigiloso",
    Permission.REVIEW_IDENTITY: "Revisar identidades",
}


def every() -> list[str]:
    """All of them, as stored: the default of an agency, which its term may narrow."""
    return list(Activity.values)


def opened(activities: Iterable[str]) -> frozenset[Permission]:
    """The permissions that these activities open; names that are no activity open nothing."""
    known = (Activity(name) for name in activities if name in Activity.values)
    return frozenset().union(*(OPENS[activity] for activity in known))
