from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("consulta", "0005_issued_files")]

    operations = [
        migrations.AlterField(
            "inquiry",
            "kind",
            models.CharField(
                choices=[
                    ("lawyers", "Lista de advogados"),
                    ("missing", "Pessoa desaparecida"),
                    ("batch", "Consulta em lote"),
                ],
                max_length=10,
                verbose_name="tipo",
            ),
        ),
    ]
