"""An origin's first facts are written without being resolved first: as they would be beside others, row for row."""

import json
from typing import Any

import pytest
from django.db import connection
from psycopg import sql

from audit.events import system
from registry.models import Origin, Record
from registry.services import origins
from registry.services.intake import receiving
from registry.services.intake.specs import View
from registry.services.intake.views import VIEWS
from tests.registry.contract_rows import ROWS
from tests.registry.handing import hand_over, receive_before, refused

pytestmark = pytest.mark.django_db(databases=["default", "audit"])

FACTS = [view.name for view in VIEWS.values() if view.parents]
DOCUMENTS = "vw_preso_documento"
CPF, OTHER_CPF = "52998224725", "11144477735"


@pytest.fixture
def both() -> tuple[Origin, Origin]:
    """One of whose records none was judged, and one of which that is not known."""
    new, old = (
        origins.register(code=c, name=c, uf=c, timezone="America/Maceio", by=system("test")) for c in ("AL", "SE")
    )
    Origin.objects.filter(pk=old.pk).update(unjudged=False)
    return new, old


def facts(view: View, origin: Origin) -> list[dict[str, Any]]:
    """What the registry has of a view and an origin, parents by the keys they have there."""
    parents = [
        sql.SQL("{}, (SELECT origin_key FROM {} p WHERE p.id = t.{})").format(
            sql.Literal(parent.name), sql.Identifier(parent.to.table), sql.Identifier(parent.name)
        )
        for parent in view.parents
    ]
    query = sql.SQL("SELECT to_jsonb(t) || jsonb_build_object({}) FROM {} t WHERE origin_id = {} ORDER BY origin_key")
    with connection.cursor() as cursor:
        cursor.execute(
            query.format(sql.SQL(", ").join(parents), sql.Identifier(view.table.name), sql.Literal(origin.pk))
        )
        rows = [json.loads(row) for (row,) in cursor.fetchall()]
    return [{name: value for name, value in row.items() if name not in ("id", "origin_id")} for row in rows]


@pytest.mark.parametrize("view", FACTS)
def test_first_facts_are_what_they_would_be_beside_others(
    view: str, both: tuple[Origin, Origin], monkeypatch: pytest.MonkeyPatch
) -> None:
    lost = VIEWS[view].parents[-1].field
    rows = [
        {"id_origem": "1", **ROWS[view]},
        {"id_origem": "2", **ROWS[view], "st_registro": "E"},
        {"id_origem": "3", **ROWS[view], lost: "nobody", "st_registro": "E"},
        {"id_origem": "4", **ROWS[view], lost: None},
    ]
    given = []
    for origin in both:
        receive_before(view, origin)
        given.append((hand_over(view, rows, origin), refused(), facts(VIEWS[view], origin)))
        monkeypatch.setattr(receiving, "_write_first", None)  # the second is not to come by there
    assert given[0] == given[1]
    received, orphans, written = given[0]
    assert ("3", f"orphan:{lost}") in orphans
    assert received.inserted + received.removed == len(written) == len(rows) - received.refused


def test_rows_after_the_first_are_merged(both: tuple[Origin, Origin], monkeypatch: pytest.MonkeyPatch) -> None:
    new, _ = both
    receive_before(DOCUMENTS, new)
    hand_over(DOCUMENTS, [{"id_origem": "1", **ROWS[DOCUMENTS]}], new)
    monkeypatch.setattr(receiving, "_write_first", None)
    received = hand_over(DOCUMENTS, [{"id_origem": key, **ROWS[DOCUMENTS]} for key in "12"], new, 2)
    assert (received.inserted, received.updated) == (1, 1)


@pytest.mark.parametrize(
    "documents",
    [
        [("CPF", CPF)],
        [("CPF", CPF), ("CPF", OTHER_CPF)],
        [("CIN", OTHER_CPF), ("CPF", CPF)],
        [("CIN", OTHER_CPF)],
        [("RG", "1234567"), ("CPF", "52998224724")],
    ],
)
def test_the_cpf_of_the_first_documents(documents: list[tuple[str, str]], both: tuple[Origin, Origin]) -> None:
    found = []
    for origin in both:
        receive_before(DOCUMENTS, origin)
        rows = [
            {**ROWS[DOCUMENTS], "id_origem": str(place), "tipo": kind, "numero": number}
            for place, (kind, number) in enumerate(documents)
        ]
        gone = {**ROWS[DOCUMENTS], "id_origem": "gone", "tipo": "CPF", "numero": OTHER_CPF, "st_registro": "E"}
        hand_over(DOCUMENTS, [*rows, gone], origin)
        found.append(Record.objects.get(origin=origin).cpf)
    assert found[0] == found[1]
    assert bool(found[0]) == (documents[0][0] != "RG")
