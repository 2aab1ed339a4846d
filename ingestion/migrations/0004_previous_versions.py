"""Previous versions, key reconciliations, and removals that wait for an answer.

As the mirror, previous versions have a partition for every origin, made by the owner on the application's request.
"""

import django.db.models.deletion
from django.db import migrations, models

VERSIONS = """
CREATE TABLE ingestion_previousversion (
    origin_id bigint NOT NULL,
    view varchar(30) NOT NULL,
    origin_key varchar(40) NOT NULL,
    content_hash uuid NOT NULL,
    raw text NOT NULL,
    mapping_id bigint NOT NULL,
    load bigint NOT NULL,
    replaced_by_load bigint NOT NULL,
    origin_updated_at timestamptz,
    presence varchar(1) NOT NULL,
    valid_from timestamptz NOT NULL,
    valid_to timestamptz NOT NULL,
    replaced_because varchar(7) NOT NULL,
    PRIMARY KEY (origin_id, view, origin_key, valid_to)
) PARTITION BY LIST (origin_id);
"""

ADD_PARTITIONS = """
CREATE OR REPLACE FUNCTION ingestion_add_partition(origin bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    parent text;
BEGIN
    FOREACH parent IN ARRAY ARRAY['ingestion_rawrecord', 'ingestion_previousversion'] LOOP
        EXECUTE format('CREATE TABLE IF NOT EXISTS public.%I PARTITION OF public.%I FOR VALUES IN (%s)',
            parent || '_o' || origin, parent, origin);
    END LOOP;
END $$;
SELECT ingestion_add_partition(origin_id) FROM (SELECT DISTINCT origin_id FROM ingestion_source) s;
"""

ADD_ONE_PARTITION = """
CREATE OR REPLACE FUNCTION ingestion_add_partition(origin bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    EXECUTE format('CREATE TABLE IF NOT EXISTS public.%I PARTITION OF public.ingestion_rawrecord FOR VALUES IN (%s)',
        'ingestion_rawrecord_o' || origin, origin);
END $$;
DROP TABLE ingestion_previousversion;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("ingestion", "0003_network_of_sources"),
        ("registry", "0004_statistics"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL(VERSIONS + ADD_PARTITIONS, ADD_ONE_PARTITION)],
            state_operations=[
                migrations.CreateModel(
                    name="PreviousVersion",
                    fields=[
                        (
                            "pk",
                            models.CompositePrimaryKey(
                                "origin_id",
                                "view",
                                "origin_key",
                                "valid_to",
                                blank=True,
                                editable=False,
                                primary_key=True,
                                serialize=False,
                            ),
                        ),
                        ("view", models.CharField(max_length=30)),
                        ("origin_key", models.CharField(max_length=40)),
                        ("content_hash", models.UUIDField()),
                        ("raw", models.TextField()),
                        (
                            "mapping",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="ingestion.mappingversion",
                            ),
                        ),
                        (
                            "origin",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="registry.origin",
                            ),
                        ),
                        ("load", models.BigIntegerField()),
                        ("replaced_by_load", models.BigIntegerField()),
                        ("origin_updated_at", models.DateTimeField(null=True)),
                        (
                            "presence",
                            models.CharField(
                                choices=[("P", "Presente"), ("E", "Excluída na origem"), ("G", "Ausente da origem")],
                                max_length=1,
                            ),
                        ),
                        ("valid_from", models.DateTimeField()),
                        ("valid_to", models.DateTimeField()),
                        (
                            "replaced_because",
                            models.CharField(
                                choices=[("updated", "Atualizada"), ("removed", "Excluída"), ("back", "Voltou")],
                                max_length=7,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "versão anterior",
                        "verbose_name_plural": "versões anteriores",
                    },
                ),
            ],
        ),
        migrations.RemoveConstraint(
            model_name="rejection",
            name="rejection_stands_once",
        ),
        migrations.AddField(
            model_name="load",
            name="kind",
            field=models.CharField(
                choices=[("incremental", "Incremental"), ("reconciliation", "Conferência de chaves")],
                default="incremental",
                max_length=14,
                verbose_name="tipo",
            ),
        ),
        migrations.AddField(
            model_name="loadview",
            name="absent_count",
            field=models.BigIntegerField(default=0, verbose_name="ausentes da origem"),
        ),
        migrations.AddField(
            model_name="loadview",
            name="answer",
            field=models.CharField(
                blank=True,
                choices=[("approved", "Aprovadas"), ("refused", "Recusadas")],
                max_length=8,
                verbose_name="resposta",
            ),
        ),
        migrations.AddField(
            model_name="loadview",
            name="answered_at",
            field=models.DateTimeField(null=True, verbose_name="respondida em"),
        ),
        migrations.AddField(
            model_name="loadview",
            name="answered_by",
            field=models.CharField(blank=True, max_length=80, verbose_name="respondida por"),
        ),
        migrations.AddField(
            model_name="loadview",
            name="asked_count",
            field=models.BigIntegerField(null=True, verbose_name="exclusões a confirmar"),
        ),
        migrations.AddField(
            model_name="loadview",
            name="asked_of",
            field=models.BigIntegerField(null=True, verbose_name="de um total de"),
        ),
        migrations.AddField(
            model_name="loadview",
            name="key_count",
            field=models.BigIntegerField(default=0, verbose_name="chaves na origem"),
        ),
        migrations.AddField(
            model_name="loadview",
            name="landed_before",
            field=models.BigIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="loadview",
            name="missed_count",
            field=models.BigIntegerField(default=0, verbose_name="perdidas e relidas"),
        ),
        migrations.AddField(
            model_name="loadview",
            name="read_again_from",
            field=models.JSONField(null=True, verbose_name="relida desde"),
        ),
        migrations.AddField(
            model_name="loadview",
            name="read_before",
            field=models.BigIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="loadview",
            name="reading",
            field=models.PositiveSmallIntegerField(default=1, verbose_name="leitura"),
        ),
        migrations.AddField(
            model_name="loadview",
            name="refused_count",
            field=models.BigIntegerField(default=0, verbose_name="exclusões recusadas"),
        ),
        migrations.AddField(
            model_name="loadview",
            name="rejected_before",
            field=models.BigIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="rawrecord",
            name="origin_updated_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="rawrecord",
            name="presence",
            field=models.CharField(
                choices=[("P", "Presente"), ("E", "Excluída na origem"), ("G", "Ausente da origem")],
                default="P",
                max_length=1,
            ),
        ),
        migrations.AddField(
            model_name="rejection",
            name="origin_updated_at",
            field=models.DateTimeField(null=True, verbose_name="atualizada na origem em"),
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
                    ("listed", "Chaves listadas"),
                    ("ask_keys", "Pede confirmação"),
                    ("published", "Publicada"),
                ],
                default="pending",
                max_length=10,
                verbose_name="situação",
            ),
        ),
        migrations.AlterField(
            model_name="rejection",
            name="status",
            field=models.CharField(
                choices=[
                    ("open", "Aberta"),
                    ("waiting", "À espera da próxima carga"),
                    ("refused", "Exclusão recusada"),
                    ("reprocessed", "Reprocessada"),
                    ("superseded", "Superada por versão mais nova"),
                    ("gone", "Excluída na origem"),
                ],
                default="open",
                max_length=12,
                verbose_name="situação",
            ),
        ),
        migrations.AddConstraint(
            model_name="rejection",
            constraint=models.UniqueConstraint(
                condition=models.Q(("status__in", ("open", "waiting", "refused"))),
                fields=("origin", "view", "raw_hash"),
                name="rejection_stands_once",
            ),
        ),
    ]
