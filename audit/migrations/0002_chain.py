"""Seal the texts of events, link the events in hash chains, keep checkpoints, and take reading from the application."""

from typing import Any

from django.db import migrations, models

from audit import sealing
from audit.migrations import _chain

BATCH = 1_000


def seal_texts(apps: Any, schema_editor: Any) -> None:
    """What was recorded before is sealed like everything after it, in the order of the table."""
    with schema_editor.connection.cursor() as cursor:
        for at, key, request, kind, purpose_text, detail in _walk(cursor, "purpose_text, detail::text"):
            text = {"purpose_text": purpose_text, "detail": sealing.loads(detail.encode())}
            sealed = sealing.seal(text, request=request, kind=kind)
            cursor.execute("INSERT INTO audit_eventkey VALUES (%s, %s, %s)", [at, key, sealed.wrapped])
            cursor.execute(
                "UPDATE audit_accessevent SET sealed = %s WHERE at = %s AND id = %s", [sealed.sealed, at, key]
            )


def open_texts(apps: Any, schema_editor: Any) -> None:
    """The way back. Texts whose key is gone stay empty."""
    with schema_editor.connection.cursor() as cursor:
        wrapped = "(SELECT wrapped FROM audit_eventkey k WHERE k.at = e.at AND k.event = e.id)"
        for at, key, request, kind, sealed, key_token in _walk(cursor, f"sealed, {wrapped}"):
            if key_token is None:
                continue
            text = sealing.unseal(sealing.Sealed(sealed, key_token), request=request, kind=kind)
            cursor.execute(
                "UPDATE audit_accessevent SET purpose_text = %s, detail = %s::jsonb WHERE at = %s AND id = %s",
                [text["purpose_text"], sealing.dumps(text["detail"]).decode(), at, key],
            )


def _walk(cursor: Any, columns: str) -> Any:
    after: tuple[Any, ...] = ("-infinity", 0)
    while True:
        cursor.execute(
            f"SELECT at, id, request, kind, {columns} FROM audit_accessevent e"  # noqa: S608
            " WHERE (at, id) > (%s::timestamptz, %s) ORDER BY at, id LIMIT %s",
            [*after, BATCH],
        )
        rows = cursor.fetchall()
        yield from rows
        if len(rows) < BATCH:
            return
        after = rows[-1][:2]


def _state() -> list[Any]:
    named = {"default_permissions": ()}
    return [
        migrations.RemoveField("accessevent", "purpose_text"),
        migrations.RemoveField("accessevent", "detail"),
        migrations.AddField("accessevent", "sealed", models.BinaryField(default=b""), preserve_default=False),
        migrations.CreateModel(
            "EventKey",
            [
                ("event", models.BigIntegerField(primary_key=True, serialize=False)),
                ("at", models.DateTimeField(verbose_name="quando")),
                ("wrapped", models.BinaryField(verbose_name="chave cifrada")),
            ],
            {**named, "verbose_name": "chave de evento", "verbose_name_plural": "chaves de eventos"},
        ),
        migrations.CreateModel(
            "Checkpoint",
            [
                ("number", models.BigIntegerField(primary_key=True, serialize=False)),
                ("at", models.DateTimeField(verbose_name="quando")),
                ("text", models.TextField(verbose_name="texto assinado")),
            ],
            {
                **named,
                "verbose_name": "ponto de controle",
                "verbose_name_plural": "pontos de controle",
                "ordering": ["number"],
            },
        ),
    ]


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_events")]

    operations = [
        migrations.RunSQL(_chain.TABLES, _chain.UNDO_TABLES),
        migrations.RunPython(seal_texts, open_texts),
        migrations.RunSQL(_chain.SEALED, _chain.UNDO_SEALED),
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(_chain.ENCODING, _chain.UNDO_CHAIN),
                migrations.RunSQL(_chain.LINK + _chain.APPEND + _chain.PARTITIONS + _chain.KEEP + _chain.GRANTS, ""),
            ],
            state_operations=_state(),
        ),
    ]
