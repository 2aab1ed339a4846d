"""What a check of statistics finds: rows that nothing explains apart from those that came later."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("registry", "0021_lifting_takes_two"),
    ]

    operations = [
        migrations.AddField(
            model_name="figurebuild",
            name="corrections",
            field=models.PositiveIntegerField(null=True, verbose_name="linhas corrigidas depois"),
        ),
        migrations.AddField(
            model_name="figurebuild",
            name="definition",
            field=models.CharField(blank=True, db_default="", max_length=16, verbose_name="forma de contar"),
        ),
        migrations.AddField(
            model_name="figurebuild",
            name="open_since",
            field=models.DateTimeField(null=True, verbose_name="viu tudo até"),
        ),
    ]
