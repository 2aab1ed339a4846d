"""The SQL of 0002: links in 16 streams, keys of single events, and who may reach what."""

# A key partition is dropped to forget the texts of a month: a file that is gone, not rows that wait for a vacuum.
TABLES = """
ALTER TABLE audit_accessevent ADD COLUMN sealed bytea;
CREATE TABLE audit_eventkey (
    at timestamptz NOT NULL,
    event bigint NOT NULL,
    wrapped bytea NOT NULL,
    PRIMARY KEY (at, event)
) PARTITION BY RANGE (at);
CREATE TABLE audit_eventkey_default PARTITION OF audit_eventkey DEFAULT;
CREATE TABLE audit_link (
    stream smallint NOT NULL CHECK (stream BETWEEN 0 AND 15),
    seq bigint NOT NULL CHECK (seq > 0),
    at timestamptz NOT NULL,
    event bigint NOT NULL UNIQUE,
    digest bytea NOT NULL CHECK (length(digest) = 32),
    hash bytea NOT NULL CHECK (length(hash) = 32),
    PRIMARY KEY (stream, seq)
);
CREATE INDEX audit_link_at ON audit_link (at);
CREATE TABLE audit_checkpoint (number bigint PRIMARY KEY, at timestamptz NOT NULL, text text NOT NULL);
CREATE TABLE audit_retirement (month date PRIMARY KEY, at timestamptz NOT NULL, text text NOT NULL);
"""

# The texts are sealed between these two (`seal_texts` of 0002).
SEALED = """
ALTER TABLE audit_accessevent ALTER COLUMN sealed SET NOT NULL, DROP COLUMN purpose_text, DROP COLUMN detail;
"""

# docs/operacao/auditoria.md has the encoding byte by byte; audit_verify/encoding.py is its other implementation.
ENCODING = """
CREATE FUNCTION audit_field(value bytea) RETURNS bytea LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN value IS NULL THEN '\\xffffffff'::bytea ELSE pg_catalog.int4send(length(value)) || value END
$$;
CREATE FUNCTION audit_word(value text) RETURNS bytea LANGUAGE sql STABLE AS $$
    SELECT public.audit_field(pg_catalog.convert_to(value, 'UTF8'))
$$;
CREATE FUNCTION audit_digest(e audit_accessevent) RETURNS bytea LANGUAGE sql STABLE AS $$
    SELECT pg_catalog.sha256('senappen-audit-event-1'::bytea || '\\x00'::bytea
        || public.audit_field(int8send((e).id))
        || public.audit_field(int8send((extract(epoch FROM (e).at) * 1000000)::bigint))
        || public.audit_word((e).kind) || public.audit_word((e).action)
        || public.audit_field(int8send((e).actor_id)) || public.audit_word((e).actor)
        || public.audit_word((e).role) || public.audit_word((e).agency) || public.audit_word((e).channel)
        || public.audit_word((e).address::text) || public.audit_word((e).session)
        || public.audit_field(uuid_send((e).request)) || public.audit_field(uuid_send((e).purpose))
        || public.audit_field(int8send((e).intent)) || public.audit_field(uuid_send((e).receipt))
        || public.audit_field((SELECT coalesce(string_agg(uuid_send(s), ''::bytea ORDER BY n), ''::bytea)
            FROM unnest((e).subjects) WITH ORDINALITY AS t(s, n)))
        || public.audit_field((e).sealed))
$$;
"""

# The link is made when the transaction commits, by a deferred trigger: a stream is held for the length of a commit,
# never for that of a load. Whoever commits takes the first stream that is free, so that nobody waits for another and
# no two transactions wait for each other; only when all 16 are taken does one wait, holding none.
LINK = """
CREATE FUNCTION audit_chain(e audit_accessevent, place integer) RETURNS void LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    last bigint;
    previous bytea;
    own bytea := audit_digest(e);
BEGIN
    SELECT seq, hash INTO last, previous FROM audit_link WHERE stream = place ORDER BY seq DESC LIMIT 1;
    last := coalesce(last, 0) + 1;
    previous := coalesce(previous, decode(repeat('00', 32), 'hex'));
    INSERT INTO audit_link (stream, seq, at, event, digest, hash)
    VALUES (place, last, e.at, e.id, own, sha256('senappen-audit-link-1'::bytea || '\\x00'::bytea
        || previous || int2send(place::smallint) || int8send(last) || own));
END $$;
CREATE FUNCTION audit_link_event() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp SET lock_timeout = '500ms' AS $$
DECLARE
    first integer := (pg_current_xact_id()::text::bigint & 15)::integer;
    place integer;
BEGIN
    FOR turn IN 0..16 LOOP
        place := (first + turn) & 15;
        IF turn = 16 THEN
            PERFORM pg_advisory_xact_lock(1635083369, place);
        ELSE
            EXIT WHEN pg_try_advisory_xact_lock(1635083369, place);
        END IF;
    END LOOP;
    PERFORM audit_chain(NEW, place);
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER audit_link AFTER INSERT ON audit_accessevent
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit_link_event();
SELECT count(audit_chain(e, (e.id & 15)::integer)) FROM (SELECT * FROM audit_accessevent ORDER BY at, id) AS e;
"""

