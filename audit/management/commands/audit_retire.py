"""`audit_retire`: take a month out of the audit, or forget its texts, once its time is over."""

import getpass
from argparse import ArgumentParser, ArgumentTypeError
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from audit import retirement
from audit.events import Actor, Channel


class Command(BaseCommand):
    """Runs where the signing key is. What it did is an event, and a statement in the folder of checkpoints."""

    help = "Dá baixa de um mês da auditoria, contra uma exportação que confere, ou esquece só os textos dele."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("month", type=_month, help="AAAA-MM (UTC)")
        what = parser.add_mutually_exclusive_group(required=True)
        what.add_argument("--export", type=Path, help="exportação de python -m audit_verify, onde os eventos ficam")
        what.add_argument("--texts", action="store_true", help="só as chaves dos textos: os eventos ficam")

    def handle(self, *args: Any, **options: Any) -> None:
        by = Actor(username=getpass.getuser(), channel=Channel.CLI)
        month = options["month"]
        try:
            if options["texts"]:
                retirement.forget(month=month, by=by)
                self.stdout.write(f"Os textos de {month:%Y-%m} foram esquecidos; os eventos ficam.")
                return
            done = retirement.retire(month=month, export=options["export"], by=by)
        except retirement.NotRetired as error:
            raise CommandError(str(error)) from None
        self.stdout.write(f"Baixa de {done.month}: {done.events} eventos. Guarde a exportação; os elos ficam.")


def _month(text: str) -> date:
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError:
        raise ArgumentTypeError("o mês se escreve AAAA-MM") from None
