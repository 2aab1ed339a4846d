"""`audit_misuse --agency PP-AL --days 7`: the accounts of an agency that show signs of misuse, and why."""

from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from audit import recorder, selectors
from audit.events import Actor, Channel, Event, Kind
from audit.misuse.acts import usages
from audit.misuse.ranking import ranked

MOST = 200_000


class Command(BaseCommand):
    """Reads the audit, which is an event like any reading, committed before anything is printed."""

    help = "Lista as contas de um órgão com sinais de mau uso, da mais grave à menos, com os motivos."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--agency", required=True, metavar="SIGLA")
        parser.add_argument("--days", type=int, default=7)

    def handle(self, *args: Any, **options: Any) -> None:
        since = timezone.now() - timedelta(days=options["days"])
        events = selectors.of_agency(options["agency"]).filter(at__gte=since, kind__in=[Kind.INTENT, Kind.DISCLOSURE])
        read = selectors.first(events, MOST + 1)
        if len(read) > MOST:
            raise CommandError(f"Há mais de {MOST} eventos: escolha menos dias.")
        found = usages(read)
        detail = {"filters": {"agency": options["agency"], "days": options["days"]}, "count": len(read)}
        actor = Actor(username="system:audit_misuse", channel=Channel.CLI)
        recorder.record_now(Event(kind=Kind.AUDIT_READ, actor=actor, action="misuse", detail=detail))
        for one in ranked(found):
            self.stdout.write(f"{one.score:>3}  {one.usage.username}")
            for signal, words in one.reasons:
                self.stdout.write(f"     {signal.label}: {words}")
        self.stdout.write(f"{len(read)} eventos de {len(found)} contas.")
