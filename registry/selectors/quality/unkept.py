"""Numbers of which the registry keeps only the comparable form: what a wrong one looked like, it cannot tell."""

from registry.services.intake.specs import Parsed
from registry.services.intake.views import VIEWS


def unkept_numbers(view: str) -> tuple[str, ...]:
    """The fields of a view whose invalid numbers the registry holds as empty, such as a visitor's CPF."""
    spec = VIEWS[view]
    tables = (spec.table, spec.record) if spec.record else (spec.table,)
    columns = [column for table in tables for column in table.columns]
    kept = {column.field for column in columns if not isinstance(column, Parsed)}
    return tuple(column.field for column in columns if isinstance(column, Parsed) and column.field not in kept)
