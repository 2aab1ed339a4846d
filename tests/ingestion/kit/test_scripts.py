"""What the kit's files say, in every dialect. Oracle's and SQL Server's are only parsed: they ran on no server."""

import re
from pathlib import Path

import pytest
import sqlglot
from django.core.management import CommandError, call_command
from sqlglot import exp

from ingestion.contract import VIEWS
from ingestion.kit import dictionary, mapping, scripts
from ingestion.kit.databases import DATABASES
from ingestion.mapping.reading import MappingError, read

# The parser's names of the systems whose scripts only it has read.
UNTRIED = {"oracle": "oracle", "sqlserver": "tsql"}


def made(dialect: str, **chosen: object) -> dict[str, str]:
    return dict(scripts.files(scripts.Choices(dialect, **chosen)))  # type: ignore[arg-type]


def parsed(dialect: str, script: str) -> list[exp.Expression]:
    batches = re.split(r"^GO$", script, flags=re.MULTILINE)
    return [tree for batch in batches for tree in sqlglot.parse(batch, read=UNTRIED[dialect]) if tree]


@pytest.mark.parametrize("dialect", UNTRIED)
def test_a_view_of_an_untried_system_shows_every_column_of_the_contract(dialect: str) -> None:
    files = [text for name, text in made(dialect).items() if name.startswith("visoes/")]
    assert len(files) == len(VIEWS)
    for text, view in zip(files, VIEWS.values(), strict=True):
        (created,) = parsed(dialect, text)
        assert isinstance(created, exp.Create)
        assert created.this.sql() == f"senappen.{view.name}"
        selected = created.find(exp.Select)
        assert selected
        assert [column.alias for column in selected.expressions] == [field.name for field in view.fields]


@pytest.mark.parametrize("dialect", UNTRIED)
def test_an_untried_system_has_a_valid_type_for_every_column(dialect: str) -> None:
    tables = parsed(dialect, made(dialect)["ensaio.sql"])
    assert len(tables) == len(VIEWS)
    assert all(column.kind for table in tables for column in table.find_all(exp.ColumnDef))


@pytest.mark.parametrize("dialect", DATABASES)
def test_the_reader_is_granted_each_view_once_and_nothing_else(dialect: str) -> None:
    script = re.sub(r"--.*", "", made(dialect)["leitor.sql"])
    given = re.findall(r"GRANT (.+?) ON (?:senappen\.)?(\w+) TO (?!VIEW)", script)
    views = [(word, name) for word, name in given if name.startswith("vw_")]
    assert [name for _, name in views] == list(VIEWS)
    assert {word for word, _ in views} == ({"READ"} if dialect == "oracle" else {"SELECT"})
    others = {word for word, name in given if not name.startswith("vw_")} - {"USAGE", "CONNECT"}
    assert others == set()


@pytest.mark.parametrize("dialect", ["mariadb", "firebird", "oracle", "sqlserver"])
def test_no_two_scripts_share_the_password_of_a_locked_account(dialect: str) -> None:
    script = made(dialect)["leitor.sql"]
    assert re.search(r"LOCK|INACTIVE|DISABLE", script)
    assert script != made(dialect)["leitor.sql"]


@pytest.mark.parametrize("dialect", DATABASES)
def test_the_mapping_of_the_templates_is_complete(dialect: str) -> None:
    found = read(mapping.skeleton("AL", "America/Maceio", dialect, "senappen"))
    assert list(found.views) == list(VIEWS)
    for name, view in found.views.items():
        assert set(VIEWS[name].by_name) - set(view.fields) <= {"sha256"}
        assert view.relation == DATABASES[dialect].name("senappen", name)


@pytest.mark.parametrize(
    "chosen",
    [{"user": "x; DROP TABLE y"}, {"schema": "Senappen"}, {"address": "0.0.0.0/0; x"}, {"connections": 0}],
)
def test_what_would_not_be_a_plain_name_is_refused(chosen: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"nome|endereço|conexões"):
        made("postgresql", **chosen)


def test_a_mapping_for_no_time_zone_is_refused() -> None:
    with pytest.raises(MappingError, match="fuso"):
        mapping.skeleton("AL", "Alagoas", "postgresql", "senappen")


def test_nothing_edited_is_written_over(tmp_path: Path) -> None:
    call_command("contract", "templates", "--dialect", "mariadb", "--out", str(tmp_path / "novo"))
    edited = tmp_path / "novo" / "leitor.sql"
    edited.write_text("editado")
    with pytest.raises(CommandError, match="já existe"):
        call_command("contract", "templates", "--dialect", "mariadb", "--out", str(tmp_path / "novo"))
    assert edited.read_text() == "editado"
    assert edited.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("format", dictionary.FORMATS)
def test_the_dictionary_tells_every_field(format: str) -> None:
    text = dictionary.FORMATS[format](dictionary.entries())
    for entry in dictionary.entries():
        assert entry.meaning.endswith(".")
        assert entry.meaning.replace("<", "&lt;") in text or entry.meaning.replace('"', '""') in text


def test_the_dictionary_says_what_a_code_stands_for() -> None:
    (entry,) = [e for e in dictionary.entries() if (e.view.name, e.field.name) == ("vw_preso", "sexo")]
    assert entry.row() == (
        "vw_preso",
        "sexo",
        "código",
        "sim",
        "Sexo, como no registro civil.",
        "M = Masculino; F = Feminino",
    )
