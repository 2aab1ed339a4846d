"""Which persons' crossings wait to be rebuilt: those whose search documents were, and those whose links changed."""

from typing import Final

from django.db.backends.utils import CursorWrapper
from psycopg import sql

# Views that change no identity and no situation, and the column with the record whose crossings they change.
_CROSSED: Final = {
    "vw_visita": "visitor_id",
    "vw_visitante_preso": "visitor_id",
    "vw_advogado_preso": "lawyer_id",
    "vw_atendimento_advogado": "lawyer_id",
    "vw_preso_foto": "record_id",
    "vw_visitante_foto": "record_id",
    "vw_preso_sinal": "record_id",
}
# Persons that wait for judgement come here by themselves: a first load writes nothing.
_RECEIVED: Final = sql.SQL("""
INSERT INTO registry_pendingcrossing (person_id)
SELECT DISTINCT r.person_id FROM (SELECT DISTINCT {column} AS id FROM {resolved} WHERE missing = '') s
    JOIN registry_record r ON r.id = s.id
WHERE NOT EXISTS (SELECT FROM registry_pendingrecord p WHERE p.record_id = s.id)
ORDER BY 1 ON CONFLICT (person_id) DO NOTHING
""")
_REMOVED: Final = sql.SQL("""
INSERT INTO registry_pendingcrossing (person_id)
SELECT DISTINCT r.person_id FROM {resolved} s JOIN {table} t ON t.id = s.id JOIN registry_record r ON r.id = t.{column}
ORDER BY 1 ON CONFLICT (person_id) DO NOTHING
""")
_REFRESHED: Final = """
INSERT INTO registry_pendingcrossing (person_id) SELECT person_id FROM refreshing ORDER BY 1
ON CONFLICT (person_id) DO NOTHING
"""


def received(cursor: CursorWrapper, view: str, resolved: str) -> None:
    """Let the persons of the rows just received wait, where the view is of links, photographs or marks."""
    if view in _CROSSED:
        column = sql.Identifier(_CROSSED[view])
        cursor.execute(_RECEIVED.format(column=column, resolved=sql.Identifier(resolved)))


def removed(cursor: CursorWrapper, view: str, table: str, resolved: str) -> None:
    """Let the persons of the rows about to be marked as gone wait."""
    if view in _CROSSED:
        column = sql.Identifier(_CROSSED[view])
        names = {"table": sql.Identifier(table), "column": column, "resolved": sql.Identifier(resolved)}
        cursor.execute(_REMOVED.format(**names))


def refreshed(cursor: CursorWrapper) -> None:
    """Let the persons of the table `refreshing` wait, whose search documents are being rebuilt."""
    cursor.execute(_REFRESHED)
