"""The mirror, with a partition for every origin, and the schema where loads land their rows.

A partition is made by the owner on the application's request. In the schema `landing` the application makes and drops
tables of its own: one for each view of a running load, so that clearing it costs nothing and bloats nothing.
"""

import django.db.models.deletion
from django.db import migrations, models

MIRROR = """
CREATE TABLE ingestion_rawrecord (
    origin_id bigint NOT NULL,
    view varchar(30) NOT NULL,
    origin_key varchar(40) NOT NULL,
    content_hash uuid NOT NULL,
    raw text NOT NULL,
    mapping_id bigint NOT NULL,
    load bigint NOT NULL,
    changed_at timestamptz NOT NULL,
    PRIMARY KEY (origin_id, view, origin_key)
) PARTITION BY LIST (origin_id);
"""

ADD_PARTITION = """
CREATE FUNCTION ingestion_add_partition(origin bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    EXECUTE format('CREATE TABLE IF NOT EXISTS public.%I PARTITION OF public.ingestion_rawrecord FOR VALUES IN (%s)',
        'ingestion_rawrecord_o' || origin, origin);
END $$;
REVOKE ALL ON FUNCTION ingestion_add_partition(bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ingestion_add_partition(bigint) TO senappen_app;
"""

LANDING = """
CREATE SCHEMA landing;
GRANT USAGE, CREATE ON SCHEMA landing TO senappen_app;
"""

UNDO = """
DROP SCHEMA landing CASCADE;
DROP FUNCTION ingestion_add_partition(bigint);
DROP TABLE ingestion_rawrecord;
"""


class Migration(migrations.Migration):
    dependencies = [("ingestion", "0001_sources_and_loads")]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL(MIRROR + ADD_PARTITION + LANDING, UNDO)],
            state_operations=[
                migrations.CreateModel(
                    name="RawRecord",
                    fields=[
                        (
                            "pk",
                            models.CompositePrimaryKey(
                                "origin_id",
                                "view",
                                "origin_key",
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
                        ("load", models.BigIntegerField()),
                        ("changed_at", models.DateTimeField()),
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
                    ],
                    options={"verbose_name": "registro bruto", "verbose_name_plural": "registros brutos"},
                ),
            ],
        ),
    ]
