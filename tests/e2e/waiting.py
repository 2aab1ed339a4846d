"""Puts pairs into the demonstration's review queue: `python -m tests.e2e.waiting COUNT`, with its SENAPPEN_VAR.

Pairs of prisoners whose names begin and end alike, judged unsure by a model of that name, as a load's close would.
"""

import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "senappen.settings.dev")
django.setup()

from django.db import connection, transaction  # noqa: E402  the settings come first

from audit.events import system  # noqa: E402
from registry.services.resolution import persons  # noqa: E402
from registry.services.reviewing import queueing, sampling  # noqa: E402

_PAIRS = """
INSERT INTO registry_judgement (a_id, b_id, verdict, judge, score, reasons, vetoes, revoked_by)
SELECT a.id, b.id, 'unsure', 'model:e2e', 3.2 + (a.id %% 5), %s::jsonb,
    CASE WHEN a.id %% 4 = 0 THEN ARRAY['given_name']::varchar[] ELSE '{}' END, ''
FROM registry_record a JOIN registry_record b ON a.id < b.id AND a.person_id <> b.person_id
    AND split_part(a.name_norm, ' ', 1) = split_part(b.name_norm, ' ', 1)
    AND right(a.name_norm, 5) = right(b.name_norm, 5)
WHERE a.kind = 'P' AND b.kind = 'P' AND a.removed_at IS NULL AND b.removed_at IS NULL
ORDER BY (a.id * 7919 + b.id) %% 1009, a.id, b.id LIMIT %s
ON CONFLICT DO NOTHING RETURNING a_id, b_id
"""
_REASONS = """[{"feature": "name", "outcome": "ends", "weight": 7.4},
    {"feature": "mother_name", "outcome": "different", "weight": -4.1},
    {"feature": "birth_date", "outcome": "year", "weight": 2.2},
    {"feature": "sex", "outcome": "equal", "weight": 0.9}]"""


@transaction.atomic
def wait(count: int) -> int:
    """How many pairs now wait that did not."""
    with connection.cursor() as cursor:
        cursor.execute(_PAIRS, [_REASONS, count])
        persons.seed(cursor, [record for pair in cursor.fetchall() for record in pair])
        persons.rebuild(cursor)
        opened = queueing.requeue(cursor).opened
    return opened + sampling.sample(by=system("e2e"))


if __name__ == "__main__":
    print(wait(int(sys.argv[1])))  # noqa: T201  whoever started it reads it
