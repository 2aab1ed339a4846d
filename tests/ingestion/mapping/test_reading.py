"""A mapping file is taken, or every problem in it is said in Portuguese."""

from typing import Any

import pytest
import yaml

from ingestion.mapping.reading import MappingError, read
from tests.factories.ingestion import MAPPING, make_mapping, with_field


def problems(text: str) -> list[str]:
    with pytest.raises(MappingError) as caught:
        read(text)
    return caught.value.problems


def test_a_right_file_is_read_with_short_and_long_fields() -> None:
    fields = read(make_mapping()).views["vw_preso"].fields

    assert fields["nome"].column == "nm"
    assert fields["dt_nascimento"].format == "%d/%m/%Y"


def test_scalars_stay_text_so_that_codes_keep_their_zeros_and_letters() -> None:
    text = make_mapping().replace("1: M", "001: M").replace("'1': M", "001: M")
    codes = yaml.safe_dump(MAPPING["codes"]) and read(text).views["vw_preso"].fields["sexo"].codes

    assert isinstance(codes, dict)
    assert codes["001"] == "M"


def test_columns_are_read_once_however_many_fields_use_them() -> None:
    views = with_field("vw_preso", "nome_social", "nm")

    assert read(make_mapping(views=views)).views["vw_preso"].columns.count("nm") == 1


@pytest.mark.parametrize(
    ("changes", "place", "advice"),
    [
        ({"timezone": "Alagoas"}, "timezone", "America/Maceio"),
        ({"mapping": 2}, "mapping", "versão 1"),
        ({"mapping": "um"}, "mapping", "número inteiro"),
        ({"repair": ["trimm"]}, "repair.0", "trim, mojibake"),
        ({"encoding": "latim"}, "encoding", "latin-1"),
        ({"extra": "x"}, "extra", "desconhecida"),
        ({"views": {"vw_pessoa": {"relation": "a.b", "fields": {}}}}, "vw_pessoa", "não existe no contrato"),
        ({"views": {"vw_preso": {"relation": "a; DROP", "fields": {}}}}, "relation", "esquema.visao"),
    ],
)
def test_each_problem_names_its_place_and_what_to_do(changes: dict[str, Any], place: str, advice: str) -> None:
    [problem, *_] = problems(make_mapping(**changes))

    assert place in problem
    assert advice in problem


@pytest.mark.parametrize(
    ("field", "value", "advice"),
    [
        ("nomee", "nm", "seria “nome”?"),
        ("nome", {"column": "nm", "value": "x"}, "um dos dois"),
        ("nome", "lower(nm)", "expressões"),
        ("nome", {"column": "nm", "format": "%d"}, "só vale para datas"),
        ("nome", {"column": "nm", "photo": "blob"}, "imagem"),
        ("sexo", {"column": "sx", "codes": "ativos"}, "seria “ativo”?"),
        ("dt_atualizacao", {"column": "alt", "format": "%d/%m/%Y"}, "marca d'água"),
        ("id_origem", {"value": "1"}, "precisa de uma coluna"),
    ],
)
def test_a_wrong_field_is_explained(field: str, value: Any, advice: str) -> None:
    assert any(advice in problem for problem in problems(make_mapping(views=with_field("vw_preso", field, value))))


def test_a_required_field_that_is_not_mapped_is_named() -> None:
    views = with_field("vw_preso", "nome", "nm")
    del views["vw_preso"]["fields"]["prontuario"]

    [problem] = problems(make_mapping(views=views))

    assert "vw_preso.fields.prontuario" in problem
    assert "{value: …}" in problem


def test_a_repeated_key_is_refused_with_its_line() -> None:
    [problem] = problems("mapping: 1\nmapping: 1\n")

    assert problem.startswith("Linha 2")
    assert "repetida" in problem


@pytest.mark.parametrize("text", ["", "[]", "a: [", "\x00", "a: &x {b: *x}", "- " * 5000, "? {a: 1}\n: 2"])
def test_what_is_no_mapping_is_refused_without_crashing(text: str) -> None:
    assert all(problem.endswith((".", ")")) for problem in problems(text))


def test_all_problems_are_said_at_once() -> None:
    assert len(problems(make_mapping(timezone="x", repair=["y"], extra="z"))) == 3


def test_each_problem_knows_its_line() -> None:
    text = make_mapping(timezone="Alagoas", views=with_field("vw_preso", "nomee", "nm"))

    with pytest.raises(MappingError) as caught:
        read(text)

    lines = text.splitlines()
    [line] = caught.value.lines
    assert line is not None
    assert "timezone" in lines[line - 1]
    with pytest.raises(MappingError) as caught:
        read(text.replace("Alagoas", "America/Maceio"))
    [line] = caught.value.lines
    assert line is not None
    assert "nomee" in lines[line - 1]


def test_what_is_no_yaml_has_its_line() -> None:
    with pytest.raises(MappingError) as caught:
        read("mapping: 1\nmapping: 1\n")

    assert caught.value.lines == [2]
