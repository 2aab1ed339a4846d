"""What `migrate` and `check --database default` say of a PostgreSQL set otherwise than ours was when measured."""

from collections.abc import Sequence
from typing import Any, Final

from django.core.checks import CheckMessage, Tags, Warning, register
from django.db import connections

# Parameter → the least, in PostgreSQL's own unit of it, that least in words, and why (docs/operacao/README.md).
LEAST: Final = {
    "max_locks_per_transaction": (256, "256", "a question to all states locks each one's partitions"),
    "work_mem": (32 * 1024, "32MB", "loads and searches would sort and join on disk"),
    "max_wal_size": (2 * 1024, "2GB", "a first load would wait for one checkpoint after another"),
}
_SET: Final = "SELECT name, setting::bigint FROM pg_settings WHERE name = ANY(%s)"


@register(Tags.database)
def postgresql_settings(databases: Sequence[str] | None = None, **_: Any) -> list[CheckMessage]:
    """A warning for each parameter that is below its least, as the first of these connections has it.

    All lead to one server; `migrate` names the owner's.
    """
    if not databases:
        return []
    with connections[databases[0]].cursor() as cursor:
        cursor.execute(_SET, [list(LEAST)])
        found = dict(cursor.fetchall())
    return [
        Warning(f"PostgreSQL's {name} is below {words}: {why}.", hint=f"Set {name} = {words}.", id="senappen.W001")
        for name, (least, words, why) in LEAST.items()
        if found[name] < least
    ]
