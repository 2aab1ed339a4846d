"""The mirror of an origin is divided by view, and a view's first rows fill their table before it is indexed.

Two thirds of writing the mirror of a first load was growing its key row by row. As with the facts of the registry (its
migration 0014), those rows go into a table of their own, which becomes the partition with them. Only the origin's own
part of the mirror is locked, which its one load has to itself. The key now begins with what tells rows apart within a
partition: sorting by it takes a third of the time. What was there is moved, partition by partition.
"""

from django.db import migrations

ADD_DIVIDED = """
CREATE OR REPLACE FUNCTION ingestion_add_partition(origin bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    EXECUTE format('CREATE TABLE IF NOT EXISTS public.%I PARTITION OF public.ingestion_rawrecord FOR VALUES IN (%s)'
        ' PARTITION BY LIST (view)', 'ingestion_rawrecord_o' || origin, origin);
    EXECUTE format('CREATE TABLE IF NOT EXISTS public.%I PARTITION OF public.ingestion_previousversion'
        ' FOR VALUES IN (%s)', 'ingestion_previousversion_o' || origin, origin);
END $$;

CREATE FUNCTION ingestion_start_view(origin bigint, view text) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    name text := 'ingestion_rawrecord_o' || origin || '_' || view;
BEGIN
    IF view !~ '^vw_[a-z_]{1,27}$' THEN
        RAISE 'no view of the contract: %', view;
    END IF;
    IF to_regclass(format('public.%I', name)) IS NOT NULL THEN
        RETURN NULL;
    END IF;
    EXECUTE format('CREATE TABLE public.%I (LIKE public.ingestion_rawrecord INCLUDING DEFAULTS INCLUDING CONSTRAINTS,'
        ' CONSTRAINT of_origin CHECK (origin_id IS NOT NULL AND origin_id = %s),'
        ' CONSTRAINT of_view CHECK (view IS NOT NULL AND view = %L))', name, origin, view);
    RETURN name;
END $$;

CREATE FUNCTION ingestion_attach_view(origin bigint, view text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    part text := 'ingestion_rawrecord_o' || origin;
    name text := part || '_' || view;
BEGIN
    EXECUTE format('ALTER TABLE public.%I ATTACH PARTITION public.%I FOR VALUES IN (%L)', part, name, view);
    EXECUTE format('ALTER TABLE public.%I DROP CONSTRAINT of_origin, DROP CONSTRAINT of_view', name);
END $$;

REVOKE ALL ON FUNCTION ingestion_start_view(bigint, text), ingestion_attach_view(bigint, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ingestion_start_view(bigint, text), ingestion_attach_view(bigint, text) TO senappen_app;
"""
ADD_WHOLE = """
DROP FUNCTION ingestion_start_view(bigint, text);
DROP FUNCTION ingestion_attach_view(bigint, text);
CREATE OR REPLACE FUNCTION ingestion_add_partition(origin bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    parent text;
BEGIN
    FOREACH parent IN ARRAY ARRAY['ingestion_rawrecord', 'ingestion_previousversion'] LOOP
        EXECUTE format('CREATE TABLE IF NOT EXISTS public.%I PARTITION OF public.%I FOR VALUES IN (%s)',
            parent || '_o' || origin, parent, origin);
    END LOOP;
END $$;
"""
# The parts of the mirror, taken out of it; its key, which no part holds to any more; and the parts put in again.
MOVE = """
CREATE TEMP TABLE old_part AS
    SELECT c.relname::text AS name, substr(c.relname, length('ingestion_rawrecord_o') + 1)::bigint AS origin
    FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
    WHERE i.inhparent = 'public.ingestion_rawrecord'::regclass;
DO $$
DECLARE
    part record;
BEGIN
    FOR part IN SELECT * FROM old_part LOOP
        EXECUTE format('ALTER TABLE public.ingestion_rawrecord DETACH PARTITION public.%I', part.name);
        EXECUTE format('ALTER TABLE public.%I DROP CONSTRAINT %I', part.name, part.name || '_pkey');
        EXECUTE format('ALTER TABLE public.%I RENAME TO %I', part.name, part.name || '_old');
    END LOOP;
END $$;
ALTER TABLE public.ingestion_rawrecord DROP CONSTRAINT ingestion_rawrecord_pkey, ADD PRIMARY KEY ({key});
DO $$
DECLARE
    part record;
    view text;
BEGIN
    FOR part IN SELECT * FROM old_part LOOP
        PERFORM ingestion_add_partition(part.origin);
        {fill}
        EXECUTE format('DROP TABLE public.%I', part.name || '_old');
    END LOOP;
END $$;
DROP TABLE old_part;
"""
FILL_BY_VIEW = """
        FOR view IN EXECUTE format('SELECT DISTINCT view FROM public.%I', part.name || '_old') LOOP
            EXECUTE format('INSERT INTO public.%I SELECT * FROM public.%I WHERE view = %L',
                ingestion_start_view(part.origin, view), part.name || '_old', view);
            PERFORM ingestion_attach_view(part.origin, view);
        END LOOP;
"""
FILL_WHOLE = "EXECUTE format('INSERT INTO public.%I SELECT * FROM public.%I', part.name, part.name || '_old');"
DIVIDE = ADD_DIVIDED + MOVE.format(key="origin_key, view, origin_id", fill=FILL_BY_VIEW)
UNDIVIDE = ADD_WHOLE + MOVE.format(key="origin_id, view, origin_key", fill=FILL_WHOLE)


class Migration(migrations.Migration):
    dependencies = [("ingestion", "0015_rules_chosen_so_far")]

    operations = [migrations.RunSQL(DIVIDE, UNDIVIDE)]
