"""References of people, as those of facts, without a check of each row (ADR 13).

Only constraints go; taking the migration back checks every row again.
"""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("registry", "0008_reviews"),
    ]

    operations = [
        migrations.AlterField(
            model_name="lawyer",
            name="record_ptr",
            field=models.OneToOneField(
                db_constraint=False,
                on_delete=django.db.models.deletion.CASCADE,
                parent_link=True,
                primary_key=True,
                serialize=False,
                to="registry.record",
            ),
        ),
        migrations.AlterField(
            model_name="pendingperson",
            name="person",
            field=models.OneToOneField(
                db_constraint=False,
                on_delete=django.db.models.deletion.CASCADE,
                primary_key=True,
                related_name="+",
                serialize=False,
                to="registry.person",
            ),
        ),
        migrations.AlterField(
            model_name="pendingrecord",
            name="record",
            field=models.OneToOneField(
                db_constraint=False,
                on_delete=django.db.models.deletion.CASCADE,
                primary_key=True,
                related_name="+",
                serialize=False,
                to="registry.record",
            ),
        ),
        migrations.AlterField(
            model_name="personsearch",
            name="person",
            field=models.OneToOneField(
                db_constraint=False,
                on_delete=django.db.models.deletion.CASCADE,
                primary_key=True,
                related_name="search",
                serialize=False,
                to="registry.person",
                verbose_name="pessoa",
            ),
        ),
        migrations.AlterField(
            model_name="personsearch",
            name="unit",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="registry.unit",
                verbose_name="unidade",
            ),
        ),
        migrations.AlterField(
            model_name="prisoner",
            name="record_ptr",
            field=models.OneToOneField(
                db_constraint=False,
                on_delete=django.db.models.deletion.CASCADE,
                parent_link=True,
                primary_key=True,
                serialize=False,
                to="registry.record",
            ),
        ),
        migrations.AlterField(
            model_name="record",
            name="home",
            field=models.OneToOneField(
                db_constraint=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="home_record",
                to="registry.person",
            ),
        ),
        migrations.AlterField(
            model_name="record",
            name="person",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="records",
                to="registry.person",
                verbose_name="pessoa",
            ),
        ),
        migrations.AlterField(
            model_name="visitor",
            name="record_ptr",
            field=models.OneToOneField(
                db_constraint=False,
                on_delete=django.db.models.deletion.CASCADE,
                parent_link=True,
                primary_key=True,
                serialize=False,
                to="registry.record",
            ),
        ),
    ]
