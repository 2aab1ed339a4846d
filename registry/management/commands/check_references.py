"""`manage.py check_references`: rows whose parent is missing, which the database does not refuse (ADR 12 and 13)."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from registry.selectors import references


class Command(BaseCommand):
    """Prints each reference with rows that lack their parent; ends with an error where there is one."""

    help = "Confere se toda linha do registro tem a linha a que se refere; termina com erro se alguma não tem."

    def handle(self, *args: Any, **options: Any) -> None:
        """Raises CommandError where a row lacks its parent."""
        broken = [(reference, count) for reference, count in references.orphans() if count != 0]
        for reference, count in broken:
            found = f"não terminou em {references.SECONDS} s" if count is None else f"{count} sem {reference.parent}"
            self.stdout.write(f"{reference}: {found}")
        if broken:
            raise CommandError(
                "Há linhas sem a linha a que se referem, ou que não puderam ser conferidas. Não apague nada: guarde"
                " esta lista, descubra o que apagou registros por fora da plataforma e restaure-os de uma cópia."
            )
        self.stdout.write(f"{len(references.unchecked())} referências conferidas, todas inteiras.")
