"""The conduct check (Portaria MJSP 218/2021, art. 24): what a service answers about one person, and by which rules.

The interface is `ConductService`; `HttpConduct` speaks to a web service (docs/operacao/credenciamento.md). There are
two answers, and everything else is `Unavailable`: a request is never approved by silence.
"""

from dataclasses import dataclass
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string

MOST_NOTES = 20


@dataclass(frozen=True, kw_only=True)
class Subject:
    """Whom is asked about. `request` is the id of the access request, which the answer has to repeat."""

    request: str
    cpf: str
    full_name: str

    def __repr__(self) -> str:
        # Of what may end in a log, the id alone.
        return f"Subject(request={self.request!r})"


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What the service answered: its own reference, and its notes in its own words (none: nothing is known)."""

    reference: str
    notes: tuple[str, ...] = ()


class Unavailable(Exception):
    """There is no answer. `cause` is a word of `CAUSES`, never what the service said."""

    def __init__(self, cause: str) -> None:
        super().__init__(cause)
        self.cause = cause


CAUSES = {
    "unset": "o serviço de verificação de conduta não está configurado",
    "timeout": "o serviço não respondeu a tempo",
    "network": "não foi possível ligar ao serviço",
    "refused": "o serviço recusou a consulta; confira as credenciais e o endereço",
    "failing": "o serviço está com defeito",
    "answer": "a resposta do serviço não pôde ser entendida",
}


class ConductService(Protocol):
    """Whoever answers."""

    def ask(self, subject: Subject) -> Answer:
        """What is known of the person's conduct. Raises Unavailable, and nothing else."""


class Unset:
    """No service is configured: every request waits."""

    def ask(self, subject: Subject) -> Answer:
        """See ConductService."""
        raise Unavailable("unset")


def service() -> ConductService:
    """The service of `settings.CONDUCT_SERVICE`, a class without arguments."""
    made: ConductService = import_string(settings.CONDUCT_SERVICE)()
    return made
