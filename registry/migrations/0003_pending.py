"""Work left between the stages, and document numbers in their comparable form."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("registry", "0002_partitions"),
    ]

    operations = [
        migrations.CreateModel(
            name="PendingPerson",
            fields=[
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="registry.person",
                    ),
                ),
                (
                    "since",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name="desde"),
                ),
            ],
            options={
                "verbose_name": "pessoa a reindexar",
                "verbose_name_plural": "pessoas a reindexar",
            },
        ),
        migrations.CreateModel(
            name="PendingRecord",
            fields=[
                (
                    "record",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="registry.record",
                    ),
                ),
                (
                    "since",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name="desde"),
                ),
            ],
            options={
                "verbose_name": "registro a julgar",
                "verbose_name_plural": "registros a julgar",
            },
        ),
        migrations.RemoveIndex(
            model_name="prisoner",
            name="prisoner_registration",
        ),
        migrations.AddField(
            model_name="prisoner",
            name="registration_norm",
            field=models.CharField(blank=True, max_length=45),
        ),
        migrations.AddField(
            model_name="visitor",
            name="rg_norm",
            field=models.CharField(blank=True, max_length=20),
        ),
        migrations.AlterField(
            model_name="personsearch",
            name="situation",
            field=models.CharField(
                choices=[
                    ("CUSTODY", "Custodiado"),
                    ("TRANSIT", "Saída temporária ou trânsito"),
                    ("FUGITIVE", "Foragido"),
                    ("RELEASED", "Egresso"),
                    ("DEAD", "Falecido"),
                    ("NONE", "Sem passagem"),
                ],
                max_length=20,
                verbose_name="situação",
            ),
        ),
        migrations.AddIndex(
            model_name="prisoner",
            index=models.Index(
                condition=models.Q(("registration_norm", ""), _negated=True),
                fields=["registration_norm"],
                name="prisoner_registration",
            ),
        ),
        migrations.AddIndex(
            model_name="visitor",
            index=models.Index(
                condition=models.Q(("rg_norm", ""), _negated=True), fields=["rg_norm"], name="visitor_rg"
            ),
        ),
    ]
