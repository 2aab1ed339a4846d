"""A small state with a database of its own, and the sources that read it. Nobody here exists."""

import json
import os
from collections.abc import Sequence
from datetime import date
from itertools import count
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import psycopg
import yaml
from psycopg import sql

from audit.events import system
from ingestion.mapping.reading import read
from ingestion.models import Agreement, AgreementStatus, Credentials, Load, LoadKind, MappingVersion, Rejection, Source
from ingestion.pipeline.run import run
from ingestion.services import agreements, loads, sources
from registry.models import Origin
from senappen import servers
from tests.factories.registry import make_origin

BY = system("test")
# One for each test process: roles belong to the whole server.
READER = f"leitor_{os.getpid()}"
PASSWORD = "leitura de teste"

_serial = count(1)

# The columns a state chose, and how its mapping reads them: two parents, a child, odd types on purpose.
TABLES = {
    "vw_unidade": "cod integer, nm text, tp text, md text, sx text, ibge text, alt timestamp, atv text",
    "vw_preso": "cod integer, pront text, nm text, mae text, nasc text, sx text, gest text, filhos text,"
    " alt timestamp, atv text",
    "vw_preso_documento": "cod integer, interno integer, tp text, num text, alt timestamptz, atv text",
}
MAPPING: dict[str, Any] = {
    "mapping": 1,
    "contract": 1,
    "timezone": "America/Maceio",
    "not_declared": ["NÃO DECLARADO", "-"],
    "repair": ["trim", "mojibake"],
    "codes": {"ativo": {"S": "A", "N": "E"}},
    "views": {
        "vw_unidade": {
            "relation": "dados.vw_unidade",
            "fields": {
                "id_origem": "cod", "nome": "nm", "tipo": "tp", "modalidade": "md", "sexo_destinado": "sx",
                "cod_municipio_ibge": "ibge", "dt_atualizacao": "alt",
                "st_registro": {"column": "atv", "codes": "ativo"},
            },
        },
        "vw_preso": {
            "relation": "dados.vw_preso",
            "fields": {
                "id_origem": "cod", "prontuario": "pront", "nome": "nm", "nome_mae": "mae",
                "dt_nascimento": {"column": "nasc", "format": "%d/%m/%Y"},
                "sexo": {"column": "sx", "codes": {"1": "M", "2": "F"}}, "gestante": "gest", "n_filhos": "filhos",
                "dt_atualizacao": "alt", "st_registro": {"column": "atv", "codes": "ativo"},
            },
        },
        "vw_preso_documento": {
            "relation": "dados.vw_preso_documento",
            "fields": {
                "id_origem": "cod", "id_preso": "interno", "tipo": "tp", "numero": "num", "dt_atualizacao": "alt",
                "st_registro": {"column": "atv", "codes": "ativo"},
            },
        },
    },
}  # fmt: skip
DEFAULTS: dict[str, dict[str, Any]] = {
    "vw_unidade": {
        "nm": "Presídio Fictício", "tp": "FECHADO", "md": "CELA_FISICA", "sx": "M", "ibge": "2704302",
        "alt": "2024-03-01 08:00", "atv": "S",
    },
    "vw_preso": {
        "pront": "P-1", "nm": "JOSÉ INVENTADO DA SILVA", "mae": "MARIA INVENTADA", "nasc": "05/11/1990", "sx": "1",
        "gest": None, "filhos": None, "alt": "2024-03-01 08:00", "atv": "S",
    },
    "vw_preso_documento": {"interno": 1, "tp": "RG", "num": "123456", "alt": "2024-03-01 08:00-03", "atv": "S"},
}  # fmt: skip


