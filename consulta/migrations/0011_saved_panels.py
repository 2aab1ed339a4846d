"""Panels of statistics kept under a name."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("consulta", "0010_saved_diagrams"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="SavedPanel",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=60, verbose_name="nome")),
                ("panel", models.SlugField(max_length=40, verbose_name="painel")),
                ("filters", models.JSONField(default=dict, verbose_name="filtros")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="guardado em")),
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
                "verbose_name": "painel salvo",
                "verbose_name_plural": "painéis salvos",
                "ordering": ["name"],
                "constraints": [models.UniqueConstraint(fields=("user", "name"), name="saved_panel_once")],
            },
        ),
    ]
