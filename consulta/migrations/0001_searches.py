import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("credentialing", "0001_accounts"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="SearchQuery",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("token", models.BinaryField(verbose_name="critérios cifrados")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="feita em")),
                (
                    "purpose",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="credentialing.purpose",
                        verbose_name="finalidade",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="usuário",
                    ),
                ),
            ],
            options={
                "verbose_name": "busca",
                "verbose_name_plural": "buscas",
                "ordering": ["-created_at"],
                "indexes": [models.Index(fields=["purpose", "-created_at"], name="search_query_recent")],
            },
        ),
    ]
