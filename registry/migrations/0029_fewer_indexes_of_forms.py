"""Comparable forms are found by nine of their indexes and five that serve several rules, in place of twenty-five.

Minutes in a large base: building the five reads every form.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("registry", "0028_paired_keys"),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="matchsubject",
            name="ms_rg_rg_uf",
        ),
        migrations.RemoveIndex(
            model_name="matchsubject",
            name="ms_rg_given",
        ),
        migrations.RemoveIndex(
            model_name="matchsubject",
            name="ms_birth_given",
        ),
        migrations.RemoveIndex(
            model_name="matchsubject",
            name="ms_birth_last",
        ),
        migrations.RemoveIndex(
            model_name="matchsubject",
            name="ms_m",
        ),
        migrations.RemoveIndex(
            model_name="matchsubject",
            name="ms_words",
        ),
        migrations.RemoveIndex(
            model_name="matchsubject",
            name="ms_birth_ends",
        ),
        migrations.RemoveIndex(
            model_name="matchsubject",
            name="ms_birth_start",
        ),
        migrations.RemoveIndex(
            model_name="matchsubject",
            name="ms_birth_tail",
        ),
        migrations.RemoveIndex(
            model_name="matchsubject",
            name="ms_birth_given_m_given",
        ),
        migrations.RemoveIndex(
            model_name="matchsubject",
            name="ms_words_year",
        ),
        migrations.RemoveIndex(
            model_name="matchsubject",
            name="ms_words_month_day",
        ),
        migrations.RemoveIndex(
            model_name="matchsubject",
            name="ms_words_m",
        ),
        migrations.RemoveIndex(
            model_name="matchsubject",
            name="ms_words_lawyer",
        ),
        migrations.RemoveIndex(
            model_name="matchsubject",
            name="ms_m_given_year",
        ),
        migrations.RemoveIndex(
            model_name="matchsubject",
            name="ms_m_year_last",
        ),
        migrations.AddIndex(
            model_name="matchsubject",
            index=models.Index(
                condition=models.Q(("rg__isnull", False)), fields=["rg", "rg_uf", "key_given"], name="ms_rg_and"
            ),
        ),
        migrations.AddIndex(
            model_name="matchsubject",
            index=models.Index(
                condition=models.Q(("birth_any__isnull", False), ("key_given__isnull", False)),
                fields=["birth_any", "key_given", "key_ends", "key_start", "key_mother_given"],
                name="ms_birth_given_and",
            ),
        ),
        migrations.AddIndex(
            model_name="matchsubject",
            index=models.Index(
                condition=models.Q(("birth_any__isnull", False), ("key_last__isnull", False)),
                fields=["birth_any", "key_last", "key_tail"],
                name="ms_birth_last_and",
            ),
        ),
        migrations.AddIndex(
            model_name="matchsubject",
            index=models.Index(
                condition=models.Q(("key_words__isnull", False)),
                fields=["key_words", "year", "month_day", "key_mother", "lawyer"],
                name="ms_words_and",
            ),
        ),
        migrations.AddIndex(
            model_name="matchsubject",
            index=models.Index(
                condition=models.Q(("key_mother__isnull", False)),
                fields=["key_mother", "year", "key_given", "key_last"],
                name="ms_m_and",
            ),
        ),
    ]
