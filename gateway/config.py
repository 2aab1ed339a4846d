"""The one configuration file (TOML). Every problem is a sentence in pt-BR for the state's technician."""

import codecs
import ipaddress
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from gateway import dialects

IDENTIFIER = re.compile(r"[^\W\d][\w$#]*")
VIEW = re.compile(r"vw_[a-z_]{1,60}")
HASH = re.compile(r"[0-9a-f]{64}")


class ConfigError(Exception):
    """The file cannot be used. `problems` are complete sentences."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


@dataclass(frozen=True)
class View:
    """An agreed view: where it is and which columns it shows, the order's two among them."""

    name: str
    relation: tuple[str, ...]
    columns: tuple[str, ...]
    updated: str
    key: str


@dataclass(frozen=True)
class Tls:
    """Files of the server's certificate and of the authority that signs the callers' certificates."""

    certificate: Path
    key: Path
    client_ca: Path | None


@dataclass(frozen=True)
class Config:
    """A whole configuration. Rates are requests a minute; times are seconds."""

    host: str
    port: int
    tls: Tls | None
    tokens: Mapping[str, str]
    database: URL
    encoding: str
    photos: Path | None
    views: Mapping[str, View]
    batch_rows: int
    statement_timeout: int
    requests_per_minute: int
    streams: int


class Parser:
    """Reads tables of the file, collecting what is wrong with them."""

    def __init__(self, folder: Path) -> None:
        self.problems: list[str] = []
        self._folder = folder

    def table(self, given: dict[str, Any], name: str, known: set[str]) -> dict[str, Any]:
        found = given.get(name, {})
        if not isinstance(found, dict):
            self.problems.append(f"[{name}] deve ser uma seção.")
            return {}
        self.problems += [
            f"[{name}] {key}: opção desconhecida; confira a grafia." for key in sorted(set(found) - known)
        ]
        return found

    def number(self, given: dict[str, Any], place: str, default: int, lowest: int, highest: int) -> int:
        value = given.get(place.rsplit(maxsplit=1)[-1], default)
        if type(value) is not int or not lowest <= value <= highest:
            self.problems.append(f"{place}: deve ser um número de {lowest} a {highest}.")
            return default
        return value

    def text(self, given: dict[str, Any], place: str, default: str | None = None) -> str:
        value = given.get(place.rsplit(maxsplit=1)[-1], default)
        if not isinstance(value, str) or not value:
            self.problems.append(f"{place}: falta ou não é um texto.")
            return ""
        return value

    def path(self, given: dict[str, Any], place: str) -> Path | None:
        if place.rsplit(maxsplit=1)[-1] not in given:
            return None
        return (self._folder / self.text(given, place)).resolve()


def load(file: Path) -> Config:
    """The configuration of this file; relative paths begin at its folder. Raises ConfigError."""
    try:
        given = tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ConfigError([f"O arquivo {file} não existe."]) from None
    except OSError:
        raise ConfigError([f"O arquivo {file} não pode ser lido por este usuário."]) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError([f"O arquivo não é TOML válido: {error}."]) from None
    return parse(given, file.resolve().parent)


def parse(given: dict[str, Any], folder: Path) -> Config:
    """The configuration of these tables. Raises ConfigError with every problem found."""
    read = Parser(folder)
    sections = {"server", "tls", "tokens", "database", "photos", "limits", "views"}
    read.problems += [f"[{name}]: seção desconhecida." for name in sorted(set(given) - sections)]
    server = read.table(given, "server", {"host", "port"})
    limits = read.table(given, "limits", {"batch_rows", "requests_per_minute", "streams"})
    database = read.table(given, "database", {"url", "url_file", "encoding", "statement_timeout"})
    config = Config(
        host=read.text(server, "[server] host", "127.0.0.1"),
        port=read.number(server, "[server] port", 8443, 1, 65535),
        tls=_tls(read, given),
        tokens=_tokens(read, given),
        database=_url(read, database),
        encoding=_encoding(read, database),
        photos=read.path(read.table(given, "photos", {"folder"}), "[photos] folder"),
        views=_views(read, given),
        batch_rows=read.number(limits, "[limits] batch_rows", 5000, 1, 50_000),
        statement_timeout=read.number(database, "[database] statement_timeout", 900, 1, 86_400),
        requests_per_minute=read.number(limits, "[limits] requests_per_minute", 6000, 1, 1_000_000),
        streams=read.number(limits, "[limits] streams", 4, 1, 64),
    )
    if config.tls is None and not _loopback(config.host):
        read.problems.append("[tls]: obrigatória quando o gateway escuta fora desta máquina (127.0.0.1).")
    if read.problems:
        raise ConfigError(read.problems)
    return config


