"""The audit as the database holds it, read in one snapshot. Needs psycopg."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from audit_verify.encoding import Event, Link, event_of

_EVENT = """e.id, (extract(epoch FROM e.at) * 1000000)::bigint, e.kind, e.action, e.actor_id, e.actor, e.role, e.agency,
    e.channel, e.address::text, e.session, e.request, e.purpose, e.intent, e.receipt, e.subjects, e.sealed"""
_LINKS = f"""
SELECT l.stream, l.seq, (extract(epoch FROM l.at) * 1000000)::bigint, l.event, l.digest, l.hash, {_EVENT}
FROM audit_link l LEFT JOIN audit_accessevent e ON e.at = l.at AND e.id = l.event
ORDER BY l.stream, l.seq
"""  # noqa: S608
_UNLINKED = f"""
SELECT {_EVENT} FROM audit_accessevent e LEFT JOIN audit_link l ON l.event = e.id AND l.at = e.at
WHERE l.event IS NULL ORDER BY e.at, e.id
"""  # noqa: S608
_BATCH = 2_000


class Database:
    """One snapshot of an audit; see `opened`."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection

    def links(self) -> Iterator[Link]:
        """All links with their events, by stream and sequence."""
        for stream, seq, at, number, digest, own, *event in self._rows("links", _LINKS):
            found = None if event[0] is None else _event(event)
            yield Link(stream=stream, seq=seq, at=at, number=number, digest=bytes(digest), hash=bytes(own), event=found)

    def orphans(self) -> Iterator[Event]:
        """Events that no link names."""
        return map(_event, self._rows("orphans", _UNLINKED))

    def checkpoints(self) -> Iterator[str]:
        """The signed texts, by number."""
        yield from (text for (text,) in self._rows("kept", "SELECT text FROM audit_checkpoint ORDER BY number"))

    def retirements(self) -> Iterator[str]:
        """The signed texts, by month."""
        yield from (text for (text,) in self._rows("taken", "SELECT text FROM audit_retirement ORDER BY month"))

    def _rows(self, name: str, statement: str) -> Iterator[tuple[Any, ...]]:
        with self._connection.cursor(name=name) as cursor:
            cursor.itersize = _BATCH
            cursor.execute(statement)
            yield from cursor


@contextmanager
def opened(url: str) -> Iterator[Database]:
    """A snapshot of the database at that address. Raises psycopg.Error."""
    import psycopg

    with psycopg.connect(url) as connection:
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        connection.read_only = True
        yield Database(connection)


def _event(row: Any) -> Event:
    *told, subjects, sealed = row
    return event_of((*told, tuple(subjects), bytes(sealed)))
