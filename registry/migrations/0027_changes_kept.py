"""Changes of the rows that say who may what are kept (`senappen.lib.changes`)."""

import uuid

import django.db.models.deletion
import django.db.models.functions.datetime
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

from senappen.lib import changes


class Migration(migrations.Migration):
    dependencies = [
        ("registry", "0026_statistics_of_every_table"),
    ]

    operations = [
        migrations.CreateModel(
            name="SealEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                (
                    "level",
                    models.CharField(
                        choices=[("agency", "Restrito ao órgão"), ("named", "Nominal")],
                        max_length=10,
                        verbose_name="nível",
                    ),
                ),
                ("agency", models.CharField(max_length=30, verbose_name="órgão")),
                ("reason", models.CharField(max_length=500, verbose_name="motivo")),
                (
                    "basis",
                    models.CharField(
                        choices=[
                            ("witness", "Proteção a vítima ou testemunha (Lei 9.807/1999)"),
                            ("collaborator", "Colaboração premiada (Lei 12.850/2013, art. 5º)"),
                            ("court_secrecy", "Segredo de justiça (Constituição, art. 5º, LX)"),
                            ("threat", "Preso com a integridade ameaçada (LEP, art. 84, § 4º)"),
                            ("other", "Outro, dito na decisão"),
                        ],
                        db_default="other",
                        max_length=20,
                        verbose_name="fundamento",
                    ),
                ),
                ("ordered_by", models.CharField(max_length=200, verbose_name="determinado por")),
                (
                    "since",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name="desde"),
                ),
                ("until", models.DateTimeField(null=True, verbose_name="até")),
                ("sealed_by", models.CharField(max_length=80, verbose_name="registrado por")),
                ("lift_asked_at", models.DateTimeField(null=True, verbose_name="levantamento proposto em")),
                (
                    "lift_asked_by",
                    models.CharField(
                        blank=True, db_default="", max_length=80, verbose_name="levantamento proposto por"
                    ),
                ),
                ("lifted_at", models.DateTimeField(null=True, verbose_name="levantado em")),
                ("lifted_by", models.CharField(blank=True, db_default="", max_length=80, verbose_name="levantado por")),
                (
                    "lifted_reason",
                    models.CharField(blank=True, db_default="", max_length=500, verbose_name="motivo do levantamento"),
                ),
            ],
            options={
                "verbose_name": "mudança: sigilo",
                "verbose_name_plural": "mudanças: sigilos",
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="SealGrantEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("id", models.BigIntegerField()),
                ("username", models.CharField(max_length=60, verbose_name="usuário")),
                ("reason", models.CharField(max_length=500, verbose_name="motivo")),
                ("until", models.DateTimeField(null=True, verbose_name="até")),
                ("given_by", models.CharField(max_length=80, verbose_name="proposta por")),
                (
                    "given_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), verbose_name="proposta em"
                    ),
                ),
                (
                    "confirmed_by",
                    models.CharField(blank=True, db_default="", max_length=80, verbose_name="confirmada por"),
                ),
                ("confirmed_at", models.DateTimeField(null=True, verbose_name="confirmada em")),
                ("revoked_by", models.CharField(blank=True, db_default="", max_length=80, verbose_name="revogada por")),
                ("revoked_at", models.DateTimeField(null=True, verbose_name="revogada em")),
            ],
            options={
                "verbose_name": "mudança: autorização nominal",
                "verbose_name_plural": "mudanças: autorizações nominais",
                "abstract": False,
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="seal",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "registry_sealevent" ("agency", "basis", "id", "level", "lift_asked_at", "lift_asked_by", "lifted_at", "lifted_by", "lifted_reason", "ordered_by", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "sealed_by", "since", "until") VALUES (NEW."agency", NEW."basis", NEW."id", NEW."level", NEW."lift_asked_at", NEW."lift_asked_by", NEW."lifted_at", NEW."lifted_by", NEW."lifted_reason", NEW."ordered_by", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', NEW."id", NEW."reason", NEW."sealed_by", NEW."since", NEW."until"); RETURN NULL;',
                    hash="eb08f02d800028d7580e5366ec95a68b6050eb6f",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_1ced8",
                    table="registry_seal",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="seal",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "registry_sealevent" ("agency", "basis", "id", "level", "lift_asked_at", "lift_asked_by", "lifted_at", "lifted_by", "lifted_reason", "ordered_by", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "sealed_by", "since", "until") VALUES (NEW."agency", NEW."basis", NEW."id", NEW."level", NEW."lift_asked_at", NEW."lift_asked_by", NEW."lifted_at", NEW."lifted_by", NEW."lifted_reason", NEW."ordered_by", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."reason", NEW."sealed_by", NEW."since", NEW."until"); RETURN NULL;',
                    hash="e4904882dd92a378849a81ecbdcc9dadc165119a",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_c05c1",
                    table="registry_seal",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="seal",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "registry_sealevent" ("agency", "basis", "id", "level", "lift_asked_at", "lift_asked_by", "lifted_at", "lifted_by", "lifted_reason", "ordered_by", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "sealed_by", "since", "until") VALUES (OLD."agency", OLD."basis", OLD."id", OLD."level", OLD."lift_asked_at", OLD."lift_asked_by", OLD."lifted_at", OLD."lifted_by", OLD."lifted_reason", OLD."ordered_by", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', OLD."id", OLD."reason", OLD."sealed_by", OLD."since", OLD."until"); RETURN NULL;',
                    hash="38bccbaad30d00899bfe40e5cb44fe1178d29d0f",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_1297a",
                    table="registry_seal",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="sealgrant",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "registry_sealgrantevent" ("confirmed_at", "confirmed_by", "given_at", "given_by", "id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "revoked_at", "revoked_by", "seal_id", "until", "username") VALUES (NEW."confirmed_at", NEW."confirmed_by", NEW."given_at", NEW."given_by", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', NEW."id", NEW."reason", NEW."revoked_at", NEW."revoked_by", NEW."seal_id", NEW."until", NEW."username"); RETURN NULL;',
                    hash="b15a8b32150926b06551a8d94f0959aedc288bd7",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_120b0",
                    table="registry_sealgrant",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="sealgrant",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "registry_sealgrantevent" ("confirmed_at", "confirmed_by", "given_at", "given_by", "id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "revoked_at", "revoked_by", "seal_id", "until", "username") VALUES (NEW."confirmed_at", NEW."confirmed_by", NEW."given_at", NEW."given_by", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."reason", NEW."revoked_at", NEW."revoked_by", NEW."seal_id", NEW."until", NEW."username"); RETURN NULL;',
                    hash="2a35ca6ce00a3b317001fdea4b3dec3241ce1eaf",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_422cd",
                    table="registry_sealgrant",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="sealgrant",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "registry_sealgrantevent" ("confirmed_at", "confirmed_by", "given_at", "given_by", "id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "revoked_at", "revoked_by", "seal_id", "until", "username") VALUES (OLD."confirmed_at", OLD."confirmed_by", OLD."given_at", OLD."given_by", OLD."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', OLD."id", OLD."reason", OLD."revoked_at", OLD."revoked_by", OLD."seal_id", OLD."until", OLD."username"); RETURN NULL;',
                    hash="8589a2f5fc17d8474fa424e9dd3e8a71380e46e5",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_07dd9",
                    table="registry_sealgrant",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddField(
            model_name="sealevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="changes",
                to="registry.seal",
            ),
        ),
        migrations.AddField(
            model_name="sealgrantevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="changes",
                to="registry.sealgrant",
            ),
        ),
        migrations.AddField(
            model_name="sealgrantevent",
            name="seal",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="registry.seal",
                verbose_name="sigilo",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="sealevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="4b25fdf5efab2508dd25d754227886fbf521b863",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_3b9d6",
                    table="registry_sealevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="sealgrantevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="48fa398584f1f6a76a7b81a9e3f48716107a79d6",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_3cd9d",
                    table="registry_sealgrantevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.RunSQL(changes.begin("registry"), migrations.RunSQL.noop),
        migrations.RunSQL(changes.protect("registry"), migrations.RunSQL.noop),
    ]