def _loopback(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _tls(read: Parser, given: dict[str, Any]) -> Tls | None:
    table = read.table(given, "tls", {"certificate", "key", "client_ca"})
    if not table:
        return None
    certificate, key = read.path(table, "[tls] certificate"), read.path(table, "[tls] key")
    if certificate is None or key is None:
        read.problems.append("[tls]: informe certificate e key.")
        return None
    return Tls(certificate, key, read.path(table, "[tls] client_ca"))


def _tokens(read: Parser, given: dict[str, Any]) -> dict[str, str]:
    found = read.table(given, "tokens", set(given["tokens"]) if isinstance(given.get("tokens"), dict) else set())
    if not found:
        read.problems.append("[tokens]: falta; crie um com “senappen-gateway token” e cole aqui o resumo.")
    for name, digest in found.items():
        if not isinstance(digest, str) or not HASH.fullmatch(digest):
            read.problems.append(f"[tokens] {name}: deve ser o resumo SHA-256 (64 dígitos a-f), nunca o token.")
    return {name: str(digest) for name, digest in found.items()}


def _url(read: Parser, table: dict[str, Any]) -> URL:
    text = table.get("url")
    if file := read.path(table, "[database] url_file"):
        try:
            text = file.read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError):
            read.problems.append("[database] url_file: o arquivo não pode ser lido.")
    try:
        url = make_url(text if isinstance(text, str) else "")
        dialects.of(url)
        return url
    except (ArgumentError, ValueError):
        read.problems.append(
            "[database] url: falta ou não é um endereço como postgresql://usuario:senha@servidor/base."
        )
    except KeyError:
        read.problems.append(f"[database] url: deve começar por {'://, '.join(dialects.DIALECTS)}://.")
    return URL.create("postgresql")


def _encoding(read: Parser, table: dict[str, Any]) -> str:
    """Python's name of the encoding of text that the database itself does not know how to read (Firebird's NONE)."""
    try:
        return codecs.lookup(read.text(table, "[database] encoding", "utf-8")).name
    except LookupError:
        read.problems.append("[database] encoding: não existe; use utf-8, latin-1, cp1252 ou cp850.")
    return "utf-8"


def _views(read: Parser, given: dict[str, Any]) -> dict[str, View]:
    tables = given.get("views")
    if not isinstance(tables, dict) or not tables:
        read.problems.append("[views]: nenhuma visão acordada; escreva uma seção [views.vw_preso] para cada uma.")
        return {}
    return {name: _view(read, tables, name) for name in tables}


def _view(read: Parser, tables: dict[str, Any], name: str) -> View:
    place = f"[views.{name}]"
    if not VIEW.fullmatch(name):
        read.problems.append(f"{place}: o nome deve ser o do contrato, como vw_preso.")
    table = tables[name] if isinstance(tables[name], dict) else {}
    read.problems += [
        f"{place} {key}: opção desconhecida." for key in set(table) - {"relation", "columns", "updated", "key"}
    ]
    relation = tuple(read.text(table, f"{place} relation").split("."))
    columns = table.get("columns")
    columns = tuple(columns) if isinstance(columns, list) else ()
    view = View(name, relation, columns, read.text(table, f"{place} updated"), read.text(table, f"{place} key"))
    names = [*relation, *columns]
    if len(relation) > 2 or not columns or not all(isinstance(n, str) and IDENTIFIER.fullmatch(n) for n in names):
        read.problems.append(f"{place}: relation e columns devem ser nomes simples, sem aspas nem expressões.")
    elif len(set(columns)) != len(columns) or not {view.updated, view.key} <= set(columns):
        read.problems.append(f"{place}: columns deve trazer cada coluna uma vez, entre elas updated e key.")
    return view
