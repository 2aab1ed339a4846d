"""`audit_key`: the public key that verifies the audit's checkpoints."""

from typing import Any

from django.core.management.base import BaseCommand

from audit import checkpoints


class Command(BaseCommand):
    """Prints it in base64, for `python -m audit_verify --key`."""

    help = "Mostra a chave pública que confere as assinaturas da auditoria."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(checkpoints.public_key())
