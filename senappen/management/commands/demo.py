"""Bring the whole platform up over a fictitious country, and say when the first search would answer."""

import signal
import time
from types import FrameType
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from senappen.demo.run import Demonstration
from senappen.embedded.server import answers


class Command(BaseCommand):
    """`manage.py demo`; Ctrl-C ends everything it started. A second run resumes where the first one was."""

    help = __doc__ or ""
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--people", type=int, default=20_000, help="human beings with at least one record")
        parser.add_argument("--states", default="AL,PB,PE,SE,SP", help="comma-separated UFs")
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, *args: Any, **options: Any) -> None:
        port = int(options["port"])
        if answers(port):
            raise CommandError(f"A porta {port} está em uso. Escolha outra: make demo PORT=8001")
        signal.signal(signal.SIGTERM, _interrupt)
        signal.signal(signal.SIGINT, _interrupt)
        demonstration = Demonstration(
            people=options["people"], states=options["states"].split(","), port=port, say=self._say
        )
        try:
            demonstration.start()
            self._say(f"pronto: http://127.0.0.1:{port}")
            demonstration.wait()
        except KeyboardInterrupt:
            self._say("encerrando…")
        finally:
            # A second Ctrl-C while ending must not leave anything behind.
            signal.signal(signal.SIGINT, signal.SIG_IGN)
            demonstration.stop()

    def _say(self, line: str) -> None:
        self.stdout.write(f"{time.strftime('%H:%M:%S')} {line}" if not line.startswith("pronto") else line)
        self.stdout.flush()


def _interrupt(signum: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt
