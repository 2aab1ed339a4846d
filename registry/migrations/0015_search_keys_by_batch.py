"""The phonetic keys of a batch of search documents enter their index together, sorted, when the batch is written.

One by one, as `fastupdate = off` has them, they were a third of the time of a first load's documents. A refresh merges
what it wrote before it commits, so that searches never find a list of unmerged keys.
"""

import django.contrib.postgres.indexes
from django.db import migrations

GATHER = """
ALTER INDEX search_keys SET (fastupdate = on);
CREATE FUNCTION registry_merge_search_keys() RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$ SELECT FROM gin_clean_pending_list('public.search_keys'::regclass) $$;
REVOKE ALL ON FUNCTION registry_merge_search_keys() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION registry_merge_search_keys() TO senappen_app;
"""
UNDO = """
SELECT registry_merge_search_keys();
ALTER INDEX search_keys SET (fastupdate = off);
DROP FUNCTION registry_merge_search_keys();
"""


class Migration(migrations.Migration):
    dependencies = [("registry", "0014_partitions_filled_before_indexed")]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL(GATHER, UNDO)],
            state_operations=[
                migrations.RemoveIndex("personsearch", "search_keys"),
                migrations.AddIndex(
                    "personsearch",
                    django.contrib.postgres.indexes.GinIndex(fastupdate=True, fields=["keys"], name="search_keys"),
                ),
            ],
        )
    ]
