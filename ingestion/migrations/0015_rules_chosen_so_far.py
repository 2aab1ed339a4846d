"""The history of rules begins with what each origin's sources have now."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def begin(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    source, choice = apps.get_model("ingestion", "Source"), apps.get_model("ingestion", "RuleChoice")
    known = source.objects.using(editor.connection.alias).order_by("origin", "enabled", "created_at")
    choice.objects.using(editor.connection.alias).bulk_create(
        choice(origin_id=one.origin_id, rule=one.rule, since=one.created_at, chosen_by="system:migration")
        for one in known
    )


class Migration(migrations.Migration):
    dependencies = [("ingestion", "0014_agreements_board")]
    operations = [migrations.RunPython(begin, migrations.RunPython.noop)]
