"""`matching_model train | list | adopt VERSION`: the models that link records."""

import getpass
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from audit.events import Actor, Channel
from registry.models import MatchingModel
from registry.services import matching
from registry.services.matching import training


class Command(BaseCommand):
    """Trains on the base, lists what is kept, adopts one."""

    help = "Treina, lista ou adota um modelo de correspondência."

    def add_arguments(self, parser: ArgumentParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        actions.add_parser("train", help="treina com toda a base")
        actions.add_parser("list", help="lista os modelos guardados")
        actions.add_parser("adopt", help="passa a usar um modelo").add_argument("version")

    def handle(self, *args: Any, **options: Any) -> None:
        by = Actor(username=getpass.getuser(), channel=Channel.CLI)
        if options["action"] == "train":
            self._train(by)
        elif options["action"] == "adopt":
            self._adopt(options["version"], by)
        else:
            self._list()

    def _train(self, by: Actor) -> None:
        try:
            kept = training.train(by=by)
        except training.EmptyBase as error:
            raise CommandError("A base não tem registros.") from error
        self.stdout.write(f"Modelo {kept.version}, treinado com {kept.records} registros.")

    def _adopt(self, version: str, by: Actor) -> None:
        try:
            matching.adopt(version=version, by=by)
        except matching.UnknownModel as error:
            raise CommandError(f"Não há modelo {version}.") from error
        except matching.NeedsRelink as error:
            raise CommandError(
                "Há julgamentos de regras ou de outro modelo, e trocar de modelo moveria pessoas sem ninguém ver. Rode"
                f" `relink --dry-run --model {version}`, confira os números e adote o resultado com `relink --adopt N`."
            ) from error
        self.stdout.write(f"Modelo {version} adotado.")

    def _list(self) -> None:
        for kept in MatchingModel.objects.order_by("made_at").defer("parameters"):
            state = "adotado" if kept.adopted else "guardado"
            self.stdout.write(f"{kept.version} {kept.made_at:%Y-%m-%d} {kept.records} registros, {state}")
