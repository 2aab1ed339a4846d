"""`first_administrator`: the account with which a new platform's central body makes all the others."""

import getpass
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.urls import reverse

from audit import recorder
from audit.events import Actor, Channel, Event, Kind
from credentialing.activities import every
from credentialing.models import Agency, User
from credentialing.roles import Role
from credentialing.services import first_access


class Command(BaseCommand):
    """Refuses once an administrator exists: whoever can run commands must not be able to become one of many."""

    help = "Cria a primeira conta de administração geral e mostra, uma vez, o endereço e o código do primeiro acesso."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--username", required=True, help="usuário")
        parser.add_argument("--name", required=True, help="nome completo")
        parser.add_argument("--email", required=True, help="e-mail funcional")
        parser.add_argument("--agency", required=True, help="sigla do órgão central, criado se não existir")

    def handle(self, *args: Any, **options: str) -> None:
        issued = self._make(options)
        host = next((name for name in settings.ALLOWED_HOSTS if not name.startswith((".", "*"))), "SEU-SITIO")
        address = f"https://{host}{reverse('credentialing:first-access', args=[issued.access.pk])}"
        hours = settings.FIRST_ACCESS_HOURS
        self.stdout.write(f"Conta {issued.access.user.username} criada. Vale por {hours} horas, uma só vez:\n{address}")
        self.stdout.write(f"Código de entrega: {issued.code}")

    @transaction.atomic
    def _make(self, given: dict[str, str]) -> first_access.Issued:
        # Two at once would both find nobody.
        agencies = Agency.objects.select_for_update()
        name = {"name": settings.CENTRAL_BODY, "activities": every()}
        agency, _ = agencies.get_or_create(acronym=given["agency"], defaults=name)
        if User.objects.filter(role=Role.GENERAL_ADMIN).exists():
            raise CommandError("Já há administração geral: peça a ela a conta, ou outro primeiro acesso, em Cadastros.")
        user = User(username=given["username"], full_name=given["name"], email=given["email"], agency=agency)
        user.role = Role.GENERAL_ADMIN
        user.set_unusable_password()
        try:
            user.full_clean()
        except ValidationError as wrong:
            raise CommandError(" ".join(wrong.messages)) from None
        user.save()
        by = Actor(username=getpass.getuser(), channel=Channel.CLI)
        recorder.record_with(
            Event(kind=Kind.CONFIGURED, actor=by, action="user.first_administrator", detail={"user": user.pk})
        )
        return first_access.issue(user=user, by=by)
