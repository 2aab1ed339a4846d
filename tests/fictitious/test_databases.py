"""The states' databases: what the mapping names is there, means what the contract means, and is all the reader sees."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import psycopg
import pytest
import yaml
from psycopg import sql
from psycopg.conninfo import make_conninfo

from fictitious import contract, states
from fictitious.__main__ import main
from fictitious.country import Country
from fictitious.generate import generate
from fictitious.rows import UNKNOWN
from fictitious.states.spec import Profile

UFS = ("AL", "PB", "PE", "RJ", "SE", "SP", "GO", "BA", "MT")  # the last three are of the generic houses
PASSWORD = "leitura-de-teste"
PREFIX = "fictitious_test_"  # other tests load states on the same server


def profile_of(uf: str) -> Profile:
    return replace(states.profile(uf), prefix=PREFIX)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, states_server: str) -> Iterator[Path]:
    """A country of 1,800 people in nine states, loaded; its databases are dropped afterwards."""
    made = tmp_path_factory.mktemp("databases")
    generate(Country(1_800, "databases", UFS, spoiled=0), made, 1)
    main(["load", "--from", str(made), "--dsn", states_server, "--reader-password", PASSWORD, "--prefix", PREFIX])
    yield made
    with psycopg.connect(states_server, autocommit=True) as connection:
        for uf in UFS:
            name = sql.Identifier(profile_of(uf).database)
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(name))


def connect(server: str, uf: str) -> psycopg.Connection[dict[str, Any]]:
    """A session of the state's reader."""
    profile = profile_of(uf)
    address = make_conninfo(server, dbname=profile.database, user=profile.reader, password=PASSWORD)
    return psycopg.connect(address, row_factory=psycopg.rows.dict_row)


def mapping(folder: Path, uf: str) -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((folder / uf / "mapping.yaml").read_text(encoding="utf-8"))
    return loaded


def column(entry: str | dict[str, Any]) -> str:
    return entry if isinstance(entry, str) else str(entry["column"])


@pytest.mark.parametrize("uf", UFS)
def test_the_mapping_names_all_twenty_views_and_real_columns(uf: str, folder: Path, states_server: str) -> None:
    views = mapping(folder, uf)["views"]
    assert set(views) == set(contract.views())
    with connect(states_server, uf) as connection:
        for view in views.values():
            names = ", ".join(column(entry) for entry in view["fields"].values())
            connection.execute(f"SELECT {names} FROM {view['relation']} LIMIT 1")


@pytest.mark.parametrize("uf", UFS)
def test_required_fields_are_mapped_and_filled(uf: str, folder: Path, states_server: str) -> None:
    with connect(states_server, uf) as connection:
        for name, view in mapping(folder, uf)["views"].items():
            for field in contract.views()[name].values():
                if field.required:
                    shown = column(view["fields"][field.name])
                    query = f"SELECT count(*) AS empty FROM {view['relation']} WHERE {shown} IS NULL"
                    found = connection.execute(query).fetchone()
                    assert found == {"empty": 0}, f"{name}.{field.name}"


@pytest.mark.parametrize("uf", UFS)
def test_every_code_shown_has_a_meaning(uf: str, folder: Path, states_server: str) -> None:
    document = mapping(folder, uf)
    with connect(states_server, uf) as connection:
        for name, view in document["views"].items():
            for field, entry in view["fields"].items():
                domain = contract.domain_of(name, field)
                if domain:
                    named = entry.get("codes") if isinstance(entry, dict) else None
                    codes = document["codes"][named] if named else {code: code for code in contract.codes(domain)}
                    query = f"SELECT DISTINCT {column(entry)} AS code FROM {view['relation']}"
                    shown = {row["code"] for row in connection.execute(query)} - {None}
                    assert shown - ({UNKNOWN} if domain == "movimentacao" else set()) <= set(codes), f"{name}.{field}"
                    assert set(codes.values()) <= set(contract.codes(domain))


@pytest.mark.parametrize("uf", UFS)
def test_the_reader_sees_the_views_only(uf: str, folder: Path, states_server: str) -> None:
    profile = profile_of(uf)
    with connect(states_server, uf) as connection:
        for view in profile.views:
            for table in view.tables:
                with pytest.raises(psycopg.errors.InsufficientPrivilege), connection.transaction():
                    connection.execute(f"SELECT 1 FROM {profile.schema}.{table.name}")
        name = f"{profile.schema}.{profile.views[0].name}"
        with pytest.raises(psycopg.Error), connection.transaction():
            connection.execute(f"DELETE FROM {name}")


