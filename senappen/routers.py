"""Migrations run as the owner of the schema, never as the application."""


class OwnerMigrates:
    """Allow schema changes on the `owner` connection alone."""

    def allow_migrate(self, db: str, app_label: str, **hints: object) -> bool:
        return db == "owner"
