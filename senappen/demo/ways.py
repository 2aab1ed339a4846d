"""How each state of the demonstration gives its data: one state for each of the five rules, each from a real server."""

import hashlib
import hmac
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypedDict

import yaml
from django.conf import settings

from ingestion.mapping.reading import read
from ingestion.models import Credentials, Rule
from senappen import servers
from senappen.demo.processes import Processes
from senappen.embedded.certificates import Authority
from senappen.embedded.server import answers, keep_port, wait

# The largest state by the fastest rule; states that are not here are read by the first.
RULES = {"SP": Rule.SQL_VPN, "PE": Rule.GATEWAY, "AL": Rule.API_VPN, "PB": Rule.API_INTERNET, "SE": Rule.SQL_INTERNET}
BY_API = frozenset({Rule.API_VPN, Rule.API_INTERNET})
HERE = "127.0.0.1"
VPN_RANGE = "127.0.0.0/8"
PAGE = 1_000
YEAR = 365
PLUGINS = Path(__file__).parent / "plugins"


class Address(TypedDict, total=False):
    """Where a state's data is, and what is needed to trust it."""

    port: int
    vpn_range: str
    authority: str


@dataclass(frozen=True)
class Way:
    """What the source of a state is created with."""

    rule: Rule
    mapping: str
    credentials: Credentials
    address: Address


def rule_of(uf: str) -> Rule:
    """The rule by which a state of the demonstration is read."""
    return RULES.get(uf, Rule.SQL_VPN)


def authority(demo: Path) -> Authority:
    """Who vouches for the states that are read over the internet."""
    return Authority.kept(demo / "ca", name="CA fictícia da demonstração", days=YEAR)


def secret(purpose: str) -> str:
    """A secret of the demonstration: the same in every run on this machine, known to nobody else."""
    return hmac.new(settings.SECRET_KEY.encode(), f"demo-{purpose}".encode(), hashlib.sha256).hexdigest()[:32]


def api_mapping(text: str, base: str, *, authentication: dict[str, Any] | None = None, page: int = PAGE) -> str:
    """A state's mapping as Datasette serves its tables."""
    whole: dict[str, Any] = yaml.safe_load(text)
    for view in whole["views"].values():
        view["endpoint"] = f"/{view.pop('relation').split('.')[-1]}.json"
        view["parameters"] = {"_sort": view["fields"]["dt_atualizacao"]}
        image = view["fields"].get("conteudo_ou_uri")
        if image:
            image["column"] += ".encoded"
    whole["api"] = {**datasette_api(base, page), **({"authentication": authentication} if authentication else {})}
    return yaml.safe_dump(whole, allow_unicode=True, sort_keys=False)


def datasette_api(base: str, page: int) -> dict[str, Any]:
    """Datasette's way of serving tables, as the `api` section of a mapping; `page` rows an answer."""
    return {
        "base": base,
        "parameters": {"_shape": "objects"},
        "records": "rows",
        "pagination": {
            "kind": "cursor", "parameter": "_next", "next": "next", "size_parameter": "_size", "page_size": page,
        },
        "incremental": {"parameter": "{column}__gte", "format": "%Y-%m-%d %H:%M:%S", "ordered": True},
        "requests_per_second": 1000,
    }  # fmt: skip


