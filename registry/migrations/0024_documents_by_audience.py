"""Whoever has a lawyer's record among others gets a second search document, without it (ADR 23).

Documents with a lawyer's record are for those who may see lawyers from now on; the second ones are written by the next
refresh, for which their persons wait. Words that only lawyers have are counted apart from the next count on: run
`rebuild_search` once.
"""

import django.db.models.deletion
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import migrations, models

SPLIT = """
ALTER TABLE registry_personsearch ADD COLUMN audience varchar(1) NOT NULL DEFAULT 'E';
UPDATE registry_personsearch SET audience = 'L' WHERE kinds && ARRAY['L']::varchar[];
ALTER TABLE registry_personsearch DROP CONSTRAINT registry_personsearch_pkey;
ALTER TABLE registry_personsearch ADD CONSTRAINT registry_personsearch_pkey PRIMARY KEY (person_id, audience);
INSERT INTO registry_pendingperson (person_id, since)
SELECT person_id, now() FROM registry_personsearch WHERE audience = 'L' AND kinds && ARRAY['P', 'V']::varchar[]
ORDER BY person_id ON CONFLICT (person_id) DO NOTHING;
"""
JOIN = """
DELETE FROM registry_personsearch WHERE audience = 'O';
ALTER TABLE registry_personsearch DROP CONSTRAINT registry_personsearch_pkey;
ALTER TABLE registry_personsearch ADD CONSTRAINT registry_personsearch_pkey PRIMARY KEY (person_id);
ALTER TABLE registry_personsearch DROP COLUMN audience;
"""


class Migration(migrations.Migration):
    dependencies = [("registry", "0023_crossings_of_a_state")]

    operations = [
        # Django cannot give a table that is there a primary key of two columns.
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL(SPLIT, JOIN)],
            state_operations=[
                migrations.DeleteModel("PersonSearch"),
                migrations.CreateModel(
                    name="PersonSearch",
                    fields=[
                        (
                            "pk",
                            models.CompositePrimaryKey(
                                "person_id", "audience", blank=True, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="registry.person",
                                verbose_name="pessoa",
                            ),
                        ),
                        (
                            "audience",
                            models.CharField(
                                choices=[("E", "Todos"), ("L", "Quem vê advogados"), ("O", "Quem não vê advogados")],
                                db_default="E",
                                default="E",
                                max_length=1,
                                verbose_name="público",
                            ),
                        ),
                        ("names", models.TextField(verbose_name="nomes")),
                        ("mothers", models.TextField(blank=True, verbose_name="mães")),
                        ("fathers", models.TextField(blank=True, verbose_name="pais")),
                        (
                            "births",
                            ArrayField(
                                base_field=models.DateField(), default=list, size=None, verbose_name="nascimentos"
                            ),
                        ),
                        ("sex", models.CharField(blank=True, max_length=1, verbose_name="sexo")),
                        (
                            "kinds",
                            ArrayField(
                                base_field=models.CharField(max_length=1), default=list, size=None, verbose_name="tipos"
                            ),
                        ),
                        (
                            "ufs",
                            ArrayField(
                                base_field=models.CharField(max_length=2),
                                default=list,
                                size=None,
                                verbose_name="UFs com registro",
                            ),
                        ),
                        ("uf", models.CharField(blank=True, max_length=2, verbose_name="UF de custódia")),
                        (
                            "unit",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="registry.unit",
                                verbose_name="unidade",
                            ),
                        ),
                        ("regime", models.CharField(blank=True, max_length=20, verbose_name="regime")),
                        (
                            "modality",
                            models.CharField(blank=True, max_length=30, verbose_name="modalidade de custódia"),
                        ),
                        (
                            "situation",
                            models.CharField(
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
                        (
                            "keys",
                            ArrayField(
                                base_field=models.IntegerField(), default=list, size=None, verbose_name="chaves"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "documento de busca",
                        "verbose_name_plural": "documentos de busca",
                        "indexes": [GinIndex(fields=["keys"], name="search_keys", fastupdate=True)],
                    },
                ),
            ],
        ),
        migrations.AddField("namekey", "lawyers", models.PositiveIntegerField(default=0, verbose_name="advogados")),
    ]
