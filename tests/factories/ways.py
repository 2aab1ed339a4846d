"""One state read in all five ways: its database in the VPN and on the internet, its gateway, its API in both."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

import psycopg
from psycopg.rows import dict_row
from sqlalchemy.engine import URL

from ingestion.mapping.reading import read
from ingestion.models import Credentials, Rule, Source
from ingestion.services import sources
from tests.factories.far import OURS, Far
from tests.factories.gateway import TOKEN, Running, make_config, serve, views_of
from tests.factories.ingestion import BY, MAPPING, PASSWORD, READER, TABLES, State, make_mapping
from tests.factories.tls import server_context
from tests.ingestion.transports.rest.misbehaving import Asked, Reply, Server

SINCE = "%Y-%m-%dT%H:%M:%S.%f"
ZONE = "America/Maceio"
# Times with a zone are compared with what the state's clock shows.
ROWS = "SELECT * FROM dados.{view} WHERE alt {zone} >= %(since)s::timestamp ORDER BY alt, cod"


class StateApi:
    """The state's own API: what its views hold at the moment of asking, as JSON."""

    def __init__(self, address: str) -> None:
        self._address = address

    def __call__(self, asked: Asked) -> Reply:
        view = asked.path.removeprefix("/")
        zone = f"AT TIME ZONE '{ZONE}'" if "alt timestamptz" in TABLES[view] else ""
        query = ROWS.format(view=view, zone=zone)
        with psycopg.connect(self._address, row_factory=dict_row) as connection:
            rows = connection.execute(query.encode(), {"since": asked.query.get("since", "-infinity")}).fetchall()
        return Reply([{**row, "alt": row["alt"].isoformat()} for row in rows])


@dataclass(frozen=True)
class Ways:
    """What answers for the state, and what its source must be told of each."""

    state: State
    database_port: int
    gateway: Running
    api: Server
    api_with_tls: Server

    def of(self, rule: int) -> dict[str, Any]:
        """The arguments of a source, new or changed to that rule."""
        reader = {"database": self.state.name, "credentials": Credentials(READER, PASSWORD), "mapping": make_mapping()}
        match rule:
            case Rule.SQL_VPN | Rule.SQL_INTERNET:
                authority = OURS.pem if rule == Rule.SQL_INTERNET else ""
                return {**reader, "host": "127.0.0.1", "port": self.database_port, "authority": authority}
            case Rule.GATEWAY:
                token = Credentials("senappen", TOKEN)
                return {**reader, "host": "127.0.0.1", "port": self.gateway.port, "credentials": token, "authority": ""}
        server = self.api if rule == Rule.API_VPN else self.api_with_tls
        mapping, authority = _api_mapping(server.base), OURS.pem if rule == Rule.API_INTERNET else ""
        place = {"host": "localhost", "port": server.server_port, "database": ""}
        return {**place, "credentials": Credentials("leitor", "x"), "mapping": mapping, "authority": authority}

    def change(self, source: Source, rule: int) -> None:
        """The state changes its rule this morning."""
        sources.change_rule(source=source, rule=rule, by=BY, **self.of(rule))


@contextmanager
def open_ways(far: Far) -> Iterator[Ways]:
    """Everything that answers for the state of a server, over the rows of one database."""
    assert far.state
    api = StateApi(far.server.url(name=far.state.name))
    url = URL.create("postgresql+psycopg", READER, PASSWORD, "127.0.0.1", far.server.port, far.state.name)
    with ExitStack() as stack:
        gateway = stack.enter_context(serve(make_config(url, views_of(read(make_mapping())))))
        plain = stack.enter_context(Server())
        with_tls = stack.enter_context(Server(server_context(OURS.issue(host="localhost"))))
        plain.otherwise = with_tls.otherwise = api
        yield Ways(far.state, far.server.port, gateway, plain, with_tls)


def _api_mapping(base: str) -> str:
    views = deepcopy(MAPPING["views"])
    for name, view in views.items():
        del view["relation"]
        view["endpoint"] = f"/{name}"
    incremental = {"parameter": "since", "format": SINCE, "ordered": True}
    return make_mapping(views=views, api={"base": base, "incremental": incremental, "requests_per_second": 1000})
