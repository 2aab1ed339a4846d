"""Consult from a terminal: the same factors, purpose, gate and audit as in the pages."""

import getpass
import sys
import uuid
from argparse import ArgumentParser, Namespace
from typing import Any, NoReturn

from django.core.exceptions import PermissionDenied
from django.core.management.base import BaseCommand
from django.http import Http404

from audit import recorder
from audit.events import Actor, Channel, Event, Kind
from audit.recorder import AuditUnavailable
from consulta import terminal
from consulta.access import Action, open_access
from consulta.limits import LimitReached
from consulta.profile.finding import Moved, find
from consulta.profile.grounds import SHORTEST, ReasonRequired, require
from credentialing import actors, policy
from credentialing.forms import PurposeForm
from credentialing.models import Activity, Purpose, User
from credentialing.services import login as proofs
from credentialing.services import purposes
from registry.selectors.search import Criteria, search, to_json

# Exit codes of sysexits.h.
USAGE, UNKNOWN, UNAVAILABLE, REFUSED = 64, 69, 75, 77


class Command(BaseCommand):
    """`consult search NAME…` or `consult person UUID`.

    Asks for user name, password and code, or reads them from the first three lines of the standard input. Without
    NAME, the name is asked for (or read from the fourth line): arguments stay in the shell's history.
    """

    help = "Consulta pessoas pelo terminal, com os mesmos fatores, finalidade e auditoria das telas."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--activity", choices=Activity.values, help="atividade finalística")
        parser.add_argument("--case", help="procedimento ou operação")
        parser.add_argument("--justification", help="justificativa, em pelo menos 15 caracteres")
        what = parser.add_subparsers(dest="what", required=True)
        by_name = what.add_parser("search", help="localizar pessoas por nome ou documento")
        by_name.add_argument("name", nargs="*")
        by_id = what.add_parser("person", help="ver uma pessoa")
        by_id.add_argument("person", type=uuid.UUID)
        by_id.add_argument("--reason", default="", help="motivo de abrir a ficha de um advogado")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            self._consult(Namespace(**options))
        except proofs.LoginRefused as refusal:
            self._stop(refusal.message, REFUSED)
        except PermissionDenied:
            self._stop("Seu perfil não permite consultar pessoas.", REFUSED)
        except ReasonRequired:
            self._stop("É a ficha de um advogado: repita com --reason e o fato que justifica a consulta.", USAGE)
        except Http404:
            self._stop("Não encontrado, ou fora do que você pode ver.", UNKNOWN)
        except LimitReached as reached:
            self._stop(reached.message, UNAVAILABLE)
        except AuditUnavailable:
            self._stop("Auditoria indisponível: nada foi mostrado. Tente de novo em instantes.", UNAVAILABLE)

    def _consult(self, options: Namespace) -> None:
        user, actor = self._enter()
        purpose = self._purpose(options, user, actor)
        if options.what == "search":
            text = " ".join(options.name) or self._ask("Nome ou documento: ")
            self.stdout.write(_search(user, purpose, actor, text))
        else:
            self.stdout.write(_person(user, purpose, actor, options.person, options.reason.strip()))
        purposes.close(purpose=purpose, by=actor)
        recorder.record_now(Event(kind=Kind.LOGOUT, actor=actor, detail={"reason": "user"}))

    def _enter(self) -> tuple[User, Actor]:
        origin = Actor(username="", channel=Channel.CLI)
        username = self._ask("Usuário: ")
        user = proofs.check_password(username=username, password=self._ask("Senha: ", secret=True), by=origin)
        proofs.check_code(user, self._ask("Código de verificação: ", secret=True), by=origin)
        actor = actors.from_terminal(user)
        recorder.record_now(Event(kind=Kind.LOGIN, actor=actor))
        return user, actor

    def _purpose(self, options: Namespace, user: User, actor: Actor) -> Purpose:
        if sys.stdin.isatty() and not options.activity:
            held = policy.activities(user)
            mine = [choice for choice in Activity.choices if choice[0] in held]
            self.stdout.write("\n".join(f"{value:<16}{label}" for value, label in mine))
        form = PurposeForm(
            {
                "activity": options.activity or self._ask_if_possible("Atividade: "),
                "case_reference": options.case or self._ask_if_possible("Procedimento ou operação: "),
                "justification": options.justification or self._ask_if_possible("Justificativa: "),
            },
            user=user,
        )
        if not form.is_valid():
            errors = "; ".join(f"{form[name].label}: {' '.join(map(str, said))}" for name, said in form.errors.items())
            self._stop(f"Finalidade incompleta. {errors}", USAGE)
        return purposes.declare(user=user, by=actor, **form.cleaned_data)

    def _ask_if_possible(self, prompt: str) -> str:
        return self._ask(prompt) if sys.stdin.isatty() else ""

    def _ask(self, prompt: str, *, secret: bool = False) -> str:
        if not sys.stdin.isatty():
            return sys.stdin.readline().rstrip("\r\n")
        return getpass.getpass(prompt) if secret else input(prompt)

    def _stop(self, line: str, code: int) -> NoReturn:
        self.stderr.write(line)
        sys.exit(code)


def _search(user: User, purpose: Purpose, actor: Actor, text: str) -> str:
    criteria = Criteria(text=text)
    access = open_access(user, purpose, Action.SEARCH, asked={**to_json(criteria), "page": 1}, actor=actor, fresh=True)
    return terminal.close(access, *terminal.found(search(criteria, access.scope)))


def _person(user: User, purpose: Purpose, actor: Actor, public_id: uuid.UUID, reason: str) -> str:
    asked = {"person": str(public_id), **({"reason": reason} if len(reason) >= SHORTEST else {})}
    access = open_access(user, purpose, Action.PROFILE, asked=asked, actor=actor, fresh=True)
    try:
        subject = find(public_id, access.scope)
    except Moved as moved:
        return _person(user, purpose, actor, moved.public_id, reason)
    require(subject, asked)
    return terminal.close(access, *terminal.person(subject, access.scope))
