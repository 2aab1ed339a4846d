"""What the five database systems call things, for the scripts a state runs on its own."""

from dataclasses import dataclass

from ingestion.contract import Field, FieldType, domain_codes
from ingestion.contract.types import KEY, UPDATED

# A view's own text has no length in the contract only where it is free text.
FREE_TEXT = 4_000


@dataclass(frozen=True)
class Database:
    """One database system as its administrator writes to it.

    `text` and `fixed` take a length. `schema` says whether views lie in a schema of their own; `replace` is how a
    view is written again.
    """

    text: str
    fixed: str
    date: str
    timestamp: str
    integer: str
    boolean: str
    image: str
    replace: str
    schema: bool = True
    terminator: str = ";"

    def type_of(self, field: Field) -> str:
        """The type in this database that holds a field of the contract."""
        match field.type:
            case FieldType.DATE:
                return self.date
            case FieldType.TIMESTAMP:
                return self.timestamp
            case FieldType.INTEGER:
                return self.integer
            case FieldType.BOOLEAN:
                return self.boolean
            case FieldType.PHOTO:
                return self.image
        pattern = self.fixed if field.fixed else self.text
        # The contract's own codes may be longer than the text a state keeps in that column.
        codes = map(len, domain_codes(field.domain)) if field.domain else ()
        return pattern.format(max((field.length or FREE_TEXT, *codes)))

    def name(self, schema: str, relation: str) -> str:
        """The name of a view as the mapping and the scripts write it."""
        return f"{schema}.{relation}" if self.schema and schema else relation


DATABASES = {
    "postgresql": Database(
        "varchar({})", "char({})", "date", "timestamp", "integer", "boolean", "bytea", "CREATE OR REPLACE VIEW"
    ),
    "mariadb": Database(
        "VARCHAR({})", "CHAR({})", "DATE", "DATETIME(6)", "INT", "TINYINT(1)", "LONGBLOB", "CREATE OR REPLACE VIEW"
    ),
    "firebird": Database(
        "VARCHAR({})", "CHAR({})", "DATE", "TIMESTAMP", "INTEGER", "BOOLEAN", "BLOB", "CREATE OR ALTER VIEW",
        schema=False,
    ),
    "oracle": Database(
        "VARCHAR2({} CHAR)", "CHAR({} CHAR)", "DATE", "TIMESTAMP", "NUMBER(10)", "NUMBER(1)", "BLOB",
        "CREATE OR REPLACE VIEW",
    ),
    "sqlserver": Database(
        "nvarchar({})", "nchar({})", "date", "datetime2(6)", "int", "bit", "varbinary(max)", "CREATE OR ALTER VIEW",
        terminator="\nGO",
    ),
}  # fmt: skip

# The columns the watermark reads by: bare in a view, or no index serves them.
WATERMARK = (UPDATED, KEY)
