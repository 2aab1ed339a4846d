"""An origin's first rows of a large table go into a table of their own, which becomes its partition with them.

Its indexes are then built once, from all rows, rather than grown row by row. Attaching leaves readers and writers of
other partitions alone; making an empty partition, as was done for every new origin, would stop them. Partitions that
are there stay; taking the migration back makes those that are missing.
"""

from django.db import migrations

ADD = """
CREATE FUNCTION registry_start_partition(parent text, origin bigint) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    name text := parent || '_o' || origin;
BEGIN
    IF parent <> ALL (ARRAY['registry_movement', 'registry_visit', 'registry_lawyerattendance']) THEN
        RAISE 'no table with a partition for every origin: %', parent;
    END IF;
    IF to_regclass(format('public.%I', name)) IS NOT NULL THEN
        RETURN NULL;
    END IF;
    EXECUTE format('CREATE TABLE public.%I (LIKE public.%I INCLUDING DEFAULTS INCLUDING CONSTRAINTS,'
        ' CONSTRAINT of_origin CHECK (origin_id IS NOT NULL AND origin_id = %s))', name, parent, origin);
    EXECUTE format('ALTER TABLE public.%I ALTER id SET DEFAULT nextval(%L)', name,
        pg_get_serial_sequence('public.' || parent, 'id'));
    RETURN name;
END $$;

CREATE FUNCTION registry_attach_partition(parent text, origin bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    name text := parent || '_o' || origin;
BEGIN
    IF parent <> ALL (ARRAY['registry_movement', 'registry_visit', 'registry_lawyerattendance']) THEN
        RAISE 'no table with a partition for every origin: %', parent;
    END IF;
    EXECUTE format('ALTER TABLE public.%I ALTER id DROP DEFAULT', name);
    EXECUTE format('ALTER TABLE public.%I ATTACH PARTITION public.%I FOR VALUES IN (%s)', parent, name, origin);
    EXECUTE format('ALTER TABLE public.%I DROP CONSTRAINT of_origin', name);
END $$;

REVOKE ALL ON FUNCTION registry_start_partition(text, bigint), registry_attach_partition(text, bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION registry_start_partition(text, bigint), registry_attach_partition(text, bigint)
    TO senappen_app;
"""
UNDO = """
SELECT registry_add_partitions(id) FROM registry_origin;
DROP FUNCTION registry_start_partition(text, bigint);
DROP FUNCTION registry_attach_partition(text, bigint);
"""


class Migration(migrations.Migration):
    dependencies = [("registry", "0013_person_links")]

    operations = [migrations.RunSQL(ADD, UNDO)]
