"""`load_source CODE`: one load of an origin in the foreground, with a line for each view. Ids and counts only."""

import getpass
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from audit.events import Actor, Channel
from ingestion import health
from ingestion.models import LoadStatus, Source
from ingestion.pipeline.run import run
from ingestion.services import loads


class Command(BaseCommand):
    """Starts a load, or goes on with the unfinished one, without Celery."""

    help = "Carrega uma origem agora, neste terminal."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("code", help="código da origem, como AL")

    def handle(self, *args: Any, **options: Any) -> None:
        code = options["code"]
        source = Source.objects.select_related("origin").filter(origin__code=code, enabled=True).first()
        if source is None:
            raise CommandError(f"Não há fonte ativa da origem {code}.")
        by = Actor(username=getpass.getuser(), channel=Channel.CLI)
        load = loads.start(source=source, by=by, enqueued=False)
        status = run(load)
        found = health.progress(load.pk)
        for view in found.views:
            self.stdout.write(
                f"{view.view}: lidas {view.read}, novas {view.new}, alteradas {view.changed}, excluídas {view.removed},"
                f" sem mudança {view.unchanged}, rejeitadas {view.rejected}, à espera {view.waiting}"
            )
        if status != LoadStatus.FINISHED:
            raise CommandError(f"Carga {load.pk}: {found.cause or 'outro processo a executa.'} {found.reference}")
        self.stdout.write(f"Carga {load.pk} concluída: {found.read} linhas, {found.rate:.0f} por segundo.")
