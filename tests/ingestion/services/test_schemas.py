"""A state's schema is noted at each look, and what changed is kept: gone columns stop, new ones are told."""

import pytest

from ingestion import drift
from ingestion.models import Credentials, Rule, SchemaChange, Source, SourceDialect, ViewSchema
from ingestion.services import mappings, schemas, sources
from ingestion.transports.schema import kinds_of
from tests.factories.gateway import TOKEN, make_config, reader_url, serve, views_of
from tests.factories.ingestion import BY, MAPPING, State, make_mapping, make_source, sign
from tests.factories.registry import make_origin

pytestmark = pytest.mark.django_db(databases=["default", "audit"])


def looked(source: Source) -> list[tuple[str, str, str]]:
    """Look, and what was noticed by it: kind, relation, column."""
    before = set(SchemaChange.objects.values_list("pk", flat=True))
    sight = schemas.look(source=source, by=BY)
    assert sight.problem == ""
    changes = SchemaChange.objects.exclude(pk__in=before).order_by("pk")
    assert sight.changes == len(changes)
    return [(change.kind, change.relation, change.column) for change in changes]


def test_the_first_sight_keeps_columns_and_types_and_makes_no_change(state: State) -> None:
    source = make_source(state)

    assert looked(source) == []
    kept = dict(ViewSchema.objects.get(relation="dados.vw_preso").columns)
    assert (kept["cod"], kept["alt"]) == ("INTEGER", "TIMESTAMP")
    assert looked(source) == []


def test_what_changes_in_a_view_is_noticed_once(state: State) -> None:
    source = make_source(state)
    looked(source)
    state.run("ALTER TABLE dados.vw_preso DROP mae, ADD raca text, ALTER filhos TYPE integer USING 0")

    assert set(looked(source)) == {
        ("column_gone", "dados.vw_preso", "mae"),
        ("column_new", "dados.vw_preso", "raca"),
        ("column_type", "dados.vw_preso", "filhos"),
    }
    assert looked(source) == []


def test_a_gone_column_that_the_mapping_reads_stands_until_it_is_back(state: State) -> None:
    source = make_source(state)
    looked(source)
    state.run("ALTER TABLE dados.vw_preso DROP COLUMN mae")
    looked(source)

    [found] = drift.standing(source)
    assert found.stops
    assert found.used_by == ("vw_preso.nome_mae",)
    assert "Coluna ausente: dados.vw_preso.mae" in found.sentence
    state.run("ALTER TABLE dados.vw_preso ADD COLUMN mae text")
    looked(source)
    assert [found.stops for found in drift.standing(source)] == [False]


def test_a_mapping_that_no_longer_reads_the_column_settles_it(state: State) -> None:
    source = make_source(state)
    looked(source)
    state.run("ALTER TABLE dados.vw_preso DROP COLUMN mae")
    looked(source)
    fields = {name: given for name, given in MAPPING["views"]["vw_preso"]["fields"].items() if name != "nome_mae"}
    without = {**MAPPING["views"], "vw_preso": {**MAPPING["views"]["vw_preso"], "fields": fields}}

    mappings.put_in_use(source=source, text=make_mapping(views=without), by=BY)

    assert [found.stops for found in drift.standing(source)] == []


def test_a_new_column_is_a_notice(state: State) -> None:
    source = make_source(state)
    looked(source)
    state.run("ALTER TABLE dados.vw_unidade ADD COLUMN telefone text")
    looked(source)

    [found] = drift.standing(source)
    assert (found.stops, found.used_by) == (False, ())


def test_a_view_that_goes_and_comes_back_is_noticed_both_times(state: State) -> None:
    source = make_source(state)
    looked(source)
    state.run("ALTER TABLE dados.vw_unidade RENAME TO vw_antiga")
    assert looked(source) == [("view_gone", "dados.vw_unidade", "")]
    assert [found.stops for found in drift.standing(source)] == [True]
    state.run("ALTER TABLE dados.vw_antiga RENAME TO vw_unidade")

    assert looked(source) == [("view_back", "dados.vw_unidade", "")]
    assert drift.standing(source) == []


def test_a_new_view_in_the_same_schema_is_noticed(state: State) -> None:
    source = make_source(state)
    looked(source)
    state.run("CREATE VIEW dados.vw_visita AS SELECT 1 AS cod")

    assert looked(source) == [("view_new", "dados.vw_visita", "")]


def test_a_state_out_of_reach_is_said_and_changes_nothing(state: State) -> None:
    source = make_source(state)
    looked(source)
    sources.change_address(source=source, host="127.0.0.1", port=1, database=state.name, by=BY)

    sight = schemas.look(source=source, by=BY)

    assert "Não foi possível falar" in sight.problem
    assert not SchemaChange.objects.exists()


def test_through_a_gateway_the_columns_it_shows_are_noted(state: State) -> None:
    from ingestion.mapping.reading import read

    views = views_of(read(make_mapping()))
    with serve(make_config(reader_url(state.name), views)) as gateway:
        source = sources.create(
            origin=make_origin("AL"), host="127.0.0.1", port=gateway.config.port, database="",
            credentials=Credentials("", TOKEN), mapping=make_mapping(), by=BY, rule=Rule.GATEWAY,
            dialect=SourceDialect.POSTGRESQL,
        )  # fmt: skip

        sign(source.origin)
        assert looked(source) == []

    assert ["nm", ""] in ViewSchema.objects.get(relation="vw_preso").columns


def test_kinds_of_records_come_by_path_and_a_sample_with_nulls_knows_less() -> None:
    records = [{"id": 1, "pessoa": {"nome": None}, "x": [1]}, {"id": 2, "pessoa": {"nome": "A", "ok": True}}]

    assert kinds_of(records) == {"id": "número", "pessoa.nome": "texto", "x": "lista", "pessoa.ok": "lógico"}
