"""What is hurt: the national base with its workers, and four states, each behind a stretch of network."""

import hashlib
import os
import secrets
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import psycopg
import sqlalchemy as sa
from django.core.management import call_command
from psycopg import sql

from audit.events import system
from faults.kept import Kept
from faults.proxy import Proxy, free_port
from faults.state import VIEWS, State, mapping
from ingestion.models import Credentials, Rule, Source, SourceDialect
from ingestion.services import agreements, sources
from registry.services import origins
from senappen import servers
from senappen.demo.ways import datasette_api

BY = system("faults")
READER = "leitor"
DISK = "1200m"
PAGE = 500


@dataclass(frozen=True)
class Loaded:
    """A state, the stretch of network before it, and the source that reads it."""

    code: str
    state: State
    proxy: Proxy
    source: Source
    http: bool


class Arena:
    """Everything, running. `folder` is `SENAPPEN_VAR`; `disk` says whether the base has a small disk of its own."""

    def __init__(self, folder: Path, *, prisoners: int, seed: str) -> None:
        self.folder, self._prisoners, self._seed = folder, prisoners, seed
        self._logs = folder / "logs"
        self._token, self._password = secrets.token_urlsafe(16), secrets.token_urlsafe(16)
        self.disk = False
        self.kept: dict[str, Kept] = {}
        self.loaded: list[Loaded] = []

    def start(self) -> None:
        """Servers, base, states, sources, workers."""
        self._logs.mkdir(parents=True)
        self.disk = self._mount()
        servers.ensure()
        self._bound_wal()
        call_command("migrate", verbosity=0)
        servers.state_postgres().start()
        servers.state_mariadb().start()
        self._add("AL", self._in_postgres("al"), lambda: servers.state_postgres().port, dialect="postgresql")
        self._add("PE", self._in_mariadb("pe"), lambda: servers.state_mariadb().port, dialect="mariadb")
        self._behind_gateway("SP")
        self._behind_api("RJ")
        celery = ("celery", "-A", "senappen")
        for name in ("worker1", "worker2"):
            options = ("--concurrency", "2", "--hostname", name, "--loglevel", "warning")
            self.kept[name] = Kept(name, self._logs, *celery, "worker", *options)
        self.kept["beat"] = Kept("beat", self._logs, *celery, "beat", "--loglevel", "warning")

    def stop(self) -> None:
        """Everything down, and the disk given back."""
        for one in self.kept.values():
            one.end()
        servers.stop()
        if self.disk:
            subprocess.run(["/bin/umount", "--lazy", self.folder / "postgres"], check=False)

    def _mount(self) -> bool:
        """A small disk for the base, where this account may mount one."""
        target = self.folder / "postgres"
        target.mkdir(parents=True)
        if os.geteuid() != 0:
            return False
        command = ["/bin/mount", "-t", "tmpfs", "-o", f"size={DISK}", "faults", str(target)]
        return subprocess.run(command, check=False, stderr=subprocess.DEVNULL).returncode == 0

    def _bound_wal(self) -> None:
        with psycopg.connect(servers.postgres().url(), autocommit=True) as server:
            server.execute("ALTER SYSTEM SET max_wal_size = '192MB'")
            server.execute("SELECT pg_reload_conf()")

    def _in_postgres(self, name: str) -> State:
        with psycopg.connect(servers.state_postgres().url(), autocommit=True) as server:
            server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
            if server.execute("SELECT FROM pg_roles WHERE rolname = %s", [READER]).fetchone() is None:
                password = sql.Literal(self._password)
                server.execute(sql.SQL("CREATE ROLE leitor LOGIN PASSWORD {}").format(password))
        url = servers.state_postgres().url(name=name).replace("postgresql://", "postgresql+psycopg://")
        state = self._filled(url)
        with state.engine.begin() as connection:
            connection.execute(sa.text("GRANT SELECT ON ALL TABLES IN SCHEMA public TO leitor"))
        return state

    def _in_mariadb(self, name: str) -> State:
        with sa.create_engine(servers.state_mariadb().url, poolclass=sa.NullPool).begin() as connection:
            connection.exec_driver_sql(f"CREATE DATABASE {name} CHARACTER SET utf8mb4")
            create = sa.text("CREATE USER leitor IDENTIFIED BY :password")
            connection.execute(create, {"password": self._password})
        state = self._filled(sa.make_url(servers.state_mariadb().url).set(database=name))
        with state.engine.begin() as connection:
            for view in VIEWS:
                connection.exec_driver_sql(f"GRANT SELECT ON {view} TO leitor")
        return state

    def _behind_gateway(self, code: str) -> None:
        state, port = self._in_postgres(code.lower()), free_port()
        file = self.folder / "gateway.toml"
        reader = f"postgresql://{READER}:{self._password}@127.0.0.1:{servers.state_postgres().port}/{code.lower()}"
        digest = hashlib.sha256(self._token.encode()).hexdigest()
        views = "".join(
            f'[views.{view}]\nrelation = "{view}"\nupdated = "dt_atualizacao"\nkey = "id_origem"\n'
            f"columns = {['id_origem', *columns, 'dt_atualizacao', 'st_registro']}\n"
            for view, columns in VIEWS.items()
        )
        file.write_text(
            f'[server]\nhost = "127.0.0.1"\nport = {port}\n[tokens]\nsenappen = "{digest}"\n'
            f'[database]\nurl = "{reader}"\n[limits]\nbatch_rows = 500\n{views}'
        )
        file.chmod(0o600)
        self.kept["gateway"] = Kept("gateway", self._logs, "gateway", "serve", "--config", str(file))
        self._add(code, state, lambda: port, rule=Rule.GATEWAY, credentials=Credentials("senappen", self._token))

    def _behind_api(self, code: str) -> None:
        file, port = self.folder / "api.sqlite", free_port()
        state = self._filled(f"sqlite:///{file}")
        serve = ("datasette", "serve", str(file), "--port", str(port), "--setting", "num_sql_threads", "1")
        self.kept["api"] = Kept("api", self._logs, *serve)
        self._add(code, state, lambda: port, rule=Rule.API_VPN, credentials=Credentials("", ""))

    def _filled(self, url: sa.URL | str) -> State:
        state = State(url, f"{self._seed}:{url}")
        state.fill(self._prisoners)
        return state

    def _add(
        self, code: str, state: State, target: Callable[[], int], *, rule: int = Rule.SQL_VPN,
        dialect: str = SourceDialect.POSTGRESQL, credentials: Credentials | None = None,
    ) -> None:  # fmt: skip
        proxy = Proxy(target)
        origin = origins.register(code=code, name=f"{code} (fictício)", uf=code, timezone="UTC", by=BY)
        api = datasette_api(f"http://127.0.0.1:{proxy.port}/api", PAGE) if rule == Rule.API_VPN else None
        agreements.sign(
            origin=origin,
            number=code,
            signed_on=date.today(),
            responsible="Coordenação fictícia",
            responsible_email="coordenacao@senappen.example",
            state_responsible="Equipe fictícia",
            state_email="equipe@estado.example",
            by=BY,
        )
        source = sources.create(
            origin=origin,
            host="127.0.0.1",
            port=proxy.port,
            database=code.lower(),
            credentials=credentials or Credentials(READER, self._password),
            mapping=mapping(code, schema="public." if dialect == "postgresql" else "", api=api),
            rule=rule,
            dialect=dialect,
            by=BY,
        )
        self.loaded.append(Loaded(code, state, proxy, source, http=rule in (Rule.GATEWAY, Rule.API_VPN)))
