"""What became of requests for access, and of accounts, as sentences: part of `audit.sentences`."""

from collections.abc import Mapping
from typing import Final

from audit.events import LABELS, Kind
from audit.models import AccessEvent

# By the action of the event.
_REQUESTS: Final[Mapping[str, str]] = {
    "request.asked": "Solicitou um acesso",
    "request.clear": "Verificou a conduta em uma solicitação de acesso: nada consta",
    "request.notes": "Verificou a conduta em uma solicitação de acesso: há apontamentos",
    "request.unavailable": "Ficou sem resposta da verificação de conduta em uma solicitação de acesso",
    "request.approved": "Aprovou uma solicitação de acesso",
    "request.refused": "Recusou uma solicitação de acesso",
    "request.withdrawn": "Retirou a própria solicitação de acesso",
}
_ACCOUNTS: Final[Mapping[str, str]] = {
    "account.end": "Encerrou a conta",
    "account.reopen": "Reabriu a conta",
    "account.activities": "Alterou as atividades da conta",
    "account.posting": "Alterou a lotação ou o endereço da conta",
    "account.identify": "Informou o CPF da conta",
    "account.attest": "Atestou a conta",
    "account.idle_warning": "Avisou da falta de uso a conta",
    "passkey.add": "Cadastrou uma chave de acesso na conta",
    "passkey.remove": "Removeu uma chave de acesso da conta",
    "first_access.issue": "Emitiu o primeiro acesso da conta",
    "first_access.wrong_code": "Errou o código do primeiro acesso da conta",
    "first_access.refused": "Tentou um primeiro acesso que não existe ou já não vale",
    "first_access.complete": "Assumiu, no primeiro acesso, a conta",
}


def request(event: AccessEvent) -> str:
    """A step of an access request, and of which agency."""
    done = _REQUESTS.get(event.action, LABELS[Kind.ACCESS_REQUEST])
    return f"{done} ({event.detail.get('agency', '')}){_because(event)}"


def account(event: AccessEvent) -> str:
    """What was done to an account, and whose."""
    done = _ACCOUNTS.get(event.action, LABELS[Kind.ACCOUNT_CHANGED])
    return f"{done} {event.detail.get('username', '')}".rstrip() + _because(event)


def _because(event: AccessEvent) -> str:
    note = str(event.detail.get("note", "")).rstrip(".")
    return f": {note}." if note else "."
