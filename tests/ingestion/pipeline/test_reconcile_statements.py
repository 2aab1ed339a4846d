"""Reconciling costs as much as there are keys, not their square."""

import pytest
from django.db import connection

from ingestion.contract import VIEWS
from ingestion.models import Source
from ingestion.pipeline.keys import KeyLanding
from ingestion.pipeline.landing import Landing
from ingestion.pipeline.mirror_statements import MirrorStatements
from ingestion.pipeline.reconcile_statements import KeyStatements
from tests.factories.ingestion import State, make_source

pytestmark = pytest.mark.django_db(databases=["default", "audit"])

ROWS = 40_000
# Every key compared with every other takes ten times as long.
PATIENCE = "5s"
LOAD = 1
MIRROR = """
INSERT INTO ingestion_rawrecord (origin_id, view, origin_key, content_hash, raw, mapping_id, load, changed_at, presence)
SELECT %s, 'vw_preso', n, gen_random_uuid(), '[]', %s, 1, now(), 'P' FROM generate_series(1, %s) n
"""


@pytest.fixture
def source(state: State) -> Source:
    return make_source(state)


def test_nothing_is_absent_of_many(source: Source) -> None:
    view = VIEWS["vw_preso"]
    keys = KeyLanding(LOAD, view)
    statements = KeyStatements(MirrorStatements(Landing(LOAD, view), source.origin_id, LOAD), keys)
    table = f"landing.l{LOAD}_vw_preso_keys"
    with connection.cursor() as cursor:
        cursor.execute(MIRROR, [source.origin_id, source.mapping_id, ROWS])
        keys.recreate(cursor)
        cursor.execute(f"INSERT INTO {table} (turn, batch, id_origem) SELECT 1, 1, generate_series(1, %s)", [ROWS])
        keys.analyse(cursor)
        cursor.execute(f"SET LOCAL statement_timeout = '{PATIENCE}'")
        assert not statements.any_absent(cursor)
        cursor.execute(f"DELETE FROM {table} WHERE id_origem = '7'")
        assert statements.any_absent(cursor)
