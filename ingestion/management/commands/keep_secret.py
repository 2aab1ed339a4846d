"""`keep_secret CODE NAME < file`: keep a secret that an API's mapping cites. Never an argument, never shown."""

import getpass
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from audit.events import Actor, Channel
from ingestion.mapping.api import SECRET
from ingestion.models import Source
from ingestion.services import sources

LONGEST = 100_000


class Command(BaseCommand):
    """Reads the value from the standard input, or asks for it without showing it."""

    help = "Guarda, cifrado, um segredo citado na seção api do mapeamento (chave, certificado…)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("code", help="código da origem, como AL")
        parser.add_argument("name", help="nome citado no mapeamento, como chave_api")

    def handle(self, *args: Any, **options: Any) -> None:
        code, name = options["code"], options["name"]
        source = Source.objects.select_related("origin").filter(origin__code=code, enabled=True).first()
        if source is None:
            raise CommandError(f"Não há fonte ativa da origem {code}.")
        if not SECRET.fullmatch(name):
            raise CommandError("O nome do segredo tem só minúsculas, dígitos e _, e começa por letra.")
        value = (getpass.getpass("Valor: ") if sys.stdin.isatty() else sys.stdin.read(LONGEST)).strip()
        if not value:
            raise CommandError("O valor veio vazio; nada foi guardado.")
        sources.put_secret(
            source=source, name=name, value=value, by=Actor(username=getpass.getuser(), channel=Channel.CLI)
        )
        self.stdout.write(f"Segredo {name} da origem {code} guardado.")
