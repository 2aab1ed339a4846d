"""What the gateway answers, over real HTTP and a real PostgreSQL."""

import hashlib
from typing import Any
from urllib.parse import quote

import httpx
import orjson
import pytest
import zstandard
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.factories.gateway import Running, make_config, reader_url, serve
from tests.factories.ingestion import State
from tests.gateway.conftest import PRISONERS

KEYS = "/v1/views/vw_preso"


def lines(answer: httpx.Response) -> list[Any]:
    return [orjson.loads(line) for line in answer.text.splitlines()]


def keys(answer: httpx.Response) -> list[Any]:
    return [line[0] for line in lines(answer) if isinstance(line, list)]


def position(updated: Any, key: Any) -> str:
    return orjson.dumps([updated, key]).decode()


def test_health_tells_versions_and_that_the_database_answers(running: Running) -> None:
    told = running.get("/v1/health").json()
    assert (told["contract"], told["database"], told["photos"]) == (1, True, True)


def test_the_agreed_views_are_listed(running: Running) -> None:
    told = running.get("/v1/views").json()["views"]
    assert {view["name"] for view in told} == {"vw_preso", "vw_unidade", "vw_visita"}


def test_a_view_comes_in_the_order_of_its_watermark_undated_rows_last(running: Running) -> None:
    answer = running.get(KEYS)
    assert keys(answer) == [1, 2, 3, 5, 4]
    assert lines(answer)[-1] == {"end": True, "rows": 5, "next": None}


def test_reading_goes_on_after_a_position(running: Running) -> None:
    after = position(["datetime", "2024-03-01T10:00:00"], ["plain", 1])
    assert keys(running.get(KEYS, params={"after": after})) == [2, 3, 5, 4]


def test_a_position_without_a_key_stands_before_its_moment(running: Running) -> None:
    after = position(["datetime", "2024-03-01T10:00:00"], None)
    assert keys(running.get(KEYS, params={"after": after})) == [1, 2, 3, 5, 4]


def test_pages_by_limit_make_the_whole(running: Running) -> None:
    found, after = [], None
    while True:
        answer = running.get(KEYS, params={"limit": 2, **({"after": after} if after else {})})
        found += keys(answer)
        following = lines(answer)[-1]["next"]
        if following is None:
            break
        after = orjson.dumps(following).decode()
    assert found == [1, 2, 3, 5, 4]


def test_until_leaves_out_what_changed_later(running: Running) -> None:
    until = orjson.dumps(["datetime", "2024-03-03T10:00:00"]).decode()
    assert keys(running.get(KEYS, params={"until": until})) == [1, 2, 3, 4]


def test_a_caller_that_reads_zstd_gets_zstd(running: Running) -> None:
    with httpx.stream(
        "GET", f"http://127.0.0.1:{running.port}{KEYS}", trust_env=False,
        headers={"Authorization": "Bearer token de teste do gateway", "Accept-Encoding": "zstd"},
    ) as answer:  # fmt: skip
        body = b"".join(answer.iter_raw())
    assert zstandard.ZstdDecompressor().decompressobj().decompress(body).endswith(b'"next":null}\n')


def test_a_date_no_driver_holds_comes_as_text(state: State, running: Running) -> None:
    state.add("vw_unidade", 1, alt="2024-01-01")
    state.add("vw_unidade", 2, alt="infinity")
    rows = [line for line in lines(running.get("/v1/views/vw_unidade")) if isinstance(line, list)]
    assert [(row[0], row[2]) for row in rows] == [(1, "2024-01-01 00:00:00"), (2, "infinity")]


@pytest.mark.parametrize("token", [None, "", "errado", "token de teste do gatewa"])
def test_nothing_without_the_token(running: Running, token: str | None) -> None:
    answer = running.get(KEYS, token=token)
    assert answer.status_code == 401
    assert set(answer.json()) == {"detail", "code", "reference"}


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "HEAD", "OPTIONS", "TRACE", "QUALQUER"])
def test_only_get(running: Running, method: str) -> None:
    assert running.get(KEYS, method=method).status_code == 405


@pytest.mark.parametrize(
    "path", ["/", "/v1", "/v1/views/", "/v1/views/vw_advogado", "/v1/views/dados.vw_preso", "/docs"]
)
def test_only_what_was_agreed(running: Running, path: str) -> None:
    answer = running.get(path)
    assert (answer.status_code, "reference" in answer.json()) == (404, True)


@pytest.mark.parametrize(
    "given",
    [
        {"after": "x"},
        {"after": "[1]"},
        {"after": "[null]"},
        {"limit": "0"},
        {"limit": "-1"},
        {"until": "[]"},
        {"a": "b"},
    ],
)
def test_parameters_that_mean_nothing_are_refused(running: Running, given: dict[str, str]) -> None:
    assert running.get(KEYS, params=given).status_code == 400


