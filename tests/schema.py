"""Taking migrations back and making them again over a test's rows."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connections, transaction
from django.db.migrations import Migration
from django.db.migrations.executor import MigrationExecutor


class Owner:
    """The schema in the hands of its owner, in a transaction that nobody else sees and that is undone."""

    def __init__(self, app: str) -> None:
        self._app = app
        self.connection = connections["owner"]
        self._loader = MigrationExecutor(self.connection).loader

    def run(self, statement: str) -> None:
        with self.connection.cursor() as cursor:
            cursor.execute(statement)

    def ask(self, statement: str) -> list[tuple[Any, ...]]:
        with self.connection.cursor() as cursor:
            cursor.execute(statement)
            return list(cursor.fetchall())

    def take_back(self, name: str) -> None:
        migration, state = self._found(name)
        with self.connection.schema_editor(atomic=True) as editor:
            migration.unapply(state, editor)

    def make_again(self, name: str) -> None:
        migration, state = self._found(name)
        with self.connection.schema_editor(atomic=True) as editor:
            migration.apply(state, editor)

    def _found(self, name: str) -> tuple[Migration, Any]:
        state = self._loader.project_state((self._app, name), at_end=False)
        return self._loader.get_migration(self._app, name), state


@contextmanager
def owner(app: str) -> Iterator[Owner]:
    """The schema, to take migrations of `app` back and make them again, after `committed`."""
    for alias in ("default", "audit"):
        connections[alias].close()
    with transaction.atomic(using="owner"):
        yield Owner(app)
        transaction.set_rollback(True, using="owner")
