"""`check_keys`: which key of `FIELD_KEYS` still opens how many values, and which one may be taken out."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from senappen import keys


class Command(BaseCommand):
    """Fails when a value needs a key that is not configured, or when the key asked about is still needed."""

    help = "Diz quantos valores cada chave de FIELD_KEYS ainda abre e qual pode ser retirada."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--removable", metavar="CHAVE", help="falha se esta chave for necessária")

    def handle(self, *args: Any, **options: Any) -> None:
        uses = keys.report()
        for use in uses:
            self.stdout.write(_line(use))
        if missing := [use for use in uses if not use.known]:
            total = sum(use.values for use in missing)
            raise CommandError(f"{total} valores precisam de chave que não está em FIELD_KEYS; devolva-a à lista.")
        if asked := options["removable"]:
            _check(asked, uses)


def _line(use: keys.KeyUse) -> str:
    place = "atual" if use.current else "só leitura" if use.known else "AUSENTE de FIELD_KEYS"
    needed = ", ".join(f"{name}: {count}" for name, count in use.needed_by.items()) or "nada"
    verdict = " · pode ser retirada" if use.removable and use.known else ""
    return f"{use.key} ({place}) · cifrou {needed}{verdict}"


def _check(asked: str, uses: list[keys.KeyUse]) -> None:
    found = next((use for use in uses if use.key == asked), None)
    if found is None:
        raise CommandError(f"A chave {asked} não está em FIELD_KEYS.")
    if not found.removable:
        why = "é a atual" if found.current else f"ainda abre {found.values} valores; execute rotate_keys"
        raise CommandError(f"A chave {asked} não pode ser retirada: {why}.")
