"""Sources and their mappings, loads and their progress, quarantine."""

import datetime

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("registry", "0002_partitions"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Load",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("queued", "Na fila"),
                            ("running", "Em andamento"),
                            ("stopped", "Interrompida"),
                            ("finished", "Concluída"),
                        ],
                        default="queued",
                        max_length=10,
                        verbose_name="situação",
                    ),
                ),
                ("epoch", models.PositiveIntegerField(default=0, verbose_name="tomada")),
                ("requested_by", models.CharField(max_length=80, verbose_name="pedida por")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="pedida em")),
                ("started_at", models.DateTimeField(null=True, verbose_name="início")),
                ("beat_at", models.DateTimeField(null=True, verbose_name="último sinal")),
                ("finished_at", models.DateTimeField(null=True, verbose_name="fim")),
                ("cause", models.TextField(blank=True, verbose_name="causa da interrupção")),
                ("reference", models.CharField(blank=True, max_length=12, verbose_name="código de referência")),
                ("failures", models.PositiveIntegerField(default=0, verbose_name="interrupções seguidas")),
                ("retry_at", models.DateTimeField(null=True, verbose_name="nova tentativa em")),
            ],
            options={
                "verbose_name": "carga",
                "verbose_name_plural": "cargas",
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="MappingVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField(verbose_name="versão")),
                ("text", models.TextField(verbose_name="arquivo YAML")),
                ("sha256", models.CharField(max_length=64, verbose_name="SHA-256")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="criada em")),
                (
                    "created_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="criada por",
                    ),
                ),
                (
                    "origin",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.origin",
                        verbose_name="origem",
                    ),
                ),
            ],
            options={
                "verbose_name": "versão do mapeamento",
                "verbose_name_plural": "versões do mapeamento",
                "ordering": ["origin", "-number"],
            },
        ),
        migrations.CreateModel(
            name="LoadView",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("view", models.CharField(max_length=30, verbose_name="visão")),
                ("order", models.PositiveSmallIntegerField(verbose_name="ordem")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("pending", "Aguardando"),
                            ("extracting", "Lendo"),
                            ("extracted", "Lida"),
                            ("published", "Publicada"),
                        ],
                        default="pending",
                        max_length=10,
                        verbose_name="situação",
                    ),
                ),
                ("batch", models.PositiveIntegerField(default=0, verbose_name="lotes")),
                ("position", models.JSONField(null=True, verbose_name="posição")),
                ("read_count", models.BigIntegerField(default=0, verbose_name="linhas lidas")),
                ("landed_count", models.BigIntegerField(default=0, verbose_name="aceitas na leitura")),
                ("rejected_count", models.BigIntegerField(default=0, verbose_name="rejeitadas")),
                ("waiting_count", models.BigIntegerField(default=0, verbose_name="à espera do registro pai")),
                ("new_count", models.BigIntegerField(default=0, verbose_name="novas")),
                ("changed_count", models.BigIntegerField(default=0, verbose_name="alteradas")),
                ("removed_count", models.BigIntegerField(default=0, verbose_name="excluídas na origem")),
                ("unchanged_count", models.BigIntegerField(default=0, verbose_name="sem mudança")),
                ("started_at", models.DateTimeField(null=True, verbose_name="início")),
                ("finished_at", models.DateTimeField(null=True, verbose_name="fim")),
                (
                    "load",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="views",
                        to="ingestion.load",
                        verbose_name="carga",
                    ),
                ),
                (
                    "mapping",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ingestion.mappingversion",
                        verbose_name="mapeamento",
                    ),
                ),
            ],
            options={
                "verbose_name": "visão da carga",
                "verbose_name_plural": "visões da carga",
                "ordering": ["load", "order"],
            },
        ),
        migrations.CreateModel(
            name="Rejection",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("view", models.CharField(max_length=30, verbose_name="visão")),
                ("origin_key", models.CharField(blank=True, max_length=200, verbose_name="id na origem")),
                ("raw", models.TextField(verbose_name="linha como recebida")),
                ("raw_hash", models.UUIDField()),
                (
                    "mapped",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(null=True), null=True, size=None
                    ),
                ),
                ("content_hash", models.UUIDField(null=True)),
                ("reasons", models.JSONField(verbose_name="motivos")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("open", "Aberta"),
                            ("waiting", "À espera da próxima carga"),
                            ("reprocessed", "Reprocessada"),
                            ("superseded", "Superada por versão mais nova"),
                        ],
                        default="open",
                        max_length=12,
                        verbose_name="situação",
                    ),
                ),
                ("load", models.BigIntegerField(verbose_name="carga")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="rejeitada em")),
                ("settled_at", models.DateTimeField(null=True, verbose_name="resolvida em")),
                (
                    "mapping",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ingestion.mappingversion",
                        verbose_name="mapeamento",
                    ),
                ),
                (
                    "origin",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.origin",
                        verbose_name="origem",
                    ),
                ),
            ],
            options={
                "verbose_name": "rejeição",
                "verbose_name_plural": "quarentena",
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="Source",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "rule",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (1, "1 · visões no banco do estado, por VPN"),
                            (2, "2 · API da SENAPPEN hospedada no estado, por VPN"),
                            (3, "3 · API do estado, por VPN"),
                            (4, "4 · API do estado, pela internet"),
                            (5, "5 · visões no banco do estado, pela internet"),
                        ],
                        verbose_name="regra",
                    ),
                ),
                (
                    "dialect",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("postgresql", "PostgreSQL"),
                            ("mariadb", "MariaDB / MySQL"),
                            ("firebird", "Firebird"),
                            ("oracle", "Oracle"),
                            ("sqlserver", "SQL Server"),
                        ],
                        max_length=20,
                        verbose_name="banco de dados",
                    ),
                ),
                ("host", models.CharField(max_length=253, verbose_name="servidor")),
                ("port", models.PositiveIntegerField(verbose_name="porta")),
                ("database", models.CharField(max_length=120, verbose_name="base")),
                ("encrypted_credentials", models.BinaryField(default=bytes, verbose_name="credenciais")),
                ("photo_folder", models.CharField(blank=True, max_length=500, verbose_name="pasta de fotos")),
                ("interval", models.DurationField(blank=True, null=True, verbose_name="intervalo entre cargas")),
                ("daily_at", models.TimeField(blank=True, null=True, verbose_name="hora diária, local")),
                ("overlap", models.DurationField(default=datetime.timedelta(seconds=900), verbose_name="sobreposição")),
                ("enabled", models.BooleanField(default=True, verbose_name="ativa")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="criada em")),
                (
                    "mapping",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ingestion.mappingversion",
                        verbose_name="mapeamento em uso",
                    ),
                ),
                (
                    "origin",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.origin",
                        verbose_name="origem",
                    ),
                ),
            ],
            options={
                "verbose_name": "fonte",
                "verbose_name_plural": "fontes",
                "ordering": ["origin__code"],
            },
        ),
        migrations.AddField(
            model_name="load",
            name="source",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="loads",
                to="ingestion.source",
                verbose_name="fonte",
            ),
        ),
        migrations.CreateModel(
            name="UnmappedCode",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("view", models.CharField(max_length=30, verbose_name="visão")),
                ("field", models.CharField(max_length=40, verbose_name="campo")),
                ("code", models.CharField(max_length=80, verbose_name="código do estado")),
                ("count", models.BigIntegerField(verbose_name="linhas novas ou alteradas com ele")),
                ("first_load", models.BigIntegerField(verbose_name="primeira carga")),
                ("last_load", models.BigIntegerField(verbose_name="última carga")),
                ("first_seen_at", models.DateTimeField(verbose_name="visto primeiro em")),
                ("last_seen_at", models.DateTimeField(verbose_name="visto por último em")),
                (
                    "origin",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.origin",
                        verbose_name="origem",
                    ),
                ),
            ],
            options={
                "verbose_name": "código sem mapeamento",
                "verbose_name_plural": "códigos sem mapeamento",
                "ordering": ["origin", "view", "field", "code"],
            },
        ),
        migrations.CreateModel(
            name="ViewCursor",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("view", models.CharField(max_length=30, verbose_name="visão")),
                ("position", models.JSONField(verbose_name="posição")),
                ("moved_at", models.DateTimeField(auto_now=True, verbose_name="avançou em")),
                (
                    "load",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ingestion.load",
                        verbose_name="carga",
                    ),
                ),
                (
                    "origin",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.origin",
                        verbose_name="origem",
                    ),
                ),
            ],
            options={
                "verbose_name": "marca d'água",
                "verbose_name_plural": "marcas d'água",
                "ordering": ["origin", "view"],
            },
        ),
        migrations.AddConstraint(
            model_name="mappingversion",
            constraint=models.UniqueConstraint(fields=("origin", "number"), name="mapping_version_number"),
        ),
        migrations.AddConstraint(
            model_name="loadview",
            constraint=models.UniqueConstraint(fields=("load", "view"), name="load_view_once"),
        ),
        migrations.AddIndex(
            model_name="rejection",
            index=models.Index(fields=["origin", "view", "origin_key"], name="rejection_key"),
        ),
        migrations.AddIndex(
            model_name="rejection",
            index=models.Index(fields=["status", "origin", "view"], name="rejection_status"),
        ),
        migrations.AddConstraint(
            model_name="rejection",
            constraint=models.UniqueConstraint(
                condition=models.Q(("status__in", ("open", "waiting"))),
                fields=("origin", "view", "raw_hash"),
                name="rejection_stands_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="source",
            constraint=models.UniqueConstraint(
                condition=models.Q(("enabled", True)), fields=("origin",), name="source_one_enabled"
            ),
        ),
        migrations.AddConstraint(
            model_name="source",
            constraint=models.CheckConstraint(
                condition=models.Q(("interval__isnull", True), ("daily_at__isnull", True), _connector="OR"),
                name="source_one_schedule",
                violation_error_message="Escolha intervalo ou hora diária, não os dois.",
            ),
        ),
        migrations.AddConstraint(
            model_name="load",
            constraint=models.UniqueConstraint(
                condition=models.Q(("status__in", ("queued", "running", "stopped"))),
                fields=("source",),
                name="load_one_unfinished_per_source",
            ),
        ),
        migrations.AddConstraint(
            model_name="unmappedcode",
            constraint=models.UniqueConstraint(fields=("origin", "view", "field", "code"), name="unmapped_code_once"),
        ),
        migrations.AddConstraint(
            model_name="viewcursor",
            constraint=models.UniqueConstraint(fields=("origin", "view"), name="view_cursor_once"),
        ),
    ]
