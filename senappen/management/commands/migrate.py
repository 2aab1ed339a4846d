"""`migrate`, as the owner of the schema: makes the database and the application's role first."""

from typing import Any

from django.core.management.base import CommandParser
from django.core.management.commands.migrate import Command as MigrateCommand

from senappen import database


class Command(MigrateCommand):
    """Django's command with another default connection and the preparation it needs."""

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.set_defaults(database="owner")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["database"] == "owner":
            database.create()
            database.prepare()
        super().handle(*args, **options)
