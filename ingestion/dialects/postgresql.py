"""PostgreSQL as a state's database."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import URL, ColumnElement, Connection, Text, cast, text, tuple_

from ingestion.dialects.base import address
from ingestion.dialects.encryption import Encryption, PostgreSQLEncryption
from ingestion.models import Credentials, Source
from ingestion.problems import EntryRefused, SourceProblem

CONNECT_TIMEOUT_S = 15
CANCEL_TIMEOUT_S = 5
# One batch must come within this; a whole view may take as long as it needs.
STATEMENT_TIMEOUT_S = 900

# SQLSTATE (PostgreSQL's documentation, appendix A) or its class → cause, and whether waiting may help.
CAUSES: dict[str, tuple[str, bool]] = {
    "42501": ("O usuário da fonte perdeu a permissão de leitura em uma visão; peça ao estado o GRANT SELECT.", False),
    "42P01": ("Uma visão do mapeamento não existe mais no banco do estado; confira relation no mapeamento.", False),
    "3F": ("O esquema de uma visão do mapeamento não existe no banco do estado.", False),
    "42703": ("Uma coluna do mapeamento não existe mais na visão do estado; atualize o mapeamento.", False),
    "42": ("O banco do estado não aceitou a consulta; confira o mapeamento com as visões do estado.", False),
    "57014": ("O banco do estado demorou demais para responder; verifique índices em (dt_atualizacao, id).", True),
    "57P": ("O servidor do estado está sendo desligado ou reiniciado.", True),
    "53": ("O servidor do estado está sem recursos (conexões, memória ou disco).", True),
    "08": ("A conexão com o banco do estado caiu.", True),
}
REFUSED = "O servidor do estado respondeu e recusou a entrada; confira usuário, senha e nome da base na fonte."
UNREACHABLE = "Não foi possível falar com o banco do estado (rede, VPN ou servidor fora do ar)."


class PostgreSQL:
    """PostgreSQL 9.6 or later, through psycopg."""

    steady = True
    encryption: Encryption | None = PostgreSQLEncryption()

    def url(self, source: Source, credentials: Credentials, host: str) -> URL:
        return address("postgresql+psycopg", source, credentials, host)

    def connect_args(self, source: Source) -> dict[str, Any]:
        return {
            "connect_timeout": CONNECT_TIMEOUT_S,
            "application_name": "senappen",
            "client_encoding": "utf8",
            "keepalives_idle": 30,
            "keepalives_interval": 10,
            "keepalives_count": 3,
        }

    def prepare(self, connection: Connection) -> None:
        connection.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY"))
        connection.execute(text(f"SET LOCAL statement_timeout = '{STATEMENT_TIMEOUT_S}s'"))
        # ISO dates, whatever the state's server prefers, for columns read as text.
        connection.execute(text("SET LOCAL datestyle = 'ISO'"))
        # A database that does not know its own encoding sends bytes: the mapping says how to read them.
        if connection.scalar(text("SHOW server_encoding")) == "SQL_ASCII":
            connection.execute(text("SET LOCAL client_encoding = 'SQL_ASCII'"))
        # The first rows matter as much as the last: a cursor otherwise plans for a tenth of the view.
        connection.execute(text("SET LOCAL cursor_tuple_fraction = 1"))

    def after(self, order: Sequence[ColumnElement[Any]], values: Sequence[Any]) -> ColumnElement[bool]:
        return tuple_(*order) > tuple_(*values)

    def as_text(self, column: ColumnElement[Any]) -> ColumnElement[Any]:
        return cast(column, Text)

    def interrupt(self, driver: Any) -> None:
        driver.cancel_safe(timeout=CANCEL_TIMEOUT_S)

    def problem(self, error: Exception) -> SourceProblem:
        cause = getattr(error, "orig", error)
        state = getattr(cause, "sqlstate", None) or ""
        # Refused entries have no SQLSTATE in libpq; whether the server asked for the password is all it tells.
        if not state and getattr(getattr(cause, "pgconn", None), "used_password", False):
            return EntryRefused(REFUSED)
        for prefix in (state, state[:3], state[:2]):
            if prefix in CAUSES:
                sentence, passing = CAUSES[prefix]
                return SourceProblem(sentence, passing=passing)
        return SourceProblem(UNREACHABLE)
