"""Words near one another share what is left of them when a letter or two are taken away (symmetric deletions).

The column is generated, so that every way into the vocabulary, loads' set-based one among them, fills it alike.
Documents get their fathers and modality from `rebuild_search`, which needs no pause.
"""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
from django.db import migrations, models

# hashtext is the hash of hash partitions, which survive upgrades: it does not change from version to version. Keys of six letters or fewer lose one letter only: what two leave of them
# is shared by a tenth of the vocabulary. Beyond fourteen letters the pairs are too many, and such words glued ones.
CREATE = """
CREATE FUNCTION registry_deletions(word text, shortest integer) RETURNS integer[]
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE SET search_path = pg_catalog, pg_temp
AS $$
SELECT array_agg(DISTINCT hashtext(variant)) FROM (
    SELECT word AS variant
    UNION ALL
    SELECT left(word, i - 1) || substr(word, i + 1) FROM generate_series(1, length(word)) AS i WHERE length(word) > 2
    UNION ALL
    SELECT left(word, i - 1) || substr(word, i + 1, j - i - 1) || substr(word, j + 1)
    FROM generate_series(1, length(word)) AS i, generate_series(i + 1, length(word)) AS j
    WHERE length(word) BETWEEN shortest AND 14) variants
$$;
GRANT EXECUTE ON FUNCTION registry_deletions(text, integer) TO senappen_app;
"""


class Migration(migrations.Migration):
    dependencies = [("registry", "0018_figures")]

    operations = [
        migrations.AddField(
            "personsearch",
            "fathers",
            models.TextField(blank=True, default="", verbose_name="pais"),
            preserve_default=False,
        ),
        migrations.AddField(
            "personsearch",
            "modality",
            models.CharField(blank=True, default="", max_length=30, verbose_name="modalidade de custódia"),
            preserve_default=False,
        ),
        migrations.AddField("namekey", "fathers", models.PositiveIntegerField(default=0, verbose_name="pais")),
        migrations.RunSQL(CREATE, "DROP FUNCTION registry_deletions(text, integer)"),
        migrations.AddField(
            "namekey",
            "deletions",
            models.GeneratedField(
                db_persist=True,
                expression=models.Func(models.F("key"), models.Value(7), function="registry_deletions"),
                output_field=django.contrib.postgres.fields.ArrayField(models.IntegerField()),
                verbose_name="apagamentos",
            ),
        ),
        migrations.AddIndex(
            "namekey",
            django.contrib.postgres.indexes.GinIndex(fastupdate=False, fields=["deletions"], name="name_key_near"),
        ),
    ]
