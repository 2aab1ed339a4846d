"""Findings of the quality rules, their history, and the work that waits for a check.

History is only added to: the application may neither change nor delete what is written.
"""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

KEEP = "REVOKE UPDATE, DELETE, TRUNCATE ON registry_findingevent FROM senappen_app"
GIVE_BACK = "GRANT UPDATE, DELETE ON registry_findingevent TO senappen_app"


class Migration(migrations.Migration):
    dependencies = [
        ("registry", "0010_people_without_needless_checks"),
    ]

    operations = [
        migrations.CreateModel(
            name="Finding",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("rule", models.CharField(max_length=40, verbose_name="regra")),
                ("subject", models.CharField(max_length=260)),
                (
                    "severity",
                    models.CharField(
                        choices=[("1", "Alta"), ("2", "Média"), ("3", "Baixa")], max_length=1, verbose_name="gravidade"
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("open", "Aberto"),
                            ("acknowledged", "Em tratamento"),
                            ("dismissed", "Descartado"),
                            ("resolved", "Resolvido"),
                        ],
                        default="open",
                        max_length=12,
                        verbose_name="situação",
                    ),
                ),
                ("owner", models.CharField(blank=True, default="", max_length=80, verbose_name="responsável")),
                (
                    "origins",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), size=None, verbose_name="origens"
                    ),
                ),
                ("evidence", models.JSONField(default=dict, verbose_name="evidência")),
                (
                    "opened_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), verbose_name="aberto em"
                    ),
                ),
                (
                    "last_seen_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), verbose_name="verificado em"
                    ),
                ),
                ("closed_at", models.DateTimeField(null=True, verbose_name="resolvido em")),
                (
                    "unit",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.unit",
                        verbose_name="unidade",
                    ),
                ),
            ],
            options={
                "verbose_name": "achado",
                "verbose_name_plural": "achados",
            },
        ),
        migrations.CreateModel(
            name="FindingEvent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name="em")),
                ("by", models.CharField(max_length=80, verbose_name="por")),
                (
                    "before",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("open", "Aberto"),
                            ("acknowledged", "Em tratamento"),
                            ("dismissed", "Descartado"),
                            ("resolved", "Resolvido"),
                        ],
                        max_length=12,
                        verbose_name="de",
                    ),
                ),
                (
                    "after",
                    models.CharField(
                        choices=[
                            ("open", "Aberto"),
                            ("acknowledged", "Em tratamento"),
                            ("dismissed", "Descartado"),
                            ("resolved", "Resolvido"),
                        ],
                        max_length=12,
                        verbose_name="para",
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=500, verbose_name="nota")),
                (
                    "finding",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="events",
                        to="registry.finding",
                        verbose_name="achado",
                    ),
                ),
            ],
            options={
                "verbose_name": "evento do achado",
                "verbose_name_plural": "eventos do achado",
            },
        ),
        migrations.CreateModel(
            name="FindingRecord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "finding",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.finding",
                    ),
                ),
                (
                    "record",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.record",
                    ),
                ),
            ],
            options={
                "verbose_name": "registro do achado",
                "verbose_name_plural": "registros do achado",
            },
        ),
        migrations.AddField(
            model_name="finding",
            name="records",
            field=models.ManyToManyField(
                related_name="findings", through="registry.FindingRecord", to="registry.record"
            ),
        ),
        migrations.CreateModel(
            name="PendingCheck",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "origin",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="registry.origin",
                    ),
                ),
                (
                    "record",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="registry.record",
                    ),
                ),
            ],
            options={
                "verbose_name": "verificação pendente",
                "verbose_name_plural": "verificações pendentes",
            },
        ),
        migrations.AddConstraint(
            model_name="findingrecord",
            constraint=models.UniqueConstraint(fields=("finding", "record"), name="finding_record_once"),
        ),
        migrations.AddIndex(
            model_name="finding",
            index=django.contrib.postgres.indexes.GinIndex(
                condition=models.Q(("closed_at", None)), fields=["origins"], name="finding_origins"
            ),
        ),
        migrations.AddConstraint(
            model_name="finding",
            constraint=models.UniqueConstraint(fields=("rule", "subject"), name="finding_once_per_subject"),
        ),
        migrations.RunSQL(KEEP, GIVE_BACK),
    ]