class State:
    """A state's database, written by its own administrator."""

    def __init__(self, admin_url: str, name: str) -> None:
        self.name, self._admin_url = name, admin_url
        self.url = urlsplit(admin_url)._replace(path=f"/{name}").geturl()
        with psycopg.connect(admin_url, autocommit=True) as server:
            server.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(name)))
            if server.execute("SELECT FROM pg_roles WHERE rolname = %s", [READER]).fetchone() is None:
                role, password = sql.Identifier(READER), sql.Literal(PASSWORD)
                server.execute(sql.SQL("CREATE ROLE {} LOGIN PASSWORD {}").format(role, password))

    def empty(self) -> None:
        """The tables as they were made, without rows."""
        tables = "; ".join(f"CREATE TABLE dados.{view} ({columns})" for view, columns in TABLES.items())
        rights = f"GRANT USAGE ON SCHEMA dados TO {READER}; GRANT SELECT ON ALL TABLES IN SCHEMA dados TO {READER}"
        # A reader left behind by an earlier test would be waited for without end: better that this one fails.
        made = f"DROP SCHEMA IF EXISTS dados CASCADE; CREATE SCHEMA dados; {tables}; {rights}"
        self.run(f"SET lock_timeout = '60s'; {made}")

    def drop(self) -> None:
        """Away with the database and whoever reads it."""
        with psycopg.connect(self._admin_url, autocommit=True) as server:
            server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(self.name)))

    def run(self, statement: str, parameters: Sequence[Any] | None = None) -> None:
        """Any statement, committed."""
        with psycopg.connect(self.url) as connection:
            connection.execute(statement, parameters)  # type: ignore[call-overload]

    def add(self, view: str, cod: int, **columns: Any) -> None:
        """A row; columns that are not given have invented values."""
        row = {"cod": cod, **DEFAULTS[view], **columns}
        places = ", ".join(["%s"] * len(row))
        self.run(f"INSERT INTO dados.{view} ({', '.join(row)}) VALUES ({places})", list(row.values()))

    def change(self, view: str, cod: int, **columns: Any) -> None:
        """New values in the rows of that key."""
        assignments = ", ".join(f"{name} = %s" for name in columns)
        self.run(f"UPDATE dados.{view} SET {assignments} WHERE cod = {cod}", list(columns.values()))


def make_mapping(origin: str = "AL", **changes: Any) -> str:
    """The YAML text of the small state's mapping; keywords replace its parts."""
    return yaml.safe_dump({**MAPPING, "origin": origin, **changes}, allow_unicode=True, sort_keys=False)


def with_field(view: str, field: str, value: Any) -> dict[str, Any]:
    """The mapping's views with another reading of one field."""
    views: dict[str, Any] = MAPPING["views"]
    fields = {**views[view]["fields"], field: value}
    return {**views, view: {**views[view], "fields": fields}}


def make_state(admin_url: str) -> State:
    """A state's database; `empty` makes its tables."""
    return State(admin_url, f"estado_teste_{os.getpid()}_{next(_serial)}")


def sign(origin: Origin, **fields: Any) -> Agreement:
    """The origin's agreement in force; the same one when asked for again."""
    known = Agreement.objects.filter(origin=origin, status=AgreementStatus.IN_FORCE).first()
    values = {
        "number": "1/2024",
        "signed_on": date(2020, 1, 1),
        "term_months": 12 * 80,
        "responsible": "Fulana de Teste",
        "responsible_email": "fulana@senappen.example",
        "state_responsible": "Beltrano de Teste",
        "state_email": "beltrano@estado.example",
    }
    return known or agreements.sign(origin=origin, by=BY, **{**values, **fields})


def make_source(state: State, *, mapping: str | None = None, **fields: Any) -> Source:
    """A source that reads the state."""
    origin = fields.pop("origin", None) or make_origin("AL")
    values = {
        "host": "127.0.0.1",
        "port": servers.state_postgres().port,
        "database": state.name,
        "credentials": Credentials(READER, PASSWORD),
    }
    sign(origin)
    text = mapping or make_mapping(origin.code)
    return sources.create(origin=origin, mapping=text, by=BY, **{**values, **fields})


def load(source: Source, kind: LoadKind = LoadKind.INCREMENTAL) -> Load:
    """One load, or the rest of the unfinished one, as a worker does it; under an agreement."""
    sign(source.origin)
    started = loads.start(source=source, by=BY, kind=kind, enqueued=False)
    run(started)
    started.refresh_from_db()
    return started


def make_still_source(code: str = "AL", **fields: Any) -> Source:
    """A source with its mapping that nothing reads."""
    origin = make_origin(code)
    version = MappingVersion.objects.get_or_create(origin=origin, number=1, defaults={"text": make_mapping(code)})[0]
    values = {"rule": 1, "host": "127.0.0.1", "port": 1, "database": "nada", "mapping": version}
    return Source.objects.create(origin=origin, **{**values, **fields})


def make_rejection(source: Source, *, key: int = 1, reason: str = "date", field: str = "dt_nascimento") -> Rejection:
    """A prisoner in quarantine, without a load."""
    assert source.mapping
    row = {"cod": key, **DEFAULTS["vw_preso"]}
    raw = json.dumps([row[column] for column in read(source.mapping.text).views["vw_preso"].columns])
    reasons = [{"code": reason, "field": field, "message": ""}]
    return Rejection.objects.create(
        origin=source.origin, view="vw_preso", origin_key=str(key), raw=raw, raw_hash=uuid4(), reasons=reasons,
        mapping=source.mapping, load=1,
    )  # fmt: skip
