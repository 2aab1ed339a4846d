"""The same state behind json-server: pages by the header Link, another way of asking since when."""

import base64
import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import yaml

from ingestion.models import LoadStatus, LoadView
from tests.factories.ingestion import load
from tests.factories.registry import make_origin
from tests.factories.rest import make_api_source
from tests.ingestion.transports.rest.comparing import photographs, registered, totals
from tests.ingestion.transports.rest.serving import datasette_mapping, free_port, served

pytestmark = [pytest.mark.django_db(databases=["default", "audit"])]

PROGRAM = Path(__file__).parents[4] / "node_modules" / ".bin" / "json-server"


@pytest.fixture(scope="module")
def json_server(database: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of a json-server over the state's views."""
    file = tmp_path_factory.mktemp("json") / "estado.json"
    file.write_text(json.dumps(dict(views_of(database)), default=lambda image: base64.b64encode(image).decode()))
    port = free_port()
    command = [str(PROGRAM), "--read-only", "--quiet", "--host", "localhost", "--port", str(port), str(file)]
    with served(command, f"http://localhost:{port}/db"):
        yield f"http://localhost:{port}"


def views_of(database: Path) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    with closing(sqlite3.connect(database)) as connection:
        connection.row_factory = sqlite3.Row
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'view'").fetchall():
            yield name, [dict(row) for row in connection.execute(f"SELECT * FROM {name}")]


def json_server_mapping(country: Path, base: str, origin: str) -> str:
    whole: dict[str, Any] = yaml.safe_load((country / "AL" / "mapping.yaml").read_text())
    for view in whole["views"].values():
        view["endpoint"] = f"/{view.pop('relation').split('.')[1]}"
        view["parameters"] = {"_sort": view["fields"]["dt_atualizacao"]}
    whole["origin"] = origin
    whole["api"] = {
        "base": base,
        "parameters": {"_page": "1", "_order": "asc"},
        "pagination": {"kind": "link", "size_parameter": "_limit", "page_size": 400},
        "incremental": {"parameter": "{column}_gte", "format": "%Y-%m-%d %H:%M:%S", "ordered": True},
        "requests_per_second": 1000,
    }
    return yaml.safe_dump(whole, allow_unicode=True, sort_keys=False)


def test_two_servers_give_the_same_state(country: Path, datasette: str, json_server: str) -> None:
    load(make_api_source(datasette, datasette_mapping(country, datasette)))

    done = load(make_api_source(json_server, json_server_mapping(country, json_server, "XX"), origin=make_origin("XX")))

    assert (done.status, done.cause) == (LoadStatus.FINISHED, "")
    assert registered("XX") == registered("AL")
    assert photographs("XX") == photographs("AL")
    assert sum(registered("XX").values()) > 3_000


def test_a_second_load_through_json_server_changes_nothing(country: Path, json_server: str) -> None:
    source = make_api_source(json_server, json_server_mapping(country, json_server, "AL"))
    first = totals(LoadView.objects.filter(load=load(source)))

    again = totals(LoadView.objects.filter(load=load(source)))

    assert first["new"] > 3_000
    assert (again["new"], again["changed"], again["removed"]) == (0, 0, 0)
    assert again["read"] < first["read"] / 10
