"""Requests that somebody be put under a seal."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("consulta", "0011_saved_panels"),
        ("credentialing", "0015_unit_and_door"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="SealRequest",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("token", models.BinaryField(verbose_name="conteúdo cifrado")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "Aguarda decisão"),
                            ("ordered", "Atendido"),
                            ("refused", "Recusado"),
                            ("withdrawn", "Retirado"),
                        ],
                        default="asked",
                        max_length=10,
                        verbose_name="situação",
                    ),
                ),
                ("asked_at", models.DateTimeField(auto_now_add=True, verbose_name="pedido em")),
                ("decided_at", models.DateTimeField(null=True, verbose_name="decidido em")),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="motivo da decisão")),
                ("read_at", models.DateTimeField(null=True, verbose_name="resposta lida em")),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="decidido por",
                    ),
                ),
                (
                    "purpose",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="credentialing.purpose",
                        verbose_name="finalidade",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="usuário",
                    ),
                ),
            ],
            options={
                "verbose_name": "pedido de sigilo",
                "verbose_name_plural": "pedidos de sigilo",
                "ordering": ["-asked_at"],
                "indexes": [
                    models.Index(fields=["user", "-asked_at"], name="seal_request_of_user"),
                    models.Index(
                        condition=models.Q(("state", "asked")), fields=["asked_at"], name="seal_request_waiting"
                    ),
                ],
            },
        ),
    ]
