"""`check_findings [--all]`: run the quality rules now, without beat or a worker."""

import getpass
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from audit.events import Actor, Channel
from registry.services import findings


class Command(BaseCommand):
    """Checks what loads touched, or every record."""

    help = "Verifica as regras de qualidade no que as cargas tocaram; com --all, em toda a base."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--all", action="store_true", help="verifica todos os registros e unidades")

    def handle(self, *args: Any, **options: Any) -> None:
        by = Actor(username=getpass.getuser(), channel=Channel.CLI)
        done = findings.check_all(by=by) if options["all"] else findings.check(by=by)
        self.stdout.write(
            f"{done.records} registros verificados: {done.opened} achados abertos, {done.closed} resolvidos."
        )
