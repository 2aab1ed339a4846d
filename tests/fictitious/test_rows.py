"""Rows have the contract's fields, the required ones filled and the coded ones from their lists."""

from collections import Counter
from random import Random

import pytest

from fictitious import contract, facilities, families, shard, tables
from fictitious.generate import unit_rows
from fictitious.lives import Plan
from fictitious.rows import UNKNOWN, Row
from tests.fictitious.conftest import STATES, TODAY


@pytest.fixture(scope="module")
def rows() -> dict[str, list[Row]]:
    """Rows of 2,500 people by view, of all states together."""
    plan = Plan(TODAY, STATES, lambda uf: facilities.estate("rows", uf, 800.0))
    _, batches = shard.people("rows", 1, "SP", 2_500, plan)
    made: dict[str, list[Row]] = {}
    for batch in batches:
        for views in batch.values():
            for view, found in views.items():
                made.setdefault(view, []).extend(found)
    return made | unit_rows(plan.estates("SP").units, TODAY)


def test_every_view_of_the_contract_has_rows(rows: dict[str, list[Row]]) -> None:
    assert set(rows) == set(contract.views())


@pytest.mark.parametrize("view", sorted(contract.views()))
def test_fields_are_the_contracts_and_required_ones_are_filled(view: str, rows: dict[str, list[Row]]) -> None:
    fields = contract.views()[view]
    required = [name for name, field in fields.items() if field.required]
    for row in rows[view]:
        assert set(row) <= set(fields)
        assert all(row.get(name) is not None for name in required), view


@pytest.mark.parametrize("view", sorted(contract.views()))
def test_every_field_is_filled_somewhere(view: str, rows: dict[str, list[Row]]) -> None:
    filled = {name for row in rows[view] for name, value in row.items() if value is not None}
    rare = {"nome_social", "identidade_genero", "etnia_indigena", "deficiencia", "causa_obito"}
    assert set(contract.views()[view]) - filled <= rare


@pytest.mark.parametrize("view", sorted(contract.views()))
def test_codes_come_from_the_closed_lists(view: str, rows: dict[str, list[Row]]) -> None:
    for name in contract.views()[view]:
        domain = contract.domain_of(view, name)
        if domain:
            used = {row[name] for row in rows[view] if row.get(name) is not None}
            assert used - {UNKNOWN} <= set(contract.codes(domain)), f"{view}.{name}"
            assert UNKNOWN not in used or domain == "movimentacao"


def test_keys_are_unique_in_a_state() -> None:
    plan = Plan(TODAY, ("AL",), lambda uf: facilities.estate("keys", uf, 200.0))
    keys: set[tuple[str, object]] = set()
    count = 0
    for number in (1, 2):
        _, batches = shard.people("keys", number, "AL", 300, plan)
        for batch in batches:
            for view, found in batch["AL"].items():
                keys.update((view, row["id_origem"]) for row in found)
                count += len(found)
    assert len(keys) == count


def test_most_prisoners_have_a_visitor(rows: dict[str, list[Row]]) -> None:
    visited = {row["id_preso"] for row in rows["vw_visitante_preso"]}
    assert len(visited) / len(rows["vw_preso"]) == pytest.approx(0.73, abs=0.05)


def test_a_link_has_six_visits_at_most() -> None:
    plan = Plan(TODAY, ("AL",), lambda uf: facilities.estate("visits", uf, 200.0))
    _, batches = shard.people("visits", 1, "AL", 600, plan)
    visits = [row for batch in batches for row in batch["AL"]["vw_visita"]]
    links = Counter((row["id_visitante"], row["id_preso"]) for row in visits)
    assert max(links.values()) == 6


def test_nobody_visits_the_same_prisoner_under_two_kinships() -> None:
    rng = Random("pairs")
    for _ in range(500):
        pairs = [(visitor, prisoner) for visitor, prisoner, _ in families.family(rng, "AL", TODAY).visits]
        assert len(pairs) == len(set(pairs))


def test_mothers_who_visit_are_the_prisoners_mothers() -> None:
    rng = Random("mothers")
    found = 0
    for _ in range(300):
        family = families.family(rng, "AL", TODAY)
        for visitor, prisoner, kinship in family.visits:
            if kinship == "MAE" and prisoner is not family.home.father:
                found += 1
                assert visitor.name == prisoner.mother_name
                assert visitor.born < prisoner.born
    assert found > 50


def test_there_is_a_table_of_facts_for_each_of_the_27_states() -> None:
    assert len(tables.states()) == 27
    assert all(tables.cities(uf) for uf in tables.states())
