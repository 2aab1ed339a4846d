"""Places that keep encrypted values, and writing them again under the current key while others read and write."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from django.db import connection
from django.db.models import BinaryField, F, Func, Model
from psycopg import sql

from senappen.lib import crypto


@dataclass(frozen=True)
class Step:
    """One batch: where the next begins (None at the end), values written again, values that no key at hand opens."""

    last: Any
    resealed: int = 0
    unopened: int = 0


class Vault(Protocol):
    """One place."""

    @property
    def name(self) -> str:
        """What it keeps, in pt-BR."""

    def counts(self) -> Counter[str]:
        """How many values each key wrote, by key id."""

    def reseal(self, after: Any, size: int) -> Step:
        """Write up to `size` values under the current key, from a place on; None is the beginning.

        To be called in a transaction. What the current key wrote already is passed over, so that beginning again
        after a stop repeats nothing.
        """


@dataclass(frozen=True)
class ColumnVault:
    """An encrypted column; `place` gives what a row's value is bound to."""

    name: str
    model: type[Model]
    field: str
    place: Callable[[Any], str]

    def counts(self) -> Counter[str]:
        """See Vault."""
        statement = sql.SQL(
            "SELECT encode(substring({field} FROM 2 FOR {length}), 'hex'), count(*) FROM {table}"
            " WHERE length({field}) > 0 GROUP BY 1"
        )
        with connection.cursor() as cursor:
            cursor.execute(
                statement.format(
                    field=sql.Identifier(self.field),
                    length=sql.Literal(crypto.ID_BYTES),
                    table=sql.Identifier(self.model._meta.db_table),
                )
            )
            return Counter(dict(cursor.fetchall()))

    def reseal(self, after: Any, size: int) -> Step:
        """See Vault. Rows are locked, so that nobody's newer value is written over."""
        key = Func(F(self.field), 2, crypto.ID_BYTES, function="substring", output_field=BinaryField())
        stale = self.model._base_manager.annotate(sealed_by=key).exclude(**{self.field: b""})
        stale = stale.exclude(sealed_by=bytes.fromhex(crypto.keys()[0])).order_by("pk")
        if after is not None:
            stale = stale.filter(pk__gt=after)
        rows = list(stale.select_for_update(of=("self",))[:size])
        resealed = 0
        for row in rows:
            try:
                plain = crypto.decrypt(getattr(row, self.field), aad=self.place(row))
            except crypto.DecryptionError:
                continue
            setattr(row, self.field, crypto.encrypt(plain, aad=self.place(row)))
            row.save(update_fields=[self.field])
            resealed += 1
        return Step(rows[-1].pk if len(rows) == size else None, resealed, len(rows) - resealed)
