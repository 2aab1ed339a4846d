"""Partitioned tables in Django migrations."""

from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations import CreateModel


class CreateListPartitionedModel(CreateModel):
    """`CreateModel` for a table partitioned by LIST of its `origin_id`.

    PostgreSQL wants the partition column in the primary key, so that key is (origin_id, id); Django goes on
    taking `id` alone for the key, which its one sequence for all partitions keeps true.
    """

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        model = to_state.apps.get_model(app_label, self.name)
        if not self.allow_migrate_model(schema_editor.connection.alias, model):
            return
        original = schema_editor.table_sql

        def partitioned(model: Any) -> tuple[str, Any]:
            statement, params = original(model)
            statement = statement.replace(" PRIMARY KEY", "", 1).rstrip().removesuffix(")")
            return f"{statement}, PRIMARY KEY (origin_id, id)) PARTITION BY LIST (origin_id)", params

        schema_editor.table_sql = partitioned  # type: ignore[method-assign]
        try:
            schema_editor.create_model(model)
        finally:
            schema_editor.table_sql = original  # type: ignore[method-assign]