def test_a_broken_view_ends_in_its_cause_and_not_in_a_trailer(running: Running) -> None:
    last = lines(running.get("/v1/views/vw_visita"))[-1]
    assert last["error"]["code"] == "relation"
    assert "nao_existe" not in str(last)


def test_a_position_of_another_type_is_an_error_told(running: Running) -> None:
    last = lines(running.get(KEYS, params={"after": position(["plain", "amanhã"], ["plain", "x"])}))[-1]
    assert last["error"]["passing"] is False


def test_too_many_requests_are_put_off(state: State) -> None:
    config = make_config(reader_url(state.name), {"vw_preso": PRISONERS}, requests_per_minute=2)
    with serve(config) as hurried:
        answers = [hurried.get("/v1/views") for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert int(answers[-1].headers["retry-after"]) > 0


def test_too_many_wrong_tokens_are_put_off(state: State) -> None:
    with serve(make_config(reader_url(state.name), {"vw_preso": PRISONERS})) as tried:
        statuses = {tried.get("/v1/views", token=f"tentativa {n}").status_code for n in range(40)}
        assert tried.get("/v1/views").status_code == 200
    assert statuses == {401, 429}


def test_no_value_of_a_row_reaches_the_log(running: Running, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level("INFO"):
        running.get(KEYS, params={"after": position(["datetime", "2024-03-01T10:00:00"], ["plain", 77123])})
        running.get("/v1/photos/a/77123.jpg")
        running.get(KEYS, params={"after": position(["plain", "77123"], ["plain", 1])})
    assert "route=/v1/views/{view} view=vw_preso status=200 rows=3" in caplog.text
    assert "77123" not in "".join(record.getMessage() for record in caplog.records if record.name != "httpx")


def test_a_photo_comes_whole_and_in_parts(running: Running) -> None:
    path = "/v1/photos/" + quote("a/1 ã.jpg")
    assert running.get(path).content == b"0123456789"
    part = running.get(path, headers={"Range": "bytes=2-4"})
    assert (part.status_code, part.content, part.headers["content-range"]) == (206, b"234", "bytes 2-4/10")
    assert running.get(path, headers={"Range": "bytes=-3"}).content == b"789"
    assert running.get(path, headers={"Range": "bytes=8-"}).content == b"89"
    assert running.get(path, headers={"Range": "bytes=99-"}).status_code == 416
    assert running.get("/v1/photos/vazia.jpg").content == b""


@pytest.mark.parametrize(
    "key",
    ["../segredo.txt", "..%2fsegredo.txt", "%2e%2e/segredo.txt", "a/../../segredo.txt", "/etc/passwd",
     "%2fetc%2fpasswd", "atalho.jpg", "a", "", ".", "a%00.jpg", "x" * 5000, "..%5csegredo.txt", "~root"],
)  # fmt: skip
def test_no_photo_outside_the_folder(running: Running, key: str) -> None:
    answer = running.get(f"/v1/photos/{key}")
    assert answer.status_code == 404
    assert b"segredo" not in answer.content


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    path=st.sampled_from(["", "/v1/views", "/v1/views/", KEYS, "/v1/photos/"]),
    rest=st.text(max_size=40),
    names=st.dictionaries(st.sampled_from(["after", "until", "limit", "x"]), st.text(max_size=40), max_size=3),
    ranged=st.from_regex(r"bytes=[0-9]{0,20}-[0-9]{0,20}", fullmatch=True),
)
def test_no_request_breaks_it(running: Running, path: str, rest: str, names: dict[str, str], ranged: str) -> None:
    address = f"{path}/{quote(rest, safe='', errors='surrogatepass')}" if rest else path or "/"
    assert running.get(address, params=names, headers={"Range": ranged}).status_code < 500


def json_values() -> st.SearchStrategy[Any]:
    kinds = st.sampled_from(["plain", "datetime", "date", "decimal", "bytes", "outro"])
    contents = st.one_of(st.text(), st.integers(), st.floats(), st.booleans(), st.none(), st.datetimes().map(str))
    return st.one_of(st.none(), st.tuples(kinds, contents), contents)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(updated=json_values(), key=json_values())
def test_no_position_breaks_it(running: Running, updated: Any, key: Any) -> None:
    import json

    answer = running.get(KEYS, params={"after": json.dumps([updated, key])})
    assert answer.status_code in (200, 400)
    if answer.status_code == 200:
        assert lines(answer)[-1].keys() & {"end", "error"}


def test_the_token_is_kept_as_its_hash_only(running: Running) -> None:
    digest = running.config.tokens["senappen"]
    assert running.get("/v1/views", token=digest).status_code == 401
    assert digest == hashlib.sha256(b"token de teste do gateway").hexdigest()
