"""Links between persons, each stored from either side (ADR 16). Everyone already known waits for theirs."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

ALL_WAIT = """
INSERT INTO registry_pendingperson (person_id, since) SELECT id, now() FROM registry_person
ON CONFLICT (person_id) DO NOTHING
"""


class Migration(migrations.Migration):
    dependencies = [
        ("registry", "0012_crossing"),
    ]

    operations = [
        migrations.CreateModel(
            name="PersonLink",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "a_id", "kind", "b_id", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("K", "Parentesco declarado"),
                            ("V", "Visita"),
                            ("L", "Advogado"),
                            ("C", "Mesma cela"),
                            ("N", "Mesmo processo"),
                            ("S", "Mesmo visitante"),
                            ("D", "Mesmo advogado"),
                        ],
                        max_length=1,
                        verbose_name="tipo",
                    ),
                ),
                (
                    "way",
                    models.SmallIntegerField(
                        choices=[(1, "a visita ou defende b"), (2, "b visita ou defende a"), (3, "um ao outro")],
                        verbose_name="sentido",
                    ),
                ),
                ("strength", models.SmallIntegerField(verbose_name="força")),
                ("contacts", models.IntegerField(verbose_name="contatos")),
                ("since", models.DateField(null=True, verbose_name="desde")),
                ("last", models.DateField(null=True, verbose_name="até")),
                ("valid_until", models.DateField(null=True, verbose_name="validade")),
                ("status", models.CharField(blank=True, max_length=12, verbose_name="situação")),
                (
                    "kinships",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=20),
                        default=list,
                        size=None,
                        verbose_name="parentescos",
                    ),
                ),
                (
                    "origins",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), default=list, size=None, verbose_name="origens"
                    ),
                ),
                (
                    "a",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="registry.person",
                        verbose_name="de",
                    ),
                ),
                (
                    "b",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="registry.person",
                        verbose_name="a",
                    ),
                ),
            ],
            options={
                "verbose_name": "vínculo entre pessoas",
                "verbose_name_plural": "vínculos entre pessoas",
            },
        ),
        migrations.RunSQL(ALL_WAIT, migrations.RunSQL.noop),
    ]
