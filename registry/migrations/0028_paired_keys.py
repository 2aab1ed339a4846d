"""Keys that many carry are told in pairs too (registry.services.search_documents.pairing): none is until that ran."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("registry", "0027_changes_kept"),
    ]

    operations = [
        migrations.AddField(
            model_name="namekey",
            name="pairing",
            field=models.PositiveSmallIntegerField(
                choices=[(0, "Não"), (1, "Em escrita"), (2, "Sim")], db_default=0, verbose_name="pares"
            ),
        ),
    ]
