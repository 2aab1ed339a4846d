"""`refresh_crossings [--all]`: rebuilds the crossings that wait, or everyone's. Shows nobody."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from registry.services import crossing


class Command(BaseCommand):
    """Prints how many persons were looked at."""

    help = "Refaz os cruzamentos que esperam; com --all, os de todas as pessoas."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--all", action="store_true", help="todas as pessoas, como depois de mudar uma regra")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["all"]:
            crossing.mark_all()
        self.stdout.write(f"{crossing.refresh()} pessoas cruzadas")
