"""The first rows of a large table fill an origin's partition before it has indexes."""

from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from audit.events import system
from registry.models import Movement, Origin, Visit
from registry.services import origins
from registry.services.intake import partitions
from tests.registry.contract_rows import ROWS
from tests.registry.handing import hand_over, receive_before, refused

pytestmark = pytest.mark.django_db(databases=["default", "audit"])

INDEXES = """
SELECT regexp_replace(pg_get_indexdef(i.indexrelid), '^.* ON .* USING', ''), i.indisunique, i.indisvalid
FROM pg_index i WHERE i.indrelid = %s::regclass ORDER BY 1
"""


def register(code: str) -> Origin:
    return origins.register(code=code, name=code, uf=code, timezone="America/Maceio", by=system("test"))


def query(statement: str, *parameters: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return list(cursor.fetchall())


def movements(*keys: str, **changes: Any) -> list[dict[str, Any]]:
    return [{"id_origem": key, **ROWS["vw_movimentacao"], **changes} for key in keys]


def test_new_origin_has_partitions_once_it_has_rows() -> None:
    origin = register("AL")
    receive_before("vw_visita", origin)
    tables = [f"registry_movement_o{origin.pk}", f"registry_visit_o{origin.pk}"]
    assert query("SELECT to_regclass(%s), to_regclass(%s)", *tables) == [(None, None)]
    receive_before("vw_movimentacao", origin)
    hand_over("vw_movimentacao", movements("1", "2"), origin)
    hand_over("vw_visita", [{"id_origem": "1", **ROWS["vw_visita"]}], origin)
    for table in tables:
        assert query(INDEXES, table) == query(INDEXES, table.rsplit("_o", 1)[0])
        assert query("SELECT count(*) FROM pg_inherits WHERE inhrelid = %s::regclass", table) == [(1,)]
        assert query("SELECT count(*) FROM pg_constraint WHERE conname = 'of_origin'") == [(0,)]
    assert (Movement.objects.count(), Visit.objects.count()) == (2, 1)


def test_later_loads_go_on_in_the_same_partition() -> None:
    origin = register("AL")
    receive_before("vw_movimentacao", origin)
    assert hand_over("vw_movimentacao", movements("1", "2"), origin).inserted == 2
    counts = hand_over("vw_movimentacao", movements("2", "3", motivo="OUTRO"), origin, load=2)
    assert (counts.inserted, counts.updated) == (1, 1)
    found = Movement.objects.order_by("pk").values_list("origin_key", "reason", "load")
    first = found[0][1]
    assert list(found) == [("1", first, 1), ("2", "OUTRO", 2), ("3", "OUTRO", 2)]


def test_rows_of_two_origins_have_ids_of_one_sequence_and_stay_apart() -> None:
    one, other = register("AL"), register("PE")
    for origin in (one, other):
        receive_before("vw_movimentacao", origin)
        hand_over("vw_movimentacao", movements("1", "2"), origin)
    assert len(set(Movement.objects.values_list("pk", flat=True))) == 4
    assert Movement.objects.filter(origin=one).count() == Movement.objects.filter(origin=other).count() == 2


def test_key_given_twice_is_refused_by_the_new_partition_too() -> None:
    origin = register("AL")
    receive_before("vw_movimentacao", origin)
    with pytest.raises(IntegrityError), transaction.atomic():
        hand_over("vw_movimentacao", movements("1", "1"), origin)
    assert query("SELECT to_regclass(%s)", f"registry_movement_o{origin.pk}") == [(None,)]
    assert hand_over("vw_movimentacao", movements("1"), origin).inserted == 1


def test_orphans_of_a_first_load_wait() -> None:
    origin = register("AL")
    receive_before("vw_movimentacao", origin)
    hand_over("vw_movimentacao", [*movements("1"), *movements("2", id_preso="99")], origin)
    assert refused() == [("2", "orphan:id_preso")]
    assert Movement.objects.get().origin_key == "1"


def test_functions_serve_the_partitioned_tables_alone() -> None:
    by_origin = query(
        "SELECT c.relname FROM pg_class c JOIN pg_partitioned_table p ON p.partrelid = c.oid"
        " WHERE p.partstrat = 'l' AND c.relname LIKE 'registry%%'"
    )
    assert {table for (table,) in by_origin} == partitions.PARTITIONED
    for function in ("registry_start_partition", "registry_attach_partition"):
        with pytest.raises(Exception, match="no table with a partition"), transaction.atomic():
            query(f"SELECT {function}(%s, 1)", "registry_record")
