"""A partition of each large table for every origin, made by the owner on the application's request."""

from django.db import migrations

ADD = """
CREATE FUNCTION registry_add_partitions(origin bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    parent text;
BEGIN
    FOREACH parent IN ARRAY ARRAY['registry_movement', 'registry_visit', 'registry_lawyerattendance'] LOOP
        EXECUTE format('CREATE TABLE IF NOT EXISTS public.%I PARTITION OF public.%I FOR VALUES IN (%s)',
            parent || '_o' || origin, parent, origin);
    END LOOP;
END $$;
REVOKE ALL ON FUNCTION registry_add_partitions(bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION registry_add_partitions(bigint) TO senappen_app;
"""


class Migration(migrations.Migration):
    dependencies = [("registry", "0001_national_base")]

    operations = [migrations.RunSQL(ADD, "DROP FUNCTION registry_add_partitions(bigint)")]
