"""`rebuild_search [--after ID]`: writes every search document anew while searches and loads go on. Shows nobody."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from registry.services import search_documents


class Command(BaseCommand):
    """Prints the last person of each batch: after a stop, `--after` goes on from there."""

    help = "Refaz os documentos de busca de todas as pessoas, sem parar buscas nem cargas."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--after", type=int, default=0, metavar="ID", help="continua depois desta pessoa")

    def handle(self, *args: Any, **options: Any) -> None:
        total = 0
        for last, documents in search_documents.rebuild(options["after"]):
            total += documents
            self.stdout.write(f"{total} documentos refeitos, até a pessoa {last}")
        self.stdout.write("frequências e índices refeitos")
