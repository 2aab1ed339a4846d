"""Two more words for kinds of links; nothing changes in the database."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("registry", "0015_search_keys_by_batch"),
    ]

    operations = [
        migrations.AlterField(
            model_name="personlink",
            name="kind",
            field=models.CharField(
                choices=[
                    ("K", "Parentesco declarado"),
                    ("V", "Visita"),
                    ("L", "Advogado"),
                    ("C", "Mesma cela"),
                    ("N", "Mesmo processo"),
                    ("S", "Mesmo visitante"),
                    ("T", "Mesmo telefone"),
                    ("E", "Mesmo endereço"),
                    ("D", "Mesmo advogado"),
                ],
                max_length=1,
                verbose_name="tipo",
            ),
        ),
    ]
