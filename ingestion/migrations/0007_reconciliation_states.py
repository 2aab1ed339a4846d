"""Where a reconciliation stands, and exclusions put aside in the first of its two readings."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("ingestion", "0006_schedule_agreements_alerts"),
    ]

    operations = [
        migrations.AddField(
            model_name="loadview",
            name="exclusions_refused",
            field=models.BooleanField(default=False, verbose_name="exclusões recusadas nesta carga"),
        ),
        migrations.AlterField(
            model_name="loadview",
            name="state",
            field=models.CharField(
                choices=[
                    ("pending", "Aguardando"),
                    ("extracting", "Lendo"),
                    ("extracted", "Lida"),
                    ("asking", "Pede confirmação"),
                    ("listing", "Listando chaves"),
                    ("ask_keys", "Pede confirmação"),
                    ("published", "Publicada"),
                ],
                default="pending",
                max_length=10,
                verbose_name="situação",
            ),
        ),
    ]
