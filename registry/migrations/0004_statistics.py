"""Fresh planner statistics of the records, taken by the owner on the application's request."""

from django.db import migrations

ADD = """
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
    dependencies = [("registry", "0003_pending")]

    operations = [migrations.RunSQL(ADD, "DROP FUNCTION registry_refresh_statistics(bigint)")]
