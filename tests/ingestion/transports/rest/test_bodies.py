"""Whatever a body holds, its rows come or the reason is said; no answer makes the reading crash."""

import json
from pathlib import Path
from typing import Any

import httpx
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from ingestion.mapping.compiling import compile_view
from ingestion.mapping.reading import MappingError, read
from ingestion.pipeline.rows import prepare
from ingestion.problems import SourceProblem
from ingestion.transports.rest import client
from ingestion.transports.rest.client import ApiClient
from ingestion.transports.rest.reading import Reading
from tests.factories.rest import api_mapping, prisoner

BASE = "http://localhost"
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=12,
)
COLUMNS = sorted(prisoner(1))
RECORDS = st.lists(st.fixed_dictionaries(dict.fromkeys(COLUMNS, JSON)), max_size=4)


@pytest.fixture(autouse=True)
def _no_second_attempt(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client, "ATTEMPTS", 1)


def rows_of(body: bytes, **api: Any) -> list[Any]:
    """The rows of one answer, and every one of them through the mapping."""
    mapping = read(api_mapping(BASE, api={"requests_per_second": 1000, **api}))
    assert mapping.api
    with httpx.Client(transport=httpx.MockTransport(lambda _: httpx.Response(200, content=body))) as http:
        opened = ApiClient(http, requests_per_second=1000, timeout=9, encoding="utf-8")
        rows = [
            row for batch in Reading(opened, mapping, mapping.api, "vw_preso", None, 3).batches() for row in batch.rows
        ]
    prepared = prepare(compile_view(mapping, "vw_preso"), rows, lambda *_: ("", 0))
    assert prepared.accepted + len(prepared.rejected) == len(rows)
    return rows


def reason(body: bytes, **api: Any) -> str:
    """Why there are no rows; nothing when there are."""
    try:
        rows_of(body, **api)
    except SourceProblem as problem:
        return problem.cause
    return ""


@given(st.binary(max_size=200))
@settings(max_examples=80, deadline=None)
@example(b"")
@example(b"[{}]")
@example(b"[" * 50_000)
@example(b'[{"cod": 1' + b"9" * 5_000 + b"}]")
@example("[]".encode("utf-16"))
def test_any_bytes_give_rows_or_a_reason(body: bytes) -> None:
    said = reason(body)

    assert said == "" or said.endswith(".")


@given(JSON)
@settings(max_examples=80, deadline=None)
def test_any_json_gives_rows_or_a_reason(value: Any) -> None:
    body = json.dumps({"dados": {"itens": value}}).encode()
    said = reason(body, records="dados.itens")

    assert said == "" or said.endswith(".")


@given(RECORDS)
@settings(max_examples=60, deadline=None)
@example([{**dict.fromkeys(COLUMNS), "cod": 10**400, "alt": 1e308, "nm": "\ud800", "filhos": float("inf")}])
@example([{**dict.fromkeys(COLUMNS), "cod": {"a": "\ud800"}, "alt": "0001-01-01T00:00:00+23:59"}])
def test_every_record_becomes_a_row_taken_or_refused(records: list[dict[str, Any]]) -> None:
    assert len(rows_of(json.dumps(records).encode())) == len(records)


def test_bytes_that_are_not_text_refuse_their_row_alone() -> None:
    good, bad = json.dumps(prisoner(1)), json.dumps(prisoner(2, nm="JOAO")).replace("JOAO", "JO\xc3O")

    rows = rows_of(f"[{good}, {bad}]".encode("latin-1"))

    mapping = read(api_mapping(BASE))
    prepared = prepare(compile_view(mapping, "vw_preso"), rows, lambda *_: ("", 0))
    assert [rejected.key for rejected in prepared.rejected] == ["2"]


def test_the_example_of_the_guide_is_a_right_mapping() -> None:
    guide = (Path(__file__).parents[4] / "docs" / "estado" / "api-propria.md").read_text(encoding="utf-8")

    mapping = read(guide.split("```yaml\n")[1].split("```")[0])

    assert mapping.api
    assert mapping.views["vw_unidade"].endpoint == "/unidades"


def test_columns_are_paths_in_the_record() -> None:
    text = (
        api_mapping(BASE)
        .replace("nome: nm", "nome: pessoa.nomes.0.civil")
        .replace("prontuario: pront", "prontuario: a.b")
    )
    mapping = read(text)
    record = prisoner(1) | {"pessoa": {"nomes": [{"civil": "ANA INVENTADA"}]}, "a.b": "P-9"}
    assert mapping.api
    with httpx.Client(transport=httpx.MockTransport(lambda _: httpx.Response(200, json=[record]))) as http:
        opened = ApiClient(http, requests_per_second=1000, timeout=9, encoding="utf-8")
        [batch] = Reading(opened, mapping, mapping.api, "vw_preso", None, 3).batches()

    row = dict(zip(mapping.views["vw_preso"].columns, batch.rows[0], strict=True))
    assert (row["pessoa.nomes.0.civil"], row["a.b"]) == ("ANA INVENTADA", "P-9")


@pytest.mark.parametrize(
    ("api", "words"),
    [
        ({"base": "ftp://estado"}, "https://servidor/caminho"),
        ({"base": "https://leitor:senha@estado"}, "sem usuário"),
        ({"authentication": {"kind": "senha"}}, "kind desconhecido; os que existem: 'none', 'api_key'"),
        ({"authentication": {"secret": "x"}}, "falta kind"),
        ({"authentication": {"kind": "api_key", "secret": "x"}}, "header ou query"),
        ({"authentication": {"kind": "api_key", "secret": "Bearer abc!", "header": "X"}}, "só o nome do segredo"),
        ({"authentication": {"kind": "basic", "certificate": "x"}}, "vão juntos"),
        ({"pagination": {"kind": "keyset"}}, "precisa de incremental"),
        ({"pagination": {"kind": "page", "page_size": 0}}, "pelo menos 1"),
        ({"pagination": {"kind": "page", "parameter": "x"}, "incremental": {"parameter": "x"}}, "mesmo parâmetro"),
        ({"pagination": {"kind": "cursor", "parameter": "c"}}, "falta este campo"),
        ({"records": "a..b"}, "chaves separadas por ponto"),
        ({"timeout": "logo"}, "deve ser um número"),
        ({"photo": "/fotos/"}, "{value}"),
        ({"senha": "x"}, "chave desconhecida"),
    ],
)
def test_a_wrong_section_is_explained(api: dict[str, Any], words: str) -> None:
    with pytest.raises(MappingError) as caught:
        read(api_mapping(BASE, api=api))

    assert any(words in problem for problem in caught.value.problems), caught.value.problems


@pytest.mark.parametrize(
    ("view", "words"),
    [
        ({"endpoint": "presos"}, "comece por /"),
        ({"endpoint": "/../x"}, ".."),
        ({"endpoint": "/presos?x=1"}, "parameters"),
        ({"relation": "dados.vw_preso"}, "em vez de relation"),
    ],
)
def test_a_wrong_endpoint_is_explained(view: dict[str, Any], words: str) -> None:
    with pytest.raises(MappingError) as caught:
        read(api_mapping(BASE, **view))

    assert any(words in problem for problem in caught.value.problems)