class Host:
    """Serves the states that are not read straight from their database. `folder` is the country's."""

    def __init__(self, folder: Path, processes: Processes) -> None:
        self._folder, self._processes = folder, processes
        self._authority = authority(folder.parent)

    def open(self, uf: str) -> Way:
        """Start what gives the state's data; how to read it."""
        text = (self._folder / uf / "mapping.yaml").read_text()
        reader = Credentials(f"leitor_{uf.lower()}", secret("reader"))
        match rule_of(uf):
            case Rule.GATEWAY:
                return self._gateway(uf, text)
            case Rule.API_VPN:
                return self._api(uf, text)
            case Rule.API_INTERNET:
                return self._api_of_the_internet(uf, text)
            case Rule.SQL_INTERNET:
                port = servers.state_postgres_tls().port
                return Way(Rule.SQL_INTERNET, text, reader, {"port": port, "authority": self._authority.pem})
        return Way(Rule.SQL_VPN, text, reader, {"port": servers.state_postgres().port, "vpn_range": VPN_RANGE})

    def _gateway(self, uf: str, text: str) -> Way:
        place, token = self._place(f"gateway-{uf.lower()}"), secret(f"gateway-{uf}")
        port, reader = keep_port(place), f"leitor_{uf.lower()}:{secret('reader')}"
        views = "".join(_gateway_view(name, view) for name, view in read(text).views.items())
        file = place / "gateway.toml"
        file.touch(mode=0o600)
        file.write_text(
            f'[server]\nhost = "{HERE}"\nport = {port}\n'
            f'[tokens]\nsenappen = "{hashlib.sha256(token.encode()).hexdigest()}"\n'
            f'[database]\nurl = "postgresql://{reader}@{HERE}:{servers.state_postgres().port}/estado_{uf.lower()}"\n'
            f'[photos]\nfolder = "{self._folder / uf / "photos"}"\n{views}'
        )
        self._processes.start(f"gateway-{uf.lower()}", "gateway", "serve", "--config", str(file))
        wait(lambda: answers(port), place)
        return Way(Rule.GATEWAY, text, Credentials("senappen", token), {"port": port, "vpn_range": VPN_RANGE})

    def _api(self, uf: str, text: str) -> Way:
        port = keep_port(self._place(f"api-{uf.lower()}"))
        self._datasette(uf, port)
        base = f"http://{HERE}:{port}/estado_{uf.lower()}"
        return Way(Rule.API_VPN, api_mapping(text, base), Credentials("", ""), {"port": port, "vpn_range": VPN_RANGE})

    def _api_of_the_internet(self, uf: str, text: str) -> Way:
        """Behind TLS and a token."""
        place = self._place(f"api-{uf.lower()}")
        port, files = keep_port(place), self._authority.write(place, days=YEAR)
        rights = place / "metadata.json"
        rights.write_text(json.dumps({"allow": {"id": "senappen"}}))
        token = secret(f"api-{uf}")
        options = ["--ssl-certfile", str(files["certificate"]), "--ssl-keyfile", str(files["key"])]
        options += ["--plugins-dir", str(PLUGINS), "--metadata", str(rights)]
        self._datasette(uf, port, *options, environment={"API_TOKEN": token})
        key_of_ours = {"kind": "api_key", "secret": "chave_api", "header": "Authorization", "prefix": "Bearer "}
        base = f"https://{HERE}:{port}/estado_{uf.lower()}"
        credentials = Credentials("", "", {"chave_api": token})
        mapping = api_mapping(text, base, authentication=key_of_ours)
        return Way(Rule.API_INTERNET, mapping, credentials, {"port": port, "authority": self._authority.pem})

    def _datasette(self, uf: str, port: int, *options: str, environment: dict[str, str] | None = None) -> None:
        file = self._folder / f"estado_{uf.lower()}.sqlite"
        settled = ["--setting", "max_returned_rows", str(PAGE), "--setting", "num_sql_threads", "1"]
        settled += ["--setting", "suggest_facets", "off"]
        command = ["datasette", "serve", str(file), "--port", str(port), *settled, *options]
        self._processes.start(f"api-{uf.lower()}", *command, environment=environment)
        wait(lambda: answers(port), file.parent)

    def _place(self, name: str) -> Path:
        place = self._folder.parent / name
        place.mkdir(parents=True, exist_ok=True)
        return place


def _gateway_view(name: str, view: Any) -> str:
    updated, key = (view.fields[part].column for part in ("dt_atualizacao", "id_origem"))
    columns = json.dumps(list(view.columns))
    return f'[views.{name}]\nrelation = "{view.relation}"\ncolumns = {columns}\nupdated = "{updated}"\nkey = "{key}"\n'
