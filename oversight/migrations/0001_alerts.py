"""Alerts of possible misuse, their signs and steps; the weekly draw; planted records."""

import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("credentialing", "0009_account_freeze"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Alert",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("week", models.DateField(verbose_name="semana de")),
                (
                    "cause",
                    models.CharField(
                        choices=[("signs", "Sinais"), ("automation", "Conta congelada"), ("sample", "Amostra")],
                        max_length=12,
                        verbose_name="causa",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "A examinar"),
                            ("asked", "Aguarda explicação"),
                            ("explained", "Aguarda o superior"),
                            ("confirmed", "Pronto para decidir"),
                            ("closed", "Decidido"),
                        ],
                        default="open",
                        max_length=10,
                        verbose_name="situação",
                    ),
                ),
                (
                    "verdict",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "—"),
                            ("justified", "Justificado"),
                            ("inconclusive", "Inconclusivo"),
                            ("misuse", "Uso indevido"),
                        ],
                        default="",
                        max_length=12,
                        verbose_name="parecer",
                    ),
                ),
                ("score", models.PositiveSmallIntegerField(default=0, verbose_name="peso")),
                ("looked", models.PositiveIntegerField(default=0, verbose_name="fichas abertas")),
                ("expected", models.PositiveIntegerField(default=0, verbose_name="fichas explicadas")),
                ("because", models.JSONField(default=dict, verbose_name="explicações")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="criado em")),
                ("due_on", models.DateField(null=True, verbose_name="prazo")),
                (
                    "judged_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="decidido por",
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
                "verbose_name": "alerta de desvio",
                "verbose_name_plural": "alertas de desvio",
                "ordering": ["-score", "created_at"],
            },
        ),
        migrations.CreateModel(
            name="AlertSign",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=20, verbose_name="sinal")),
                ("weight", models.PositiveSmallIntegerField(verbose_name="peso")),
                ("words", models.CharField(max_length=300, verbose_name="o que se viu")),
                (
                    "evidence",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), default=list, size=None, verbose_name="eventos"
                    ),
                ),
                (
                    "alert",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="signs",
                        to="oversight.alert",
                        verbose_name="alerta",
                    ),
                ),
            ],
            options={
                "verbose_name": "sinal de desvio",
                "verbose_name_plural": "sinais de desvio",
                "ordering": ["-weight", "name"],
            },
        ),
        migrations.CreateModel(
            name="Canary",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("person", models.UUIDField(unique=True, verbose_name="identificador da ficha")),
                ("note", models.CharField(max_length=300, verbose_name="onde e por quê")),
                ("planted_at", models.DateTimeField(auto_now_add=True, verbose_name="plantado em")),
                ("withdrawn_at", models.DateTimeField(null=True, verbose_name="retirado em")),
                (
                    "planted_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="plantado por",
                    ),
                ),
            ],
            options={
                "verbose_name": "registro-isca",
                "verbose_name_plural": "registros-isca",
                "ordering": ["-planted_at"],
            },
        ),
        migrations.CreateModel(
            name="Step",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("ask", "Pediu explicação"),
                            ("explain", "Explicou"),
                            ("confirm", "Confirmou a explicação"),
                            ("contest", "Não confirmou a explicação"),
                            ("justified", "Decidiu: justificado"),
                            ("inconclusive", "Decidiu: inconclusivo"),
                            ("misuse", "Decidiu: uso indevido"),
                            ("block", "Bloqueou a conta"),
                            ("unblock", "Liberou a conta"),
                            ("refer", "Encaminhou"),
                            ("reopen", "Reabriu"),
                        ],
                        max_length=12,
                        verbose_name="andamento",
                    ),
                ),
                ("at", models.DateTimeField(auto_now_add=True, verbose_name="em")),
                ("token", models.BinaryField(verbose_name="conteúdo cifrado")),
                (
                    "alert",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="steps",
                        to="oversight.alert",
                        verbose_name="alerta",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="por",
                    ),
                ),
            ],
            options={
                "verbose_name": "andamento de alerta",
                "verbose_name_plural": "andamentos de alertas",
                "ordering": ["at"],
            },
        ),
        migrations.CreateModel(
            name="WeeklySample",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("week", models.DateField(verbose_name="semana de")),
                ("seed", models.CharField(max_length=32, verbose_name="semente")),
                (
                    "population",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), size=None, verbose_name="contas em uso"
                    ),
                ),
                (
                    "chosen",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), size=None, verbose_name="sorteadas"
                    ),
                ),
                ("drawn_at", models.DateTimeField(auto_now_add=True, verbose_name="sorteada em")),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="credentialing.agency",
                        verbose_name="órgão",
                    ),
                ),
            ],
            options={
                "verbose_name": "amostra semanal",
                "verbose_name_plural": "amostras semanais",
                "ordering": ["-week"],
            },
        ),
        migrations.AddIndex(
            model_name="alert",
            index=models.Index(fields=["state", "-score"], name="alert_queue"),
        ),
        migrations.AddConstraint(
            model_name="alert",
            constraint=models.UniqueConstraint(fields=("user", "week", "cause"), name="alert_once_a_week"),
        ),
        migrations.AddConstraint(
            model_name="alert",
            constraint=models.CheckConstraint(
                condition=models.Q(("verdict", ""), ("state", "closed"), _connector="OR"), name="alert_verdict_closes"
            ),
        ),
        migrations.AddConstraint(
            model_name="alertsign",
            constraint=models.UniqueConstraint(fields=("alert", "name"), name="alert_sign_once"),
        ),
        migrations.AddConstraint(
            model_name="weeklysample",
            constraint=models.UniqueConstraint(fields=("agency", "week"), name="sample_once_a_week"),
        ),
    ]
