"""Accounts made before activities decided functions keep what they had: all of them, for their manager to narrow."""

from typing import Any

from django.db import migrations

# As they were when this was written; what comes later is given by whoever credentials.
EVERY = [
    "locate_person", "intelligence", "investigation", "unit_security", "escort", "missing_person", "fraud",
    "identity_review",
]  # fmt: skip


def give(apps: Any, editor: Any) -> None:
    apps.get_model("credentialing", "User").objects.using(editor.connection.alias).update(activities=EVERY)


class Migration(migrations.Migration):
    dependencies = [("credentialing", "0007_people")]
    operations = [migrations.RunPython(give, migrations.RunPython.noop)]
