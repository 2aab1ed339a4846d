"""Every change of the rows that say who may what, kept by the database itself: by triggers, whoever writes.

The audit says who did what and why; this says what stood in the row before and after, also where a row was changed in
bulk or by hand. Both name the request, so that one leads to the other.
"""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import TypeVar
from uuid import UUID

import pghistory
from django.db import Error, connection
from django.db.models import Model

M = TypeVar("M", bound=type[Model])

# Labels of what is kept; a secret's own change has its field's name.
INSERTED, UPDATED, DELETED, KNOWN = "insert", "update", "delete", "known"

# What the rows are when it begins: what a first change is compared with.
_BEGIN = """
DO $$
DECLARE
    one record;
    columns text;
BEGIN
    FOR one IN
        SELECT c.oid, c.relname AS name, left(c.relname, -length('event')) AS kept
        FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
        WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND c.relname LIKE '{app}\\_%'
            AND a.attname = 'pgh_obj_id'
    LOOP
        SELECT string_agg(quote_ident(e.attname), ', ') INTO columns
        FROM pg_attribute e JOIN pg_attribute k ON k.attname = e.attname
        WHERE e.attrelid = one.oid AND k.attrelid = one.kept::regclass AND e.attnum > 0 AND k.attnum > 0
            AND NOT e.attisdropped AND NOT k.attisdropped;
        EXECUTE format(
            'INSERT INTO %1$I (%2$s, pgh_created_at, pgh_label, pgh_obj_id)'
            ' SELECT %2$s, now(), ''{known}'', id FROM %3$I k'
            ' WHERE NOT EXISTS (SELECT FROM %1$I e WHERE e.pgh_obj_id = k.id) ORDER BY id',
            one.name, columns, one.kept);
    END LOOP;
END $$
"""
# The application may read what is kept, and write it through the triggers alone.
_PROTECT = """
DO $$
DECLARE
    one record;
BEGIN
    FOR one IN
        SELECT c.oid::regclass AS name FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
        WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND c.relname LIKE '{app}\\_%'
            AND a.attname = 'pgh_obj_id'
    LOOP
        EXECUTE format('REVOKE INSERT, UPDATE, DELETE ON %s FROM senappen_app', one.name);
    END LOOP;
    FOR one IN
        SELECT t.tgfoid::regprocedure AS name FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
        WHERE c.relnamespace = 'public'::regnamespace AND c.relname LIKE '{app}\\_%'
            AND t.tgname ~ '^pgtrigger_.*(insert|update|delete)_'
    LOOP
        EXECUTE format(
            'ALTER FUNCTION %s SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp', one.name);
    END LOOP;
END $$
"""
# Where pghistory's triggers look for what caused a change.
_TELL = "SELECT set_config('pghistory.context_metadata', %s, false)"


def kept(*, without: tuple[str, ...] = (), told_of: tuple[str, ...] = ()) -> Callable[[M], M]:
    """Keep each insertion, update and deletion of the model's rows in `<Model>Event` (`changes` of a row).

    Fields of `without` are not copied and their changes not kept; of those in `told_of`, which are secrets, it is kept
    that they changed, under their name, and nothing else.
    """
    trackers = [pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent()]
    trackers += [pghistory.UpdateEvent(name, condition=pghistory.AnyChange(name)) for name in told_of]

    def keep(model: M) -> M:
        wrapper: Callable[[M], M] = pghistory.track(
            *trackers,
            exclude=[*without, *told_of],
            obj_field=pghistory.ObjForeignKey(related_name="changes"),
            context_field=pghistory.ContextJSONField(),
            context_id_field=None,  # type: ignore[arg-type]  # none: the cause is one word
            append_only=True,
            meta={
                "verbose_name": f"mudança: {model._meta.verbose_name}",
                "verbose_name_plural": f"mudanças: {model._meta.verbose_name_plural}",
            },
        )
        return wrapper(model)

    return keep


def begin(app: str) -> str:
    """SQL for a migration that begins to keep changes of an app's models: rows that are there are kept as `KNOWN`."""
    return _BEGIN.format(app=app, known=KNOWN)


def protect(app: str) -> str:
    """SQL for the end of each migration that adds or changes what is kept of an app's models."""
    return _PROTECT.format(app=app)


@contextmanager
def caused_by(reference: UUID) -> Iterator[None]:
    """What this session changes meanwhile is kept as caused by that request."""
    _tell(json.dumps({"request": str(reference)}))
    try:
        yield
    finally:
        # Of a transaction that cannot go on, and of a connection that is lost, the server forgets it by itself.
        if connection.connection is not None and not connection.needs_rollback:
            with suppress(Error):
                _tell("")


def _tell(cause: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_TELL, [cause])
