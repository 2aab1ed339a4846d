"""Planner statistics of every table that changed much, not of the records alone."""

from django.db import migrations

DROP_OLD = "DROP FUNCTION registry_refresh_statistics(bigint)"
# The owner's, for only it may analyse; called by `registry.services.planner`. One caller at a time: nobody waits for
# somebody who waits for them. What autovacuum looked at while rows were being written counts again once these are
# committed, for they are changes that came after. An ordinary autovacuum gives way within a second; a table that
# something else holds for longer is left for the next time.
ADD = r"""
CREATE FUNCTION registry_refresh_statistics() RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET lock_timeout = 0 AS $$
DECLARE
    one regclass;
    renewed integer := 0;
BEGIN
    PERFORM pg_advisory_xact_lock(5141978);
    PERFORM set_config('lock_timeout', '5s', true);
    FOR one IN
        SELECT c.oid FROM pg_class c
        WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND c.relname LIKE 'registry\_%'
            AND pg_stat_get_mod_since_analyze(c.oid) >= greatest(100, c.reltuples / 3)
        ORDER BY c.oid
    LOOP
        BEGIN
            EXECUTE format('ANALYZE %s', one);
            renewed := renewed + 1;
        EXCEPTION WHEN lock_not_available THEN
            RAISE LOG 'statistics of % are left as they were: the table is held', one;
        END;
    END LOOP;
    RETURN renewed;
END $$;
REVOKE ALL ON FUNCTION registry_refresh_statistics() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION registry_refresh_statistics() TO senappen_app;
"""
DROP = "DROP FUNCTION registry_refresh_statistics()"
# As 0004 made it.
ADD_OLD = """
CREATE FUNCTION registry_refresh_statistics(changed bigint) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    known real := (SELECT reltuples FROM pg_class WHERE oid = 'public.registry_record'::regclass);
BEGIN
    IF changed < 100 OR changed * 20 < known THEN
        RETURN false;
    END IF;
    ANALYZE public.registry_record (cpf, name_norm, mother_norm, birth_date);
    RETURN true;
END $$;
REVOKE ALL ON FUNCTION registry_refresh_statistics(bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION registry_refresh_statistics(bigint) TO senappen_app;
"""


class Migration(migrations.Migration):
    dependencies = [("registry", "0025_unjudged_origins")]

    operations = [migrations.RunSQL(DROP_OLD, ADD_OLD), migrations.RunSQL(ADD, DROP)]