@pytest.mark.parametrize(("uf", "view", "reference", "target"), [
    ("AL", "vw_custodia", "id_unidade", "vw_unidade"), ("PE", "vw_visita", "id_visitante", "vw_visitante"),
    ("SP", "vw_tipificacao", "id_processo", "vw_processo"), ("PB", "vw_preso_documento", "id_preso", "vw_preso"),
    ("RJ", "vw_movimentacao", "id_unidade_destino", "vw_unidade"), ("SE", "vw_preso_sinal", "id_foto", "vw_preso_foto"),
    ("BA", "vw_advogado_preso", "id_advogado", "vw_advogado"),
])  # fmt: skip
def test_references_point_to_rows(
    uf: str, view: str, reference: str, target: str, folder: Path, states_server: str
) -> None:
    views = mapping(folder, uf)["views"]
    mine, theirs = views[view], views[target]
    pointer, key = column(mine["fields"][reference]), column(theirs["fields"]["id_origem"])
    with connect(states_server, uf) as connection:
        found = connection.execute(
            f"SELECT count(*) AS lost FROM {mine['relation']} a WHERE {pointer} IS NOT NULL"
            f" AND NOT EXISTS (SELECT FROM {theirs['relation']} b WHERE b.{key} = a.{pointer})"
        ).fetchone()
    assert found == {"lost": 0}


def test_pernambuco_shows_dates_as_text(folder: Path, states_server: str) -> None:
    entry = mapping(folder, "PE")["views"]["vw_preso"]["fields"]["dt_nascimento"]
    assert entry == {"column": "nascimento", "format": "%d/%m/%Y"}
    with connect(states_server, "PE") as connection:
        found = connection.execute("SELECT nascimento FROM seres.v_detento LIMIT 1").fetchone()
    assert found
    assert found["nascimento"][2::3] == "/" + found["nascimento"][5] + found["nascimento"][8]


def test_alagoas_is_a_latin1_database_with_accents(folder: Path, states_server: str) -> None:
    with connect(states_server, "AL") as connection:
        encoding = connection.execute("SHOW server_encoding").fetchone()
        accents = connection.execute(
            "SELECT count(*) AS n FROM sispen.vw_internos WHERE nm_interno ~ '[ãéíç]'"
        ).fetchone()
    assert encoding == {"server_encoding": "LATIN1"}
    assert accents
    assert accents["n"] > 0


def test_sao_paulo_writes_capitals_without_accents(folder: Path, states_server: str) -> None:
    with connect(states_server, "SP") as connection:
        names = [row["no_pessoa"] for row in connection.execute("SELECT no_pessoa FROM gepen.vw_sentenciado")]
    clean = [name for name in names if name.isascii()]
    assert len(clean) / len(names) > 0.95  # the rest was garbled before it got there
    assert all(name == name.upper() for name in clean)


def test_the_truth_names_records_as_the_views_do(folder: Path, states_server: str) -> None:
    told = (folder / "truth" / "records.csv").read_text(encoding="utf-8").splitlines()
    for uf in UFS:
        view = mapping(folder, uf)["views"]["vw_preso"]
        with connect(states_server, uf) as connection:
            rows = connection.execute(f"SELECT {view['fields']['id_origem']} AS key FROM {view['relation']}").fetchall()
        assert {str(row["key"]) for row in rows} == {
            line.split(",")[3] for line in told if line.split(",")[1:3] == [uf, "vw_preso"]
        }


def test_loading_again_gives_the_same_rows(folder: Path, states_server: str) -> None:
    arguments = [
        "load",
        "--from",
        str(folder),
        "--dsn",
        states_server,
        "--states",
        "SE",
        "--reader-password",
        PASSWORD,
        "--prefix",
        PREFIX,
    ]
    with connect(states_server, "SE") as connection:
        before = connection.execute("SELECT count(*) AS n FROM sapweb.movements_view").fetchone()
    main(arguments)
    with connect(states_server, "SE") as connection:
        assert connection.execute("SELECT count(*) AS n FROM sapweb.movements_view").fetchone() == before
