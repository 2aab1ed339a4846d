"""`rotate_keys`: write every encrypted value again under the first key of `FIELD_KEYS`, while the platform works."""

import getpass
from argparse import ArgumentParser
from typing import Any

from celery import current_app
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from audit.events import Actor, Channel
from ingestion.lanes import LONG
from senappen import keys
from senappen.tasks import ROTATE


class Command(BaseCommand):
    """Runs here to its end, or hands the work to the Celery workers. Counts only."""

    help = "Cifra de novo, com a chave atual, tudo o que outras chaves cifraram. Pode ser interrompido e repetido."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--background", action="store_true", help="deixa o trabalho com os processos do Celery")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["background"]:
            current_app.send_task(ROTATE, queue=LONG)
            self.stdout.write("Rotação pedida; acompanhe com check_keys.")
            return
        by = Actor(username=getpass.getuser(), channel=Channel.CLI)
        try:
            done = keys.rotate(by=by)
        except keys.AlreadyRotating:
            raise CommandError("Outra rotação está em andamento; acompanhe com check_keys.") from None
        self.stdout.write(f"Cifrados de novo: {done.resealed}. Não puderam ser abertos: {done.unopened}.")
        call_command("check_keys", stdout=self.stdout)
