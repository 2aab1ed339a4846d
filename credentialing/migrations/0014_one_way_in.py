"""Temporary passwords go: who still had one is given another first access by whoever made the account."""

from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import migrations


def close(apps: Any, schema_editor: Any) -> None:
    """A password somebody else knows must not become an ordinary one."""
    users = apps.get_model("credentialing", "User").objects.using(schema_editor.connection.alias)
    for user in users.filter(password_is_temporary=True):
        user.password = make_password(None)
        user.save(update_fields=["password"])


class Migration(migrations.Migration):
    dependencies = [
        ("credentialing", "0013_justifications_encrypted"),
    ]

    operations = [
        migrations.RunPython(close, migrations.RunPython.noop),
        # PostgreSQL changes no table that has deferred checks waiting, and rewritten rows leave some.
        migrations.RunSQL("SET CONSTRAINTS ALL IMMEDIATE", migrations.RunSQL.noop),
        migrations.RemoveField("user", "password_is_temporary"),
    ]
