"""Plays ingestion: puts rows of a contract view into a temporary table and hands it over."""

import csv
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from django.db import connection, transaction

from audit.events import system
from registry.contracts import Handover, Received
from registry.models import Origin
from registry.services import bulk, intake
from registry.services.intake.views import VIEWS
from tests.registry.contract_rows import ROWS

BY = system("test")
CONTRACT = Path(__file__).parents[2] / "contract" / "views.csv"
RELATION = "test_handover"
UPDATED = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)
_TYPES = {"date": "date", "timestamp": "timestamptz", "int": "integer", "bool": "boolean"}


@cache
def columns(view: str) -> dict[str, str]:
    """The columns of a view's handover and their PostgreSQL types."""
    with CONTRACT.open() as file:
        fields = {row["campo"]: _TYPES.get(row["tipo"], "text") for row in csv.DictReader(file) if row["view"] == view}
    if fields.pop("conteudo_ou_uri", None):
        fields |= {"sha256": "text", "tamanho": "integer"}
    return fields


def hand_over(view: str, rows: Iterable[dict[str, Any]], origin: Origin, load: int = 1) -> Received:
    """Receive rows of a view, as one published load does."""
    with transaction.atomic():
        _fill(columns(view), ({"dt_atualizacao": UPDATED, "st_registro": "A", **row} for row in rows))
        return intake.receive(Handover(view=view, origin=origin, load=load, relation=RELATION), by=BY)


def receive_before(view: str, origin: Origin) -> None:
    """Receive what the row of a view refers to."""
    of_field = {"id_unidade": "vw_unidade", "id_processo": "vw_processo", "id_preso": "vw_preso"}
    of_field |= {"id_visitante": "vw_visitante", "id_pessoa": "vw_visitante", "id_advogado": "vw_advogado"}
    for parent in VIEWS[view].parents:
        if not parent.optional and (earlier := of_field[parent.field]):
            receive_before(earlier, origin)
            hand_over(earlier, [{"id_origem": "1", **ROWS[earlier]}], origin)


def take_away(view: str, keys: Sequence[str], origin: Origin, load: int = 2) -> int:
    """Remove rows that a state no longer has."""
    with transaction.atomic():
        _fill({"id_origem": "text"}, ({"id_origem": key} for key in keys))
        return intake.remove(view, origin, RELATION, load)


def refused() -> list[tuple[str, str]]:
    """The rows the last handover refused, with the reason; only inside its transaction."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id_origem, reason FROM {RELATION}_refused ORDER BY 1")
        return list(cursor.fetchall())


def _fill(types: dict[str, str], rows: Iterable[dict[str, Any]]) -> None:
    with connection.cursor() as cursor:
        bulk.temporary(cursor, RELATION, ", ".join(f"{name} {kind}" for name, kind in types.items()))
        bulk.copy(cursor, RELATION, list(types), ([row.get(name) for name in types] for row in rows))
