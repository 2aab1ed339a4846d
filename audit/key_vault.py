"""The keys of single events as a place of encrypted values. The sealed texts themselves are never written again."""

from collections import Counter
from datetime import datetime
from typing import Any

from django.db import connections, transaction

from audit import sealing
from senappen.lib import crypto
from senappen.lib.vault import Step

COUNTS = """
SELECT encode(substring(wrapped FROM 2 FOR 8), 'hex'), count(*) FROM audit_eventkey GROUP BY 1
"""
STALE = """
SELECT k.at, k.event, k.wrapped, e.request, e.kind FROM audit_eventkey k
JOIN audit_accessevent e ON e.at = k.at AND e.id = k.event
WHERE (k.at, k.event) > (%s::timestamptz, %s) AND substring(k.wrapped FROM 2 FOR 8) <> %s
ORDER BY k.at, k.event LIMIT %s FOR UPDATE OF k
"""
UPDATE = "UPDATE audit_eventkey SET wrapped = %s WHERE at = %s AND event = %s"


class EventKeyVault:
    """See `senappen.lib.vault.Vault`. Works as the owner: the application may not touch what it recorded."""

    name = "chaves da auditoria"

    def counts(self) -> Counter[str]:
        """How many events need each key."""
        with connections["auditor"].cursor() as cursor:
            cursor.execute(COUNTS)
            return Counter(dict(cursor.fetchall()))

    def reseal(self, after: tuple[datetime, int] | None, size: int) -> Step:
        """Keys are encrypted again; what they open, and with it every hash, stays as it is."""
        current = bytes.fromhex(crypto.keys()[0])
        resealed = 0
        with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
            cursor.execute(STALE, [*(after or ("-infinity", 0)), current, size])
            rows: list[tuple[Any, ...]] = cursor.fetchall()
            for at, event, wrapped, request, kind in rows:
                bound = sealing.place(request, kind)
                try:
                    key = crypto.decrypt(wrapped, aad=bound)
                except crypto.DecryptionError:
                    continue
                cursor.execute(UPDATE, [crypto.encrypt(key, aad=bound), at, event])
                resealed += 1
        return Step(rows[-1][:2] if len(rows) == size else None, resealed, len(rows) - resealed)
