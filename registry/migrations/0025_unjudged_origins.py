"""Origins of which no record has been judged yet are known by a mark. Of those that are there it is not asked: they go
on as before.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("registry", "0024_documents_by_audience")]

    operations = [
        migrations.AddField(
            model_name="origin",
            name="unjudged",
            field=models.BooleanField(default=False, editable=False, verbose_name="nada julgado ainda"),
        ),
    ]
