"""What the source's user may do besides reading the agreed views: asked of the database's catalogue, never tried."""

from collections.abc import Iterator, Sequence

import sqlalchemy as sa

from ingestion.conformity.findings import Finding, Verdict
from ingestion.mapping.schema import Mapping
from ingestion.models import SourceDialect

# Every privilege of the session's user: relation (empty: on the whole database), privilege. Catalogues are left out.
QUERIES = {
    SourceDialect.POSTGRESQL: """
        SELECT n.nspname || '.' || c.relname, p.privilege
        FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        CROSS JOIN (VALUES ('SELECT'), ('INSERT'), ('UPDATE'), ('DELETE'), ('TRUNCATE')) AS p(privilege)
        WHERE c.relkind IN ('r', 'v', 'm', 'p', 'f') AND n.nspname NOT IN ('pg_catalog', 'information_schema')
            AND n.nspname NOT LIKE 'pg@_%' ESCAPE '@'
            AND has_schema_privilege(n.oid, 'USAGE') AND has_table_privilege(c.oid, p.privilege)
        UNION ALL SELECT nspname || '.*', 'CREATE' FROM pg_namespace
        WHERE nspname NOT LIKE 'pg@_%' ESCAPE '@' AND has_schema_privilege(oid, 'CREATE')
        UNION ALL SELECT '', 'CREATE' WHERE has_database_privilege(current_database(), 'CREATE')
        UNION ALL SELECT '', 'SUPERUSER' FROM pg_roles WHERE rolname = current_user AND rolsuper""",
    SourceDialect.MARIADB: """
        SELECT CONCAT(TABLE_SCHEMA, '.', TABLE_NAME), PRIVILEGE_TYPE FROM information_schema.TABLE_PRIVILEGES
        UNION ALL SELECT CONCAT(TABLE_SCHEMA, '.*'), PRIVILEGE_TYPE FROM information_schema.SCHEMA_PRIVILEGES
        UNION ALL SELECT '', PRIVILEGE_TYPE FROM information_schema.USER_PRIVILEGES""",
    SourceDialect.FIREBIRD: """
        SELECT TRIM(RDB$RELATION_NAME), DECODE(TRIM(RDB$PRIVILEGE), 'S', 'SELECT', 'I', 'INSERT', 'U', 'UPDATE',
            'D', 'DELETE', 'R', 'REFERENCES', 'M', 'ROLE', TRIM(RDB$PRIVILEGE))
        FROM RDB$USER_PRIVILEGES
        WHERE RDB$USER IN (CURRENT_USER, 'PUBLIC') AND RDB$USER_TYPE = 8 AND NOT RDB$RELATION_NAME STARTING WITH 'RDB$'
            AND NOT RDB$RELATION_NAME STARTING WITH 'SEC$' AND NOT RDB$RELATION_NAME STARTING WITH 'MON$'
            AND RDB$OBJECT_TYPE IN (0, 1)
        UNION ALL SELECT '', 'OWNER' FROM MON$DATABASE WHERE MON$OWNER = CURRENT_USER OR CURRENT_USER = 'SYSDBA'""",
    SourceDialect.ORACLE: """
        SELECT OWNER || '.' || TABLE_NAME, PRIVILEGE FROM USER_TAB_PRIVS WHERE GRANTEE = USER
        UNION ALL SELECT NULL, PRIVILEGE FROM SESSION_PRIVS WHERE PRIVILEGE <> 'CREATE SESSION'""",
    SourceDialect.SQLSERVER: """
        SELECT s.name + '.' + o.name, p.permission_name FROM sys.objects o
        JOIN sys.schemas s ON s.schema_id = o.schema_id
        CROSS APPLY sys.fn_my_permissions(QUOTENAME(s.name) + '.' + QUOTENAME(o.name), 'OBJECT') p
        WHERE o.type IN ('U', 'V') AND p.subentity_name = ''
        UNION ALL SELECT '', permission_name FROM sys.fn_my_permissions(NULL, 'DATABASE')""",
}
READING = frozenset({"SELECT", "READ"})
HARMLESS = frozenset({
    "USAGE", "CONNECT", "REFERENCES", "SHOW VIEW", "VIEW DEFINITION", "VIEW ANY COLUMN MASTER KEY DEFINITION",
    "VIEW ANY COLUMN ENCRYPTION KEY DEFINITION",
})  # fmt: skip
# Names said of what should not be there.
FEW = 5
REMEDY = "O usuário só pode ter SELECT nas visões acordadas: docs/estado/usuario-leitor.md."


def check(connection: sa.Connection, dialect: str, mapping: Mapping) -> Iterator[Finding]:
    """What the user may do too much. Raises SQLAlchemy's errors."""
    granted = [(row[0] or "", row[1]) for row in connection.execute(sa.text(QUERIES[SourceDialect(dialect)]))]
    agreed = {view.relation.lower() for view in mapping.views.values()}
    writing = [(name, word) for name, word in granted if word not in READING | HARMLESS]
    reading = [(name, word) for name, word in granted if word in READING and not _is_agreed(name.lower(), agreed)]
    if writing:
        said = f"o usuário da fonte pode mais que ler ({_told(writing)})"
        yield Finding("writes", Verdict.WRONG, said, REMEDY, count=len(writing))
    if reading:
        said = f"o usuário da fonte lê o que não foi acordado ({_told(reading)})"
        yield Finding("reads", Verdict.WRONG, said, REMEDY, count=len(reading))


def _is_agreed(name: str, agreed: set[str]) -> bool:
    """A mapping may leave the schema out, and a database without schemas has none to say."""
    return any(name == view or name.endswith(f".{view}") or view.endswith(f".{name}") for view in agreed)


def _told(granted: Sequence[tuple[str, str]]) -> str:
    names = list(dict.fromkeys(f"{word} em {name}" if name else word for name, word in granted))
    rest = f" e mais {len(names) - FEW}" if len(names) > FEW else ""
    return ", ".join(names[:FEW]) + rest
