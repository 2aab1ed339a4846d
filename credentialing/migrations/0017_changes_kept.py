"""Changes of the rows that say who may what are kept (`senappen.lib.changes`)."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import credentialing.activities
from senappen.lib import changes


class Migration(migrations.Migration):
    dependencies = [
        ("credentialing", "0016_copied_key"),
    ]

    operations = [
        migrations.CreateModel(
            name="AgencyEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("id", models.BigIntegerField()),
                ("acronym", models.CharField(max_length=20, verbose_name="sigla")),
                ("name", models.CharField(max_length=200, verbose_name="nome")),
                ("uf", models.CharField(blank=True, max_length=2, verbose_name="UF")),
                ("headcount", models.PositiveIntegerField(default=0, verbose_name="efetivo")),
                (
                    "activities",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("locate_person", "Localização de pessoa custodiada ou procurada"),
                                ("intelligence", "Produção de conhecimento de inteligência penitenciária"),
                                ("investigation", "Investigação criminal"),
                                ("unit_security", "Segurança de estabelecimento e gestão de crise"),
                                ("escort", "Escolta e movimentação"),
                                ("missing_person", "Busca de pessoa desaparecida"),
                                ("fraud", "Prevenção de fraude de identidade"),
                                ("identity_review", "Revisão de identidade entre registros dos estados"),
                            ],
                            max_length=20,
                        ),
                        default=credentialing.activities.every,
                        size=None,
                        verbose_name="atividades do termo",
                    ),
                ),
                ("expires_at", models.DateTimeField(blank=True, null=True, verbose_name="adesão válida até")),
                ("suspended_at", models.DateTimeField(blank=True, null=True, verbose_name="suspenso em")),
                ("suspension_reason", models.CharField(blank=True, max_length=500, verbose_name="motivo da suspensão")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="criado em")),
            ],
            options={
                "verbose_name": "mudança: órgão",
                "verbose_name_plural": "mudanças: órgãos",
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="AgencyKeyEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("id", models.BigIntegerField()),
                ("system", models.CharField(max_length=80, verbose_name="sistema")),
                ("fingerprint", models.CharField(max_length=64, verbose_name="impressão digital (SHA-256)")),
                ("expires_at", models.DateTimeField(verbose_name="válida até")),
                (
                    "created_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="cadastrada em"
                    ),
                ),
                ("frozen_at", models.DateTimeField(editable=False, null=True, verbose_name="congelada em")),
                (
                    "frozen_because",
                    models.CharField(blank=True, editable=False, max_length=500, verbose_name="motivo do congelamento"),
                ),
                ("revoked_at", models.DateTimeField(editable=False, null=True, verbose_name="revogada em")),
            ],
            options={
                "verbose_name": "mudança: chave do órgão",
                "verbose_name_plural": "mudanças: chaves dos órgãos",
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="DesignationEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("id", models.BigIntegerField()),
                ("since", models.DateField(verbose_name="de")),
                ("until", models.DateField(verbose_name="até")),
                ("reason", models.CharField(max_length=300, verbose_name="motivo")),
                ("made_at", models.DateTimeField(auto_now_add=True, verbose_name="designado em")),
                ("ended_at", models.DateTimeField(null=True, verbose_name="encerrada em")),
            ],
            options={
                "verbose_name": "mudança: designação",
                "verbose_name_plural": "mudanças: designações",
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="UserEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("id", models.BigIntegerField()),
                ("username", models.CharField(max_length=60, verbose_name="usuário")),
                ("full_name", models.CharField(max_length=200, verbose_name="nome completo")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="e-mail funcional")),
                ("registration", models.CharField(blank=True, max_length=30, verbose_name="matrícula funcional")),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("general_admin", "Administração geral"),
                            ("focal_point", "Ponto focal"),
                            ("corregedor", "Corregedor"),
                            ("regional_manager", "Gestor regional"),
                            ("state_technician", "Técnico estadual"),
                            ("identity_reviewer", "Revisor de identidade"),
                            ("statistician", "Estatístico"),
                            ("agent", "Usuário"),
                        ],
                        max_length=20,
                        verbose_name="perfil",
                    ),
                ),
                (
                    "activities",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("locate_person", "Localização de pessoa custodiada ou procurada"),
                                ("intelligence", "Produção de conhecimento de inteligência penitenciária"),
                                ("investigation", "Investigação criminal"),
                                ("unit_security", "Segurança de estabelecimento e gestão de crise"),
                                ("escort", "Escolta e movimentação"),
                                ("missing_person", "Busca de pessoa desaparecida"),
                                ("fraud", "Prevenção de fraude de identidade"),
                                ("identity_review", "Revisão de identidade entre registros dos estados"),
                            ],
                            max_length=20,
                        ),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="atividades finalísticas",
                    ),
                ),
                ("is_active", models.BooleanField(default=True, verbose_name="ativo")),
                ("frozen_at", models.DateTimeField(editable=False, null=True, verbose_name="congelada em")),
                ("is_substitute", models.BooleanField(default=False, editable=False, verbose_name="substituto")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="criado em")),
                ("unit", models.CharField(blank=True, max_length=200, verbose_name="unidade de lotação")),
                (
                    "enabled_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="aberto em"),
                ),
                (
                    "idle_warned_at",
                    models.DateTimeField(editable=False, null=True, verbose_name="avisado da inatividade em"),
                ),
                (
                    "attested_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="atestado em"),
                ),
                ("ended_at", models.DateTimeField(editable=False, null=True, verbose_name="encerrado em")),
                (
                    "ending",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("leaver", "Desligamento ou mudança de órgão"),
                            ("idle", "90 dias sem uso"),
                            ("not_attested", "Sem prova de vida"),
                            ("preventive", "Bloqueio preventivo"),
                        ],
                        editable=False,
                        max_length=12,
                        verbose_name="encerramento",
                    ),
                ),
                (
                    "ending_note",
                    models.CharField(blank=True, editable=False, max_length=500, verbose_name="motivo do encerramento"),
                ),
            ],
            options={
                "verbose_name": "mudança: usuário",
                "verbose_name_plural": "mudanças: usuários",
                "abstract": False,
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="agency",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "credentialing_agencyevent" ("acronym", "activities", "created_at", "expires_at", "headcount", "id", "name", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "suspended_at", "suspension_reason", "uf") VALUES (NEW."acronym", NEW."activities", NEW."created_at", NEW."expires_at", NEW."headcount", NEW."id", NEW."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', NEW."id", NEW."suspended_at", NEW."suspension_reason", NEW."uf"); RETURN NULL;',
                    hash="3a0443868933d9be06800b6fdaeb5fbb09e36388",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_325e0",
                    table="credentialing_agency",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="agency",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "credentialing_agencyevent" ("acronym", "activities", "created_at", "expires_at", "headcount", "id", "name", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "suspended_at", "suspension_reason", "uf") VALUES (NEW."acronym", NEW."activities", NEW."created_at", NEW."expires_at", NEW."headcount", NEW."id", NEW."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."suspended_at", NEW."suspension_reason", NEW."uf"); RETURN NULL;',
                    hash="070338167d3071d9439dfa0f123ef181944dd0c4",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_1ec81",
                    table="credentialing_agency",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="agency",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "credentialing_agencyevent" ("acronym", "activities", "created_at", "expires_at", "headcount", "id", "name", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "suspended_at", "suspension_reason", "uf") VALUES (OLD."acronym", OLD."activities", OLD."created_at", OLD."expires_at", OLD."headcount", OLD."id", OLD."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', OLD."id", OLD."suspended_at", OLD."suspension_reason", OLD."uf"); RETURN NULL;',
                    hash="0ba7eec44ef0d9269d4e5a142d38070f434da332",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_15dd6",
                    table="credentialing_agency",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="agencykey",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "credentialing_agencykeyevent" ("agency_id", "created_at", "expires_at", "fingerprint", "frozen_at", "frozen_because", "id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "revoked_at", "system") VALUES (NEW."agency_id", NEW."created_at", NEW."expires_at", NEW."fingerprint", NEW."frozen_at", NEW."frozen_because", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', NEW."id", NEW."revoked_at", NEW."system"); RETURN NULL;',
                    hash="c13da9e0561900457742f72a53f4d1490688704b",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_55542",
                    table="credentialing_agencykey",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="agencykey",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "credentialing_agencykeyevent" ("agency_id", "created_at", "expires_at", "fingerprint", "frozen_at", "frozen_because", "id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "revoked_at", "system") VALUES (NEW."agency_id", NEW."created_at", NEW."expires_at", NEW."fingerprint", NEW."frozen_at", NEW."frozen_because", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."revoked_at", NEW."system"); RETURN NULL;',
                    hash="1423cb2b98284af9472b47d9a4a2c3279b7599fc",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_6eac0",
                    table="credentialing_agencykey",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="agencykey",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "credentialing_agencykeyevent" ("agency_id", "created_at", "expires_at", "fingerprint", "frozen_at", "frozen_because", "id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "revoked_at", "system") VALUES (OLD."agency_id", OLD."created_at", OLD."expires_at", OLD."fingerprint", OLD."frozen_at", OLD."frozen_because", OLD."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', OLD."id", OLD."revoked_at", OLD."system"); RETURN NULL;',
                    hash="dbfd4de9a2a4736447220e20e3b044fb02e0e174",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_7d13f",
                    table="credentialing_agencykey",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="designation",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "credentialing_designationevent" ("ended_at", "ended_by_id", "id", "made_at", "made_by_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "since", "until", "user_id") VALUES (NEW."ended_at", NEW."ended_by_id", NEW."id", NEW."made_at", NEW."made_by_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', NEW."id", NEW."reason", NEW."since", NEW."until", NEW."user_id"); RETURN NULL;',
                    hash="885c4b81aa31825715bd10358c52986acc962201",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_1c355",
                    table="credentialing_designation",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="designation",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "credentialing_designationevent" ("ended_at", "ended_by_id", "id", "made_at", "made_by_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "since", "until", "user_id") VALUES (NEW."ended_at", NEW."ended_by_id", NEW."id", NEW."made_at", NEW."made_by_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."reason", NEW."since", NEW."until", NEW."user_id"); RETURN NULL;',
                    hash="c6ffd6707fa398e52f5ddcee952d05b38f68cbb2",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_1e9c3",
                    table="credentialing_designation",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="designation",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "credentialing_designationevent" ("ended_at", "ended_by_id", "id", "made_at", "made_by_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "since", "until", "user_id") VALUES (OLD."ended_at", OLD."ended_by_id", OLD."id", OLD."made_at", OLD."made_by_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', OLD."id", OLD."reason", OLD."since", OLD."until", OLD."user_id"); RETURN NULL;',
                    hash="a09dd8743182bbde1e131452465ed00532923d13",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_ef684",
                    table="credentialing_designation",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="user",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "credentialing_userevent" ("activities", "agency_id", "attested_at", "attested_by_id", "created_at", "email", "enabled_at", "ended_at", "ending", "ending_note", "frozen_at", "full_name", "granted_by_id", "id", "idle_warned_at", "is_active", "is_substitute", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "registration", "role", "unit", "username") VALUES (NEW."activities", NEW."agency_id", NEW."attested_at", NEW."attested_by_id", NEW."created_at", NEW."email", NEW."enabled_at", NEW."ended_at", NEW."ending", NEW."ending_note", NEW."frozen_at", NEW."full_name", NEW."granted_by_id", NEW."id", NEW."idle_warned_at", NEW."is_active", NEW."is_substitute", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', NEW."id", NEW."registration", NEW."role", NEW."unit", NEW."username"); RETURN NULL;',
                    hash="e8cd1553ff18f6d8c6ce4e19e94be2a58525074a",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_8729a",
                    table="credentialing_user",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="user",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."activities" IS DISTINCT FROM (NEW."activities") OR OLD."agency_id" IS DISTINCT FROM (NEW."agency_id") OR OLD."attested_at" IS DISTINCT FROM (NEW."attested_at") OR OLD."attested_by_id" IS DISTINCT FROM (NEW."attested_by_id") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."email" IS DISTINCT FROM (NEW."email") OR OLD."enabled_at" IS DISTINCT FROM (NEW."enabled_at") OR OLD."ended_at" IS DISTINCT FROM (NEW."ended_at") OR OLD."ending" IS DISTINCT FROM (NEW."ending") OR OLD."ending_note" IS DISTINCT FROM (NEW."ending_note") OR OLD."frozen_at" IS DISTINCT FROM (NEW."frozen_at") OR OLD."full_name" IS DISTINCT FROM (NEW."full_name") OR OLD."granted_by_id" IS DISTINCT FROM (NEW."granted_by_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."idle_warned_at" IS DISTINCT FROM (NEW."idle_warned_at") OR OLD."is_active" IS DISTINCT FROM (NEW."is_active") OR OLD."is_substitute" IS DISTINCT FROM (NEW."is_substitute") OR OLD."registration" IS DISTINCT FROM (NEW."registration") OR OLD."role" IS DISTINCT FROM (NEW."role") OR OLD."unit" IS DISTINCT FROM (NEW."unit") OR OLD."username" IS DISTINCT FROM (NEW."username"))',
                    func='INSERT INTO "credentialing_userevent" ("activities", "agency_id", "attested_at", "attested_by_id", "created_at", "email", "enabled_at", "ended_at", "ending", "ending_note", "frozen_at", "full_name", "granted_by_id", "id", "idle_warned_at", "is_active", "is_substitute", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "registration", "role", "unit", "username") VALUES (NEW."activities", NEW."agency_id", NEW."attested_at", NEW."attested_by_id", NEW."created_at", NEW."email", NEW."enabled_at", NEW."ended_at", NEW."ending", NEW."ending_note", NEW."frozen_at", NEW."full_name", NEW."granted_by_id", NEW."id", NEW."idle_warned_at", NEW."is_active", NEW."is_substitute", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."registration", NEW."role", NEW."unit", NEW."username"); RETURN NULL;',
                    hash="f0fcb934df8c121b0fff4dcd1f9bcfb8e726ef58",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_27101",
                    table="credentialing_user",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="user",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "credentialing_userevent" ("activities", "agency_id", "attested_at", "attested_by_id", "created_at", "email", "enabled_at", "ended_at", "ending", "ending_note", "frozen_at", "full_name", "granted_by_id", "id", "idle_warned_at", "is_active", "is_substitute", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "registration", "role", "unit", "username") VALUES (OLD."activities", OLD."agency_id", OLD."attested_at", OLD."attested_by_id", OLD."created_at", OLD."email", OLD."enabled_at", OLD."ended_at", OLD."ending", OLD."ending_note", OLD."frozen_at", OLD."full_name", OLD."granted_by_id", OLD."id", OLD."idle_warned_at", OLD."is_active", OLD."is_substitute", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', OLD."id", OLD."registration", OLD."role", OLD."unit", OLD."username"); RETURN NULL;',
                    hash="84f8dd2f2371efa1386e9f706107f1aca7e4152a",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_b62b6",
                    table="credentialing_user",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="user",
            trigger=pgtrigger.compiler.Trigger(
                name="password_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."password" IS DISTINCT FROM (NEW."password"))',
                    func='INSERT INTO "credentialing_userevent" ("activities", "agency_id", "attested_at", "attested_by_id", "created_at", "email", "enabled_at", "ended_at", "ending", "ending_note", "frozen_at", "full_name", "granted_by_id", "id", "idle_warned_at", "is_active", "is_substitute", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "registration", "role", "unit", "username") VALUES (NEW."activities", NEW."agency_id", NEW."attested_at", NEW."attested_by_id", NEW."created_at", NEW."email", NEW."enabled_at", NEW."ended_at", NEW."ending", NEW."ending_note", NEW."frozen_at", NEW."full_name", NEW."granted_by_id", NEW."id", NEW."idle_warned_at", NEW."is_active", NEW."is_substitute", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'password\', NEW."id", NEW."registration", NEW."role", NEW."unit", NEW."username"); RETURN NULL;',
                    hash="8a604b682f96bac148ca462de6aa93783711f5c0",
                    operation="UPDATE",
                    pgid="pgtrigger_password_update_95462",
                    table="credentialing_user",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="user",
            trigger=pgtrigger.compiler.Trigger(
                name="cpf_digest_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."cpf_digest" IS DISTINCT FROM (NEW."cpf_digest"))',
                    func='INSERT INTO "credentialing_userevent" ("activities", "agency_id", "attested_at", "attested_by_id", "created_at", "email", "enabled_at", "ended_at", "ending", "ending_note", "frozen_at", "full_name", "granted_by_id", "id", "idle_warned_at", "is_active", "is_substitute", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "registration", "role", "unit", "username") VALUES (NEW."activities", NEW."agency_id", NEW."attested_at", NEW."attested_by_id", NEW."created_at", NEW."email", NEW."enabled_at", NEW."ended_at", NEW."ending", NEW."ending_note", NEW."frozen_at", NEW."full_name", NEW."granted_by_id", NEW."id", NEW."idle_warned_at", NEW."is_active", NEW."is_substitute", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'cpf_digest\', NEW."id", NEW."registration", NEW."role", NEW."unit", NEW."username"); RETURN NULL;',
                    hash="d26fda418f29f852fa8e3bbd6d1742386b052419",
                    operation="UPDATE",
                    pgid="pgtrigger_cpf_digest_update_495e2",
                    table="credentialing_user",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="user",
            trigger=pgtrigger.compiler.Trigger(
                name="address_digest_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."address_digest" IS DISTINCT FROM (NEW."address_digest"))',
                    func='INSERT INTO "credentialing_userevent" ("activities", "agency_id", "attested_at", "attested_by_id", "created_at", "email", "enabled_at", "ended_at", "ending", "ending_note", "frozen_at", "full_name", "granted_by_id", "id", "idle_warned_at", "is_active", "is_substitute", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "registration", "role", "unit", "username") VALUES (NEW."activities", NEW."agency_id", NEW."attested_at", NEW."attested_by_id", NEW."created_at", NEW."email", NEW."enabled_at", NEW."ended_at", NEW."ending", NEW."ending_note", NEW."frozen_at", NEW."full_name", NEW."granted_by_id", NEW."id", NEW."idle_warned_at", NEW."is_active", NEW."is_substitute", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'address_digest\', NEW."id", NEW."registration", NEW."role", NEW."unit", NEW."username"); RETURN NULL;',
                    hash="93606c599f87983ccd8a36ba4308bdfc166644df",
                    operation="UPDATE",
                    pgid="pgtrigger_address_digest_update_099c6",
                    table="credentialing_user",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddField(
            model_name="agencyevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="changes",
                to="credentialing.agency",
            ),
        ),
        migrations.AddField(
            model_name="agencykeyevent",
            name="agency",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="credentialing.agency",
                verbose_name="órgão",
            ),
        ),
        migrations.AddField(
            model_name="agencykeyevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="changes",
                to="credentialing.agencykey",
            ),
        ),
        migrations.AddField(
            model_name="designationevent",
            name="ended_by",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="encerrada por",
            ),
        ),
        migrations.AddField(
            model_name="designationevent",
            name="made_by",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="designado por",
            ),
        ),
        migrations.AddField(
            model_name="designationevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="changes",
                to="credentialing.designation",
            ),
        ),
        migrations.AddField(
            model_name="designationevent",
            name="user",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="substituto",
            ),
        ),
        migrations.AddField(
            model_name="userevent",
            name="agency",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="credentialing.agency",
                verbose_name="órgão",
            ),
        ),
        migrations.AddField(
            model_name="userevent",
            name="attested_by",
            field=models.ForeignKey(
                db_constraint=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="atestado por",
            ),
        ),
        migrations.AddField(
            model_name="userevent",
            name="granted_by",
            field=models.ForeignKey(
                db_constraint=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="delegado por",
            ),
        ),
        migrations.AddField(
            model_name="userevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="changes",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="agencyevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="e5bb044977d04e7a4123d9ca6d792449790807be",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_d251c",
                    table="credentialing_agencyevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="agencykeyevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="36a6b7773e187263460d4f1d8993cbeb946110d2",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_687d6",
                    table="credentialing_agencykeyevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="designationevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="bef5c083054ce7e2bca03509fa15fa0f0fe84ee2",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_330cb",
                    table="credentialing_designationevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="userevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="0ef9600cc16ccd4801af793f24cd36a1e31e066f",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_04fc4",
                    table="credentialing_userevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.RunSQL(changes.begin("credentialing"), migrations.RunSQL.noop),
        migrations.RunSQL(changes.protect("credentialing"), migrations.RunSQL.noop),
    ]
