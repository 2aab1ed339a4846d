"""The files a state's database administrator is given: views, indexes, the reader that may only select, its end."""

import re
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from string import Template

from ingestion.contract import VIEWS
from ingestion.kit import views
from ingestion.kit.databases import DATABASES, Database

TEMPLATES = Path(__file__).parent / "templates"
# Plain in all five, without quotes; Firebird's limit is 31 characters.
NAME = re.compile(r"[a-z][a-z0-9_]{0,30}")
ADDRESS = re.compile(r"[0-9a-f.:]{3,45}|[a-z0-9][a-z0-9.-]{0,251}[a-z0-9]")
GRANT = {
    "oracle": "GRANT READ ON {view} TO {user}{end}",
    "mariadb": "GRANT SELECT ON {view} TO '{user}'@'{from_}'{end}",
}
PLAIN_GRANT = "GRANT SELECT ON {view} TO {user}{end}"

README = """\
Visões e usuário para a SENAPPEN: {dialect}
===========================================
1. dicionário de dados e contrato: docs/estado/contrato.md.
2. esquema.sql: onde as visões ficam.
3. visoes/: uma por arquivo. Preencha com as suas tabelas e rode na ordem dos números, como dono das tabelas.
4. indices.sql: confira com o que já existe.
5. leitor.sql: o usuário que só lê as visões. revogar.sql: o fim dele.
6. ensaio.sql: tabelas vazias para experimentar as visões em uma base de teste. Nunca em produção.
Depois, o verificador diz campo a campo o que falta: docs/estado/verificador.md.
"""


@dataclass(frozen=True)
class Choices:
    """What a state chose. Names are plain identifiers in lower case. Raises ValueError, in pt-BR."""

    dialect: str
    schema: str = "senappen"
    tables: str = "sispen"
    database: str = "sispen"
    user: str = "leitor_senappen"
    address: str = "10.213.0.1"
    connections: int = 4

    def __post_init__(self) -> None:
        for value in (self.schema, self.tables, self.database, self.user):
            if not NAME.fullmatch(value):
                raise ValueError(
                    f"“{value}” não serve de nome: só minúsculas, dígitos e _, até 31, começando por letra."
                )
        if not ADDRESS.fullmatch(self.address):
            raise ValueError(f"“{self.address}” não é endereço.")
        if not 1 <= self.connections <= 100:
            raise ValueError("O limite de conexões vai de 1 a 100.")


def files(chosen: Choices) -> Iterator[tuple[str, str]]:
    """Name → text of every file for one database system."""
    database = DATABASES[chosen.dialect]
    for number, view in enumerate(VIEWS.values(), start=1):
        yield f"visoes/{number:02}_{view.name}.sql", views.create(database, view, chosen.schema, chosen.tables)
    yield "indices.sql", views.indexes(database, chosen.tables)
    yield "ensaio.sql", "".join(views.rehearsal(database, view, chosen.tables) for view in VIEWS.values())
    for script in ("esquema.sql", "leitor.sql", "revogar.sql"):
        yield script, _script(chosen, database, script)
    yield "LEIAME.txt", README.format(dialect=chosen.dialect)


def _script(chosen: Choices, database: Database, name: str) -> str:
    template = Template((TEMPLATES / chosen.dialect / name).read_text(encoding="utf-8"))
    return template.substitute(
        user=chosen.user,
        schema=chosen.schema,
        tables=chosen.tables,
        database=chosen.database,
        address=chosen.address,
        connections=chosen.connections,
        # Where an account cannot be made without a password: nobody is told this one, and the account is locked.
        throwaway=f"{secrets.token_urlsafe(18)}-Aa1",
        grants="\n".join(_grants(chosen, database)),
        view_rights="\n".join(
            f"GRANT SELECT ON {views.table_of(view)} TO VIEW {view.name};" for view in VIEWS.values()
        ),
    )


def _grants(chosen: Choices, database: Database) -> Iterator[str]:
    pattern = GRANT.get(chosen.dialect, PLAIN_GRANT)
    for view in VIEWS:
        shown = database.name(chosen.schema, view)
        yield pattern.format(view=shown, user=chosen.user, from_=chosen.address, end=database.terminator)
