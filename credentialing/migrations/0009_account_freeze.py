"""Accounts that are closed for a while."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("credentialing", "0008_activities_of_existing_accounts"),
    ]

    operations = [
        migrations.AddField(
            model_name="user",
            name="frozen_at",
            field=models.DateTimeField(editable=False, null=True, verbose_name="congelada em"),
        ),
        migrations.CreateModel(
            name="AccountFreeze",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "cause",
                    models.CharField(
                        choices=[
                            ("rhythm", "Ritmo de programa"),
                            ("enumeration", "Números em sequência"),
                            ("volume", "Volume de consultas"),
                            ("misuse", "Uso indevido"),
                        ],
                        max_length=12,
                        verbose_name="causa",
                    ),
                ),
                ("reason", models.CharField(max_length=600, verbose_name="motivo")),
                ("at", models.DateTimeField(auto_now_add=True, verbose_name="congelada em")),
                ("by", models.CharField(max_length=80, verbose_name="por")),
                ("lifted_at", models.DateTimeField(null=True, verbose_name="liberada em")),
                ("lifted_by", models.CharField(blank=True, max_length=80, verbose_name="liberada por")),
                ("lifted_because", models.CharField(blank=True, max_length=500, verbose_name="motivo da liberação")),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="freezes",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="usuário",
                    ),
                ),
            ],
            options={
                "verbose_name": "congelamento",
                "verbose_name_plural": "congelamentos",
                "ordering": ["-at"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("lifted_at", None)), fields=("user",), name="frozen_once_at_a_time"
                    )
                ],
            },
        ),
    ]
