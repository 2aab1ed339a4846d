"""`relink --dry-run [--model VERSION]` | `relink --adopt N`: links the whole base anew, in two steps."""

import getpass
import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from audit.events import Actor, Channel
from registry.models import Relink
from registry.services import matching, search_documents
from registry.services.resolution import adopting, relinking


class Command(BaseCommand):
    """Shows what a model would change in the base; adopts exactly that."""

    help = "Religa a base inteira: primeiro mostra o que mudaria, depois aplica."

    def add_arguments(self, parser: ArgumentParser) -> None:
        step = parser.add_mutually_exclusive_group(required=True)
        step.add_argument("--dry-run", action="store_true", help="calcula e guarda as diferenças; não move ninguém")
        step.add_argument("--adopt", type=int, metavar="N", help="aplica as diferenças da religação N e adota o modelo")
        parser.add_argument("--model", help="versão; sem ela, o modelo adotado")

    def handle(self, *args: Any, **options: Any) -> None:
        by = Actor(username=getpass.getuser(), channel=Channel.CLI)
        if options["dry_run"]:
            self._dry_run(options["model"] or matching.adopted() or "", by)
        else:
            self._adopt(options["adopt"], by)

    def _dry_run(self, version: str, by: Actor) -> None:
        try:
            made = relinking.dry_run(version=version, by=by)
        except matching.UnknownModel as error:
            raise CommandError("Não há esse modelo; treine um com `matching_model train`.") from error
        shown = {"relink": made.pk, "model": version, **made.figures}
        self.stdout.write(json.dumps(shown, ensure_ascii=False, indent=2))

    def _adopt(self, number: int, by: Actor) -> None:
        relink = Relink.objects.select_related("model").filter(pk=number).first()
        if relink is None:
            raise CommandError(f"Não há religação {number}.")
        try:
            count = adopting.adopt(relink, by=by)
        except adopting.AlreadyAdopted as error:
            raise CommandError(f"A religação {number} já foi adotada.") from error
        except adopting.Stale as error:
            raise CommandError(
                "Cargas ou pessoas mudaram pares desta religação depois dela; nada foi aplicado. Rode"
                f" `relink --dry-run --model {relink.model.version}` outra vez. Exemplos: {error.pairs[:5]}"
            ) from error
        search_documents.refresh()
        self.stdout.write(f"{count} mudanças aplicadas; modelo {relink.model.version} adotado.")
