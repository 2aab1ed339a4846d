"""The configuration file and the commands a technician runs."""

import hashlib
from pathlib import Path
from typing import Any

import pytest

from gateway.checking import problems_of
from gateway.cli import main
from gateway.config import ConfigError, load, parse
from tests.factories.gateway import make_config, make_view, reader_url
from tests.factories.ingestion import READER, State
from tests.gateway.conftest import ABSENT, PRISONERS

EXAMPLE = Path(__file__).parents[2] / "gateway" / "gateway.example.toml"
VIEW = {"relation": "dados.v", "columns": ["cod", "alt"], "updated": "alt", "key": "cod"}
GOOD: dict[str, Any] = {
    "server": {"host": "127.0.0.1"},
    "tokens": {"senappen": "0" * 64},
    "database": {"url": "postgresql://leitor:senha@127.0.0.1/base"},
    "views": {"vw_preso": VIEW},
}


def test_the_example_is_a_whole_configuration(tmp_path: Path) -> None:
    (tmp_path / "gateway.toml").write_text(EXAMPLE.read_text())
    (tmp_path / "database.url").write_text("postgresql://leitor:senha@127.0.0.1/base\n")
    found = load(tmp_path / "gateway.toml")
    assert found.tls
    assert found.tls.key == tmp_path / "gateway.key"
    assert found.views["vw_preso"].relation == ("sispen", "vw_internos")


@pytest.mark.parametrize(
    ("section", "value", "said"),
    [
        ("server", {"host": "0.0.0.0"}, "[tls]: obrigatória"),
        ("server", {"port": 0}, "[server] port"),
        ("server", {"porta": 1}, "opção desconhecida"),
        ("tokens", {}, "[tokens]: falta"),
        ("tokens", {"senappen": "o próprio token"}, "nunca o token"),
        ("database", {"url": "db2://x"}, "deve começar por postgresql://, mariadb://"),
        ("database", {"url": "firebird://a:b@c/d", "encoding": "latim"}, "[database] encoding"),
        ("database", {"url": "nada"}, "[database] url"),
        ("views", {}, "nenhuma visão"),
        ("views", {"vw_preso": {**VIEW, "relation": "dados.v; DROP TABLE x"}}, "nomes simples"),
        ("views", {"vw_preso": {**VIEW, "key": "outra"}}, "entre elas updated e key"),
        ("views", {"../x": VIEW}, "o nome deve ser o do contrato"),
        ("outra", {}, "seção desconhecida"),
    ],
)
def test_each_mistake_is_named(section: str, value: dict[str, Any], said: str, tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as caught:
        parse({**GOOD, section: value}, tmp_path)
    assert said in str(caught.value)


def test_check_finds_nothing_wrong_with_a_good_state(state: State, photos: Path) -> None:
    assert problems_of(make_config(reader_url(state.name), {"vw_preso": PRISONERS}, photos=photos)) == []


def test_check_names_what_is_wrong(state: State, tmp_path: Path) -> None:
    state.run(f"CREATE TABLE dados.aberta (cod int, alt timestamp); GRANT SELECT, UPDATE ON dados.aberta TO {READER}")
    state.run("CREATE TABLE dados.fechada (cod int, alt timestamp)")
    views = [
        ABSENT,
        make_view("vw_unidade", "dados.aberta", "cod alt"),
        make_view("vw_custodia", "dados.fechada", "cod alt"),
    ]
    config = make_config(reader_url(state.name), {view.name: view for view in views}, photos=tmp_path / "nada")
    said = "\n".join(problems_of(config))
    assert "vw_visita: A visão configurada no gateway não existe" in said
    assert "vw_unidade: o usuário do gateway pode escrever" in said
    assert "vw_custodia: O usuário do gateway perdeu a permissão" in said
    assert "Fotos: a pasta" in said


def test_check_says_that_the_database_is_away(tmp_path: Path) -> None:
    file = tmp_path / "gateway.toml"
    file.write_text(
        f'[tokens]\na = "{"0" * 64}"\n[database]\nurl = "postgresql://a:b@127.0.0.1:1/x"\n'
        '[views.vw_preso]\nrelation = "v"\ncolumns = ["a", "b"]\nupdated = "a"\nkey = "b"\n'
    )
    assert main(["check", "--config", str(file)]) == 1


def test_a_new_token_is_shown_with_its_hash(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["token"]) == 0
    first, second = capsys.readouterr().out.splitlines()
    assert hashlib.sha256(first.split()[-1].encode()).hexdigest() in second
