"""Changes of the rows that say who may what are kept (`senappen.lib.changes`)."""

import datetime

import django.db.models.deletion
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

from senappen.lib import changes


class Migration(migrations.Migration):
    dependencies = [
        ("credentialing", "0017_changes_kept"),
        ("ingestion", "0016_mirror_by_view"),
        ("registry", "0027_changes_kept"),
    ]

    operations = [
        migrations.CreateModel(
            name="AgreementEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("id", models.BigIntegerField()),
                ("number", models.CharField(max_length=60, verbose_name="número do acordo")),
                ("signed_on", models.DateField(verbose_name="assinado em")),
                ("term_months", models.PositiveSmallIntegerField(default=60, verbose_name="prazo, em meses")),
                ("extension_months", models.PositiveSmallIntegerField(default=0, verbose_name="prorrogação, em meses")),
                ("responsible", models.CharField(max_length=120, verbose_name="responsável na SENAPPEN")),
                (
                    "responsible_email",
                    models.EmailField(max_length=254, verbose_name="e-mail do responsável na SENAPPEN"),
                ),
                ("state_responsible", models.CharField(max_length=120, verbose_name="responsável no estado")),
                ("state_email", models.EmailField(max_length=254, verbose_name="e-mail do responsável no estado")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("in_force", "Vigente"),
                            ("ended", "Encerrado pelo prazo"),
                            ("denounced", "Denunciado"),
                        ],
                        default="in_force",
                        editable=False,
                        max_length=10,
                        verbose_name="situação",
                    ),
                ),
                (
                    "end_noticed_at",
                    models.DateTimeField(editable=False, null=True, verbose_name="fim do prazo notado em"),
                ),
                ("closed_at", models.DateTimeField(editable=False, null=True, verbose_name="encerrado em")),
                (
                    "closed_by",
                    models.CharField(blank=True, editable=False, max_length=80, verbose_name="encerrado por"),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="registrado em")),
            ],
            options={
                "verbose_name": "mudança: acordo",
                "verbose_name_plural": "mudanças: acordos",
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="AgreementGoalEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("id", models.BigIntegerField()),
                ("text", models.CharField(max_length=200, verbose_name="meta")),
                ("deadline_days", models.PositiveSmallIntegerField(verbose_name="prazo, em dias da assinatura")),
                ("responsible", models.CharField(blank=True, max_length=120, verbose_name="responsável")),
                (
                    "status",
                    models.CharField(
                        choices=[("pending", "A fazer"), ("ongoing", "Em andamento"), ("done", "Cumprida")],
                        default="pending",
                        max_length=10,
                        verbose_name="situação",
                    ),
                ),
                ("done_on", models.DateField(blank=True, null=True, verbose_name="cumprida em")),
            ],
            options={
                "verbose_name": "mudança: meta do acordo",
                "verbose_name_plural": "mudanças: metas do acordo",
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="SourceEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("id", models.BigIntegerField()),
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
                ("photo_folder", models.CharField(blank=True, max_length=500, verbose_name="pasta de fotos")),
                ("vpn_range", models.CharField(blank=True, max_length=500, verbose_name="faixa de endereços da VPN")),
                ("authority", models.TextField(blank=True, verbose_name="autoridade certificadora do estado (PEM)")),
                (
                    "server_name",
                    models.CharField(blank=True, max_length=253, verbose_name="nome no certificado do servidor"),
                ),
                ("interval", models.DurationField(blank=True, null=True, verbose_name="intervalo entre cargas")),
                ("daily_at", models.TimeField(blank=True, null=True, verbose_name="hora diária, local")),
                (
                    "spread",
                    models.DurationField(default=datetime.timedelta(seconds=1800), verbose_name="janela de início"),
                ),
                (
                    "reconcile_weekday",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        choices=[
                            (0, "segunda-feira"),
                            (1, "terça-feira"),
                            (2, "quarta-feira"),
                            (3, "quinta-feira"),
                            (4, "sexta-feira"),
                            (5, "sábado"),
                            (6, "domingo"),
                        ],
                        default=6,
                        null=True,
                        verbose_name="dia da conferência completa",
                    ),
                ),
                ("overlap", models.DurationField(default=datetime.timedelta(seconds=900), verbose_name="sobreposição")),
                ("enabled", models.BooleanField(default=True, verbose_name="ativa")),
                ("paused_by", models.CharField(blank=True, editable=False, max_length=80, verbose_name="pausada por")),
                ("paused_at", models.DateTimeField(editable=False, null=True, verbose_name="pausada em")),
                (
                    "pause_reason",
                    models.CharField(blank=True, editable=False, max_length=200, verbose_name="motivo da pausa"),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="criada em")),
            ],
            options={
                "verbose_name": "mudança: fonte",
                "verbose_name_plural": "mudanças: fontes",
                "abstract": False,
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="agreement",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "ingestion_agreementevent" ("agency_id", "closed_at", "closed_by", "created_at", "end_noticed_at", "extension_months", "id", "number", "origin_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "responsible", "responsible_email", "signed_on", "state_email", "state_responsible", "status", "term_months") VALUES (NEW."agency_id", NEW."closed_at", NEW."closed_by", NEW."created_at", NEW."end_noticed_at", NEW."extension_months", NEW."id", NEW."number", NEW."origin_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', NEW."id", NEW."responsible", NEW."responsible_email", NEW."signed_on", NEW."state_email", NEW."state_responsible", NEW."status", NEW."term_months"); RETURN NULL;',
                    hash="5d9e96b0e03658dc08d0094d8d632c2fec38ca25",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_ad093",
                    table="ingestion_agreement",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="agreement",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "ingestion_agreementevent" ("agency_id", "closed_at", "closed_by", "created_at", "end_noticed_at", "extension_months", "id", "number", "origin_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "responsible", "responsible_email", "signed_on", "state_email", "state_responsible", "status", "term_months") VALUES (NEW."agency_id", NEW."closed_at", NEW."closed_by", NEW."created_at", NEW."end_noticed_at", NEW."extension_months", NEW."id", NEW."number", NEW."origin_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."responsible", NEW."responsible_email", NEW."signed_on", NEW."state_email", NEW."state_responsible", NEW."status", NEW."term_months"); RETURN NULL;',
                    hash="e5decb241fbc9bdb0e8e619ebd8c8fe7f5b8a19f",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_c671c",
                    table="ingestion_agreement",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="agreement",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "ingestion_agreementevent" ("agency_id", "closed_at", "closed_by", "created_at", "end_noticed_at", "extension_months", "id", "number", "origin_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "responsible", "responsible_email", "signed_on", "state_email", "state_responsible", "status", "term_months") VALUES (OLD."agency_id", OLD."closed_at", OLD."closed_by", OLD."created_at", OLD."end_noticed_at", OLD."extension_months", OLD."id", OLD."number", OLD."origin_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', OLD."id", OLD."responsible", OLD."responsible_email", OLD."signed_on", OLD."state_email", OLD."state_responsible", OLD."status", OLD."term_months"); RETURN NULL;',
                    hash="f60350d468197d9ec137487c0a8ad52b48fe3525",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_8e91a",
                    table="ingestion_agreement",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="agreementgoal",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "ingestion_agreementgoalevent" ("agreement_id", "deadline_days", "done_on", "id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "responsible", "status", "text") VALUES (NEW."agreement_id", NEW."deadline_days", NEW."done_on", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', NEW."id", NEW."responsible", NEW."status", NEW."text"); RETURN NULL;',
                    hash="201606889caf229732ff0caf9166a8df8720d271",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_b9c58",
                    table="ingestion_agreementgoal",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="agreementgoal",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "ingestion_agreementgoalevent" ("agreement_id", "deadline_days", "done_on", "id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "responsible", "status", "text") VALUES (NEW."agreement_id", NEW."deadline_days", NEW."done_on", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."responsible", NEW."status", NEW."text"); RETURN NULL;',
                    hash="67079afb9659019739c9b0aaec5a75d8e83093fc",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_e36d2",
                    table="ingestion_agreementgoal",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="agreementgoal",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "ingestion_agreementgoalevent" ("agreement_id", "deadline_days", "done_on", "id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "responsible", "status", "text") VALUES (OLD."agreement_id", OLD."deadline_days", OLD."done_on", OLD."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', OLD."id", OLD."responsible", OLD."status", OLD."text"); RETURN NULL;',
                    hash="d79e14f54f06fbb0afd287086c590598910b5696",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_59cc5",
                    table="ingestion_agreementgoal",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="source",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "ingestion_sourceevent" ("authority", "created_at", "daily_at", "database", "dialect", "enabled", "host", "id", "interval", "mapping_id", "origin_id", "overlap", "pause_reason", "paused_at", "paused_by", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "photo_folder", "port", "reconcile_weekday", "rule", "server_name", "spread", "vpn_range") VALUES (NEW."authority", NEW."created_at", NEW."daily_at", NEW."database", NEW."dialect", NEW."enabled", NEW."host", NEW."id", NEW."interval", NEW."mapping_id", NEW."origin_id", NEW."overlap", NEW."pause_reason", NEW."paused_at", NEW."paused_by", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', NEW."id", NEW."photo_folder", NEW."port", NEW."reconcile_weekday", NEW."rule", NEW."server_name", NEW."spread", NEW."vpn_range"); RETURN NULL;',
                    hash="a0742c0337dc080ad69c3fb02a8864d8c26b81ec",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_74830",
                    table="ingestion_source",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="source",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."authority" IS DISTINCT FROM (NEW."authority") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."daily_at" IS DISTINCT FROM (NEW."daily_at") OR OLD."database" IS DISTINCT FROM (NEW."database") OR OLD."dialect" IS DISTINCT FROM (NEW."dialect") OR OLD."enabled" IS DISTINCT FROM (NEW."enabled") OR OLD."host" IS DISTINCT FROM (NEW."host") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."interval" IS DISTINCT FROM (NEW."interval") OR OLD."mapping_id" IS DISTINCT FROM (NEW."mapping_id") OR OLD."origin_id" IS DISTINCT FROM (NEW."origin_id") OR OLD."overlap" IS DISTINCT FROM (NEW."overlap") OR OLD."pause_reason" IS DISTINCT FROM (NEW."pause_reason") OR OLD."paused_at" IS DISTINCT FROM (NEW."paused_at") OR OLD."paused_by" IS DISTINCT FROM (NEW."paused_by") OR OLD."photo_folder" IS DISTINCT FROM (NEW."photo_folder") OR OLD."port" IS DISTINCT FROM (NEW."port") OR OLD."reconcile_weekday" IS DISTINCT FROM (NEW."reconcile_weekday") OR OLD."rule" IS DISTINCT FROM (NEW."rule") OR OLD."server_name" IS DISTINCT FROM (NEW."server_name") OR OLD."spread" IS DISTINCT FROM (NEW."spread") OR OLD."vpn_range" IS DISTINCT FROM (NEW."vpn_range"))',
                    func='INSERT INTO "ingestion_sourceevent" ("authority", "created_at", "daily_at", "database", "dialect", "enabled", "host", "id", "interval", "mapping_id", "origin_id", "overlap", "pause_reason", "paused_at", "paused_by", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "photo_folder", "port", "reconcile_weekday", "rule", "server_name", "spread", "vpn_range") VALUES (NEW."authority", NEW."created_at", NEW."daily_at", NEW."database", NEW."dialect", NEW."enabled", NEW."host", NEW."id", NEW."interval", NEW."mapping_id", NEW."origin_id", NEW."overlap", NEW."pause_reason", NEW."paused_at", NEW."paused_by", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."photo_folder", NEW."port", NEW."reconcile_weekday", NEW."rule", NEW."server_name", NEW."spread", NEW."vpn_range"); RETURN NULL;',
                    hash="238ce4056126b9bd00f983a703fd11da10b86e86",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_8dfd7",
                    table="ingestion_source",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="source",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "ingestion_sourceevent" ("authority", "created_at", "daily_at", "database", "dialect", "enabled", "host", "id", "interval", "mapping_id", "origin_id", "overlap", "pause_reason", "paused_at", "paused_by", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "photo_folder", "port", "reconcile_weekday", "rule", "server_name", "spread", "vpn_range") VALUES (OLD."authority", OLD."created_at", OLD."daily_at", OLD."database", OLD."dialect", OLD."enabled", OLD."host", OLD."id", OLD."interval", OLD."mapping_id", OLD."origin_id", OLD."overlap", OLD."pause_reason", OLD."paused_at", OLD."paused_by", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', OLD."id", OLD."photo_folder", OLD."port", OLD."reconcile_weekday", OLD."rule", OLD."server_name", OLD."spread", OLD."vpn_range"); RETURN NULL;',
                    hash="a0c7f87b13a1afba4a173539117dc6da2b3974fa",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_34c89",
                    table="ingestion_source",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="source",
            trigger=pgtrigger.compiler.Trigger(
                name="encrypted_credentials_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."encrypted_credentials" IS DISTINCT FROM (NEW."encrypted_credentials"))',
                    func='INSERT INTO "ingestion_sourceevent" ("authority", "created_at", "daily_at", "database", "dialect", "enabled", "host", "id", "interval", "mapping_id", "origin_id", "overlap", "pause_reason", "paused_at", "paused_by", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "photo_folder", "port", "reconcile_weekday", "rule", "server_name", "spread", "vpn_range") VALUES (NEW."authority", NEW."created_at", NEW."daily_at", NEW."database", NEW."dialect", NEW."enabled", NEW."host", NEW."id", NEW."interval", NEW."mapping_id", NEW."origin_id", NEW."overlap", NEW."pause_reason", NEW."paused_at", NEW."paused_by", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'encrypted_credentials\', NEW."id", NEW."photo_folder", NEW."port", NEW."reconcile_weekday", NEW."rule", NEW."server_name", NEW."spread", NEW."vpn_range"); RETURN NULL;',
                    hash="7f81579f77398e401139f8208392983de0ca1ad3",
                    operation="UPDATE",
                    pgid="pgtrigger_encrypted_credentials_update_897e7",
                    table="ingestion_source",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddField(
            model_name="agreementevent",
            name="agency",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="credentialing.agency",
                verbose_name="órgão partícipe",
            ),
        ),
        migrations.AddField(
            model_name="agreementevent",
            name="origin",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="registry.origin",
                verbose_name="origem",
            ),
        ),
        migrations.AddField(
            model_name="agreementevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="changes",
                to="ingestion.agreement",
            ),
        ),
        migrations.AddField(
            model_name="agreementgoalevent",
            name="agreement",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="ingestion.agreement",
                verbose_name="acordo",
            ),
        ),
        migrations.AddField(
            model_name="agreementgoalevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="changes",
                to="ingestion.agreementgoal",
            ),
        ),
        migrations.AddField(
            model_name="sourceevent",
            name="mapping",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="ingestion.mappingversion",
                verbose_name="mapeamento em uso",
            ),
        ),
        migrations.AddField(
            model_name="sourceevent",
            name="origin",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="registry.origin",
                verbose_name="origem",
            ),
        ),
        migrations.AddField(
            model_name="sourceevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="changes",
                to="ingestion.source",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="agreementevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="b02e27cb1bf7e94c9583f62b4832da644d1164c9",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_b2839",
                    table="ingestion_agreementevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="agreementgoalevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="c452cbeb0d5390548b847b6d8417b0b498b735a6",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_a4a92",
                    table="ingestion_agreementgoalevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="sourceevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="6b4ed3baf0d2d8802fa0d0fd6f5cab12e7f73fcd",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_94926",
                    table="ingestion_sourceevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.RunSQL(changes.begin("ingestion"), migrations.RunSQL.noop),
        migrations.RunSQL(changes.protect("ingestion"), migrations.RunSQL.noop),
    ]
