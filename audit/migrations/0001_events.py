"""The events' table, partitioned by month, and the only way to write to it."""

from django.contrib.postgres.fields import ArrayField
from django.db import migrations, models

from audit.events import CHANNEL_LABELS, LABELS, Channel, Kind

TABLE = """
CREATE TABLE audit_accessevent (
    id bigint GENERATED ALWAYS AS IDENTITY,
    at timestamptz NOT NULL DEFAULT clock_timestamp(),
    kind varchar(30) NOT NULL,
    action varchar(60) NOT NULL,
    actor_id bigint,
    actor varchar(80) NOT NULL,
    role varchar(20) NOT NULL,
    agency varchar(20) NOT NULL,
    channel varchar(10) NOT NULL,
    address inet,
    session varchar(64) NOT NULL,
    request uuid NOT NULL,
    purpose uuid,
    purpose_text varchar(700) NOT NULL,
    intent bigint,
    receipt uuid,
    subjects uuid[] NOT NULL,
    detail jsonb NOT NULL,
    PRIMARY KEY (at, id)
) PARTITION BY RANGE (at);
-- A month without its partition must never stop the platform.
CREATE TABLE audit_accessevent_default PARTITION OF audit_accessevent DEFAULT;
CREATE INDEX audit_event_actor ON audit_accessevent (actor_id, at DESC);
CREATE INDEX audit_event_agency ON audit_accessevent (agency, at DESC);
CREATE INDEX audit_event_id ON audit_accessevent (id);
CREATE INDEX audit_event_subjects ON audit_accessevent USING gin (subjects);
"""

# The lock timeout is the function's own: whoever calls it, a locked audit refuses within half a second.
APPEND = """
CREATE FUNCTION audit_append(event jsonb) RETURNS bigint
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET lock_timeout = '500ms' AS $$
    INSERT INTO public.audit_accessevent (kind, action, actor_id, actor, role, agency, channel, address, session,
        request, purpose, purpose_text, intent, receipt, subjects, detail)
    SELECT kind, action, actor_id, actor, role, agency, channel, address, session,
        request, purpose, purpose_text, intent, receipt, subjects, detail
    FROM jsonb_to_record(event) AS e(kind text, action text, actor_id bigint, actor text, role text, agency text,
        channel text, address inet, session text, request uuid, purpose uuid, purpose_text text, intent bigint,
        receipt uuid, subjects uuid[], detail jsonb)
    RETURNING id
$$;
"""

# A month whose events already fell into the default partition stays there: moving them would be changing them.
PARTITIONS = """
CREATE FUNCTION audit_ensure_partitions(months integer) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    first date := date_trunc('month', now() AT TIME ZONE 'UTC')::date;
    month date;
    made integer := 0;
BEGIN
    FOR ahead IN 0..months LOOP
        month := first + make_interval(months => ahead);
        CONTINUE WHEN to_regclass(format('public.audit_accessevent_%s', to_char(month, 'YYYY_MM'))) IS NOT NULL;
        CONTINUE WHEN EXISTS (SELECT 1 FROM public.audit_accessevent_default
            WHERE at >= month AND at < month + interval '1 month');
        EXECUTE format('CREATE TABLE public.audit_accessevent_%s PARTITION OF public.audit_accessevent
            FOR VALUES FROM (%L) TO (%L)', to_char(month, 'YYYY_MM'),
            month::timestamp AT TIME ZONE 'UTC', (month + interval '1 month') AT TIME ZONE 'UTC');
        EXECUTE format('REVOKE ALL ON public.audit_accessevent_%s FROM senappen_app', to_char(month, 'YYYY_MM'));
        made := made + 1;
    END LOOP;
    RETURN made;
END $$;
"""

# The application may append and read; it may not insert, update, delete or truncate.
GRANTS = """
REVOKE ALL ON audit_accessevent, audit_accessevent_default FROM PUBLIC, senappen_app;
GRANT SELECT ON audit_accessevent TO senappen_app;
REVOKE ALL ON FUNCTION audit_append(jsonb), audit_ensure_partitions(integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION audit_append(jsonb), audit_ensure_partitions(integer) TO senappen_app;
SELECT audit_ensure_partitions(2);
"""

UNDO = """
DROP FUNCTION audit_ensure_partitions(integer);
DROP FUNCTION audit_append(jsonb);
DROP TABLE audit_accessevent;
"""


class Migration(migrations.Migration):
    initial = True
    dependencies: list[tuple[str, str]] = []
    # Choices come from the live lists, so that a new kind of event is not a schema change.

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL(TABLE + APPEND + PARTITIONS + GRANTS, UNDO)],
            state_operations=[
                migrations.CreateModel(
                    name="AccessEvent",
                    fields=[
                        ("id", models.BigIntegerField(primary_key=True, serialize=False)),
                        ("at", models.DateTimeField(verbose_name="quando")),
                        (
                            "kind",
                            models.CharField(
                                choices=[(k.value, LABELS[k]) for k in Kind],
                                max_length=30,
                                verbose_name="evento",
                            ),
                        ),
                        ("action", models.CharField(max_length=60, verbose_name="ação")),
                        ("actor_id", models.BigIntegerField(null=True, verbose_name="conta")),
                        ("actor", models.CharField(max_length=80, verbose_name="usuário")),
                        ("role", models.CharField(max_length=20, verbose_name="perfil")),
                        ("agency", models.CharField(max_length=20, verbose_name="órgão")),
                        (
                            "channel",
                            models.CharField(
                                choices=[(c.value, CHANNEL_LABELS[c]) for c in Channel],
                                max_length=10,
                                verbose_name="canal",
                            ),
                        ),
                        ("address", models.GenericIPAddressField(null=True, verbose_name="endereço")),
                        ("session", models.CharField(max_length=64, verbose_name="sessão")),
                        ("request", models.UUIDField(verbose_name="requisição")),
                        ("purpose", models.UUIDField(null=True, verbose_name="finalidade")),
                        (
                            "purpose_text",
                            models.CharField(max_length=700, verbose_name="finalidade declarada"),
                        ),
                        ("intent", models.BigIntegerField(null=True, verbose_name="pedido")),
                        ("receipt", models.UUIDField(null=True, verbose_name="recibo")),
                        (
                            "subjects",
                            ArrayField(base_field=models.UUIDField(), size=None, verbose_name="pessoas mostradas"),
                        ),
                        ("detail", models.JSONField(verbose_name="detalhe")),
                    ],
                    options={
                        "verbose_name": "evento de auditoria",
                        "verbose_name_plural": "eventos de auditoria",
                        "ordering": ["-at", "-id"],
                        "default_permissions": (),
                    },
                ),
            ],
        ),
    ]
