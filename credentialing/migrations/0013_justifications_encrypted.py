"""Justifications name persons: the words of the rows that stand are encrypted, and the readable column goes."""

from collections.abc import Callable
from typing import Any

from django.db import migrations, models

from senappen.lib import crypto

BATCH = 1_000


def _place(purpose: Any) -> str:
    return f"credentialing_purpose|{purpose.pk}|justification"


def _encrypt(purpose: Any) -> None:
    purpose.token = crypto.encrypt(purpose.justification.encode(), aad=_place(purpose))


def _decrypt(purpose: Any) -> None:
    purpose.justification = crypto.decrypt(bytes(purpose.token), aad=_place(purpose)).decode()


def _each(change: Callable[[Any], None], field: str) -> Callable[[Any, Any], None]:
    """Rewrites one column of all rows, a thousand at a time: a national base has years of purposes."""

    def run(apps: Any, schema_editor: Any) -> None:
        purposes = apps.get_model("credentialing", "Purpose").objects.using(schema_editor.connection.alias)
        batch: list[Any] = []
        for purpose in purposes.order_by("pk").iterator(chunk_size=BATCH):
            change(purpose)
            batch.append(purpose)
            if len(batch) == BATCH:
                purposes.bulk_update(batch, [field])
                batch.clear()
        purposes.bulk_update(batch, [field])

    return run


class Migration(migrations.Migration):
    dependencies = [
        ("credentialing", "0012_reports"),
    ]

    operations = [
        migrations.AddField("purpose", "token", models.BinaryField("justificativa cifrada", default=b"")),
        migrations.RunPython(_each(_encrypt, "token"), _each(_decrypt, "justification")),
        # PostgreSQL changes no table that has deferred checks waiting, and rewritten rows leave some.
        migrations.RunSQL("SET CONSTRAINTS ALL IMMEDIATE", "SET CONSTRAINTS ALL IMMEDIATE"),
        migrations.AlterField("purpose", "token", models.BinaryField("justificativa cifrada")),
        migrations.AlterField(
            "purpose", "justification", models.CharField("justificativa", max_length=500, default="")
        ),
        migrations.RemoveField("purpose", "justification"),
    ]
