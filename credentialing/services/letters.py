"""Letters about an account: to its owner when what opens it changes, to the corregedores when a key exists twice.

None names anybody. A worker sends them, so that no login waits for a mail server; what is queued names nobody either.
"""

import logging
from datetime import datetime
from enum import StrEnum
from functools import partial
from typing import Final

from celery import current_app
from django.conf import settings
from django.db import transaction
from django.utils import timezone
from kombu.exceptions import OperationalError

from credentialing.models import User, UserSession
from credentialing.roles import Role
from senappen.lib import mail

logger = logging.getLogger(__name__)

SEND: Final = "credentialing.send_letter"


class Letter(StrEnum):
    """What is told."""

    KEY_ADDED = "key_added"
    KEY_REMOVED = "key_removed"
    KEY_COPIED = "key_copied"
    KEY_COPIED_ALARM = "key_copied_alarm"
    TAKEN_OVER = "taken_over"
    PASSWORD = "password"  # noqa: S105
    NEW_PLACE = "new_place"
    IDENTIFIED = "identified"


_NOT_YOU: Final = (
    "Se não foi você, entre e troque a senha, remova a chave de acesso que não conhece em Minha conta, e avise o "
    "ponto focal do seu órgão."
)
# Subject; what happened, after the day and hour; what to do.
_WORDS: Final = {
    Letter.KEY_ADDED: ("Chave de acesso cadastrada", "uma chave de acesso foi cadastrada na sua conta", _NOT_YOU),
    Letter.KEY_REMOVED: ("Chave de acesso removida", "uma chave de acesso da sua conta foi removida", _NOT_YOU),
    Letter.TAKEN_OVER: (
        "Senha e autenticador definidos",
        "a senha e o aplicativo autenticador da sua conta foram definidos pelo primeiro acesso",
        "Se não foi você, avise já o ponto focal do seu órgão.",
    ),
    Letter.PASSWORD: ("Senha trocada", "a senha da sua conta foi trocada", _NOT_YOU),
    Letter.NEW_PLACE: (
        "Entrada de outro aparelho ou endereço",
        "sua conta entrou de um aparelho ou endereço que ainda não tinha usado{place}",
        _NOT_YOU,
    ),
    Letter.IDENTIFIED: (
        "CPF da conta informado",
        "quem responde pelas contas do seu órgão informou o seu CPF na sua conta",
        "Se não foi combinado com você, avise o ponto focal do seu órgão: com o CPF se pode entrar pelo gov.br.",
    ),
    Letter.KEY_COPIED: (
        "Chave de acesso recusada",
        "uma chave de acesso da sua conta foi recusada: a contagem de usos dela voltou atrás, e pode haver uma cópia",
        "Remova essa chave em Minha conta e avise o ponto focal do seu órgão. O código do aplicativo continua valendo.",
    ),
    Letter.KEY_COPIED_ALARM: (
        "Chave de acesso copiada",
        "uma conta do órgão {agency} apresentou uma chave de acesso que parece copiada; a entrada foi recusada",
        "Entre na plataforma, em Desvios, para ver de quem é e decidir.",
    ),
}


class NotSent(Exception):
    """The mail server took none. Holds no address, unlike what it said."""


def send_later(user: User, letter: Letter, *, session: UserSession | None = None) -> None:
    """Have a worker send it once the caller's transaction is written."""
    told = (user.pk, letter.value, timezone.now().isoformat(), str(session.pk) if session else "")
    transaction.on_commit(partial(_queue, *told), robust=True)


def send(account: int, letter: Letter, at: datetime, session: str = "") -> int:
    """Send it; how many went. Raises NotSent if there was somebody to send it to, and nobody was."""
    user = User.objects.select_related("agency").get(pk=account)
    addresses = _addresses(user, letter)
    subject, happened, advice = _WORDS[letter]
    moment = timezone.localtime(at)
    happened = happened.format(agency=user.agency.acronym, place=_place(session))
    body = f"{settings.PLATFORM_NAME}: em {moment:%d/%m/%Y}, às {moment:%H:%M}, {happened}.\n\n{advice}\n"
    sent = mail.post(subject, body, addresses, about=f"account {account}, {letter}")
    if addresses and not sent:
        raise NotSent(letter)
    return sent


def _queue(account: int, letter: str, at: str, session: str) -> None:
    try:
        current_app.send_task(SEND, (account, letter, at, session))
    except OperationalError:
        logger.error("letter %s to account %s: the queue does not answer", letter, account)


def _addresses(user: User, letter: Letter) -> list[str]:
    if letter is not Letter.KEY_COPIED_ALARM:
        return [user.email] if user.email else []
    judges = User.objects.open_in(user.agency_id, Role.CORREGEDOR).exclude(pk=user.pk)
    return list(judges.exclude(email="").values_list("email", flat=True))


def _place(session: str) -> str:
    row = UserSession.objects.filter(pk=session).first() if session else None
    return f" ({', '.join(filter(None, (row.device, row.address)))})" if row else ""
