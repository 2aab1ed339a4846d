"""`audit_misuse --agency PP-AL [--week 2026-11-23]`: look at one week of an agency now, and print its open alerts."""

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from audit.events import Actor, Channel
from credentialing.models import Agency
from oversight.models import Alert
from oversight.models.alert import monday
from oversight.services import watching
from oversight.signs.ranking import LABELS


class Command(BaseCommand):
    """Does what beat does every day, for one agency; the reading is on record before anything is written."""

    help = "Procura sinais de mau uso na semana de um órgão e lista os alertas dela, do mais grave ao menos."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--agency", required=True, metavar="SIGLA")
        parser.add_argument("--week", type=date.fromisoformat, metavar="AAAA-MM-DD", help="qualquer dia da semana")

    def handle(self, *args: Any, **options: Any) -> None:
        agency = Agency.objects.filter(acronym=options["agency"]).first()
        if agency is None:
            raise CommandError(f"Não há órgão com a sigla {options['agency']}.")
        week = monday(options["week"] or timezone.localdate())
        raised = watching.watch(agency, week, by=Actor(username="system:audit_misuse", channel=Channel.CLI))
        for alert in Alert.objects.filter(user__agency=agency, week=week).select_related("user"):
            self.stdout.write(f"{alert.score:>3}  {alert.user.username}  ({alert.get_state_display()})")
            for sign in alert.signs.all():
                self.stdout.write(f"     {LABELS.get(sign.name, sign.name)}: {sign.words}")
        self.stdout.write(f"{raised} alertas novos ou mais graves na semana de {week:%d/%m/%Y}.")