# LOCK: what the commit will need must be had now, where a refusal still is one of the audit and not of the commit.
APPEND = """
CREATE OR REPLACE FUNCTION audit_append(event jsonb) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET lock_timeout = '500ms' AS $$
DECLARE
    made record;
BEGIN
    LOCK TABLE audit_link IN ROW EXCLUSIVE MODE;
    INSERT INTO audit_accessevent (kind, action, actor_id, actor, role, agency, channel, address, session,
        request, purpose, intent, receipt, subjects, sealed)
    SELECT kind, action, actor_id, actor, role, agency, channel, address, session,
        request, purpose, intent, receipt, subjects, decode(sealed, 'base64')
    FROM jsonb_to_record(event) AS e(kind text, action text, actor_id bigint, actor text, role text, agency text,
        channel text, address inet, session text, request uuid, purpose uuid,
        intent bigint, receipt uuid, subjects uuid[], sealed text)
    RETURNING id, at INTO made;
    INSERT INTO audit_eventkey (at, event, wrapped) VALUES (made.at, made.id, decode(event ->> 'key', 'base64'));
    RETURN made.id;
END $$;
"""

# A month whose events already fell into the default partition stays there: moving them would be changing them.
PARTITIONS = """
CREATE OR REPLACE FUNCTION audit_ensure_partitions(months integer) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    first date := date_trunc('month', now() AT TIME ZONE 'UTC')::date;
    month date;
    parent text;
    part text;
    taken boolean;
    made integer := 0;
BEGIN
    FOR ahead IN 0..months LOOP
        month := first + make_interval(months => ahead);
        FOREACH parent IN ARRAY ARRAY['audit_accessevent', 'audit_eventkey'] LOOP
            part := parent || '_' || to_char(month, 'YYYY_MM');
            CONTINUE WHEN to_regclass('public.' || part) IS NOT NULL;
            EXECUTE format('SELECT EXISTS (SELECT 1 FROM public.%I WHERE at >= $1 AND at < $2)', parent || '_default')
                INTO taken USING month::timestamp AT TIME ZONE 'UTC', (month + interval '1 month') AT TIME ZONE 'UTC';
            CONTINUE WHEN taken;
            EXECUTE format('CREATE TABLE public.%I PARTITION OF public.%I FOR VALUES FROM (%L) TO (%L)', part, parent,
                month::timestamp AT TIME ZONE 'UTC', (month + interval '1 month') AT TIME ZONE 'UTC');
            EXECUTE format('REVOKE ALL ON public.%I FROM senappen_app', part);
            made := made + 1;
        END LOOP;
    END LOOP;
    RETURN made;
END $$;
"""

# Whoever signs reads as the auditor and may add, not change.
KEEP = """
CREATE FUNCTION audit_keep_checkpoint(number bigint, at timestamptz, text text) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    INSERT INTO public.audit_checkpoint VALUES (number, at, text)
$$;
"""

GRANTS = """
REVOKE ALL ON audit_accessevent, audit_eventkey, audit_eventkey_default, audit_link, audit_checkpoint, audit_retirement
    FROM PUBLIC, senappen_app;
REVOKE ALL ON SEQUENCE audit_accessevent_id_seq FROM PUBLIC, senappen_app;
GRANT SELECT ON audit_accessevent, audit_eventkey, audit_link, audit_checkpoint, audit_retirement TO senappen_auditor;
REVOKE ALL ON FUNCTION audit_field(bytea), audit_word(text), audit_digest(audit_accessevent),
    audit_chain(audit_accessevent, integer), audit_link_event(), audit_keep_checkpoint(bigint, timestamptz, text)
    FROM PUBLIC, senappen_app;
GRANT EXECUTE ON FUNCTION audit_keep_checkpoint(bigint, timestamptz, text) TO senappen_auditor;
SELECT audit_ensure_partitions(2);
"""

UNDO_TABLES = """
DROP TABLE audit_eventkey, audit_link, audit_checkpoint, audit_retirement;
ALTER TABLE audit_accessevent DROP COLUMN sealed;
"""
UNDO_SEALED = """
ALTER TABLE audit_accessevent ADD COLUMN purpose_text varchar(700) NOT NULL DEFAULT '',
    ADD COLUMN detail jsonb NOT NULL DEFAULT '{}', ALTER COLUMN sealed DROP NOT NULL;
"""
UNDO_CHAIN = """
DROP TRIGGER audit_link ON audit_accessevent;
DROP FUNCTION audit_keep_checkpoint(bigint, timestamptz, text);
DROP FUNCTION audit_link_event();
DROP FUNCTION audit_chain(audit_accessevent, integer);
DROP FUNCTION audit_digest(audit_accessevent);
DROP FUNCTION audit_word(text);
DROP FUNCTION audit_field(bytea);
GRANT SELECT ON audit_accessevent TO senappen_app;
"""
