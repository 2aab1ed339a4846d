from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("consulta", "0001_searches"),
    ]

    operations = [
        migrations.AddField(
            model_name="searchquery",
            name="found",
            field=models.PositiveIntegerField(null=True, verbose_name="pessoas encontradas"),
        ),
    ]
