"""What is asked of a whole source: its clock, its user's rights, and whether the parents of sampled rows exist."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError

from ingestion.conformity import privileges
from ingestion.conformity.findings import Finding, Verdict
from ingestion.conformity.sample import Sample
from ingestion.contract.types import KEY
from ingestion.mapping.schema import Mapping
from ingestion.transports.base import Clocked, Connection
from ingestion.transports.sql import SqlConnection

LARGEST_SKEW = timedelta(minutes=1)
# Zones differ from one another by whole quarters of an hour: what is left is how wrong a clock without zone is.
QUARTER = timedelta(minutes=15)
# Distinct parents looked up for one field.
MOST_PARENTS = 200

# Field → the views one of which has its value as key.
PARENTS = {
    "id_preso": ("vw_preso",),
    "id_unidade": ("vw_unidade",),
    "id_unidade_origem": ("vw_unidade",),
    "id_unidade_destino": ("vw_unidade",),
    "id_processo": ("vw_processo",),
    "id_advogado": ("vw_advogado",),
    "id_visitante": ("vw_visitante",),
    "id_pessoa": ("vw_visitante", "vw_advogado"),
}


def of_source(connection: Connection, dialect: str, mapping: Mapping) -> Iterator[Finding]:
    """Clock and rights. Raises SourceProblem."""
    if isinstance(connection, SqlConnection):
        with connection.session() as session:
            yield from _clock(_skew(_now(session)))
            try:
                yield from privileges.check(session, dialect, mapping)
            except SQLAlchemyError:
                said = "o catálogo do banco não disse as permissões do usuário da fonte"
                yield Finding("rights", Verdict.UNVERIFIED, said, privileges.REMEDY)
        return
    skew = connection.skew() if isinstance(connection, Clocked) else None
    if skew is None:
        yield Finding("clock", Verdict.UNVERIFIED, "o relógio do servidor não é dito por esta regra")
    else:
        yield from _clock(skew)
    said = "as permissões no banco não se veem por esta regra; no gateway, use o comando check dele"
    yield Finding("rights", Verdict.UNVERIFIED, said)


def orphans(connection: Connection, mapping: Mapping, samples: dict[str, Sample]) -> Iterator[Finding]:
    """Rows of the samples whose parent is nowhere."""
    for sample in samples.values():
        for name in sample.reader.positions:
            views = [view for view in PARENTS.get(name, ()) if view in mapping.views]
            if views and sample.count:
                yield from _orphans_of(connection, mapping, samples, sample, name, views)


def _orphans_of(
    connection: Connection, mapping: Mapping, samples: dict[str, Sample], sample: Sample, name: str, views: list[str]
) -> Iterator[Finding]:
    wanted = list(dict.fromkeys(value for value in sample.raw(name) if value is not None))[:MOST_PARENTS]
    missing = {str(value) for value in wanted}
    for view in views:
        parent = samples.get(view)
        if parent is not None and parent.whole:
            missing -= {str(value) for value in parent.raw(KEY)}
            continue
        found = _existing(connection, mapping, view, wanted)
        if found is None:
            said = f"a amostra não basta para saber se {view} tem as linhas a que aponta"
            yield Finding("parents", Verdict.UNVERIFIED, said, "", sample.view.name, name)
            return
        missing -= found
    if missing:
        said = f"aponta para linhas que não estão em {' nem em '.join(views)}"
        remedy = "Inclua os registros pais na visão deles; a linha espera na quarentena até que cheguem."
        yield Finding("parents", Verdict.WRONG, said, remedy, sample.view.name, name, len(missing), len(wanted))


def _existing(connection: Connection, mapping: Mapping, view: str, keys: list[Any]) -> set[str] | None:
    """Which of these keys a view has; None where it cannot be asked."""
    if not isinstance(connection, SqlConnection):
        return None
    given = mapping.views[view]
    key: sa.ColumnClause[Any] = sa.column(given.fields[KEY].column or "")
    *schema, relation = given.relation.split(".")
    query = sa.select(key).select_from(sa.table(relation, key, schema=".".join(schema) or None)).where(key.in_(keys))
    try:
        with connection.session() as session:
            return {str(row[0]) for row in session.execute(query)}
    except SQLAlchemyError:  # the two columns have different types, say
        return None


def _now(session: sa.Connection) -> datetime:
    found: datetime = session.execute(sa.select(sa.func.current_timestamp())).scalar_one()
    return found


def _skew(said: datetime) -> timedelta:
    now = datetime.now(UTC)
    if said.tzinfo is not None:
        return said - now
    difference = said.replace(tzinfo=UTC) - now
    return (difference + QUARTER / 2) % QUARTER - QUARTER / 2


def _clock(skew: timedelta) -> Iterator[Finding]:
    if abs(skew) > LARGEST_SKEW:
        way = "adiantado" if skew > timedelta() else "atrasado"
        said = f"relógio do servidor {way} em {abs(skew).total_seconds():.0f} s"
        yield Finding("clock", Verdict.WRONG, said, "Acerte-o por NTP: a marca d'água segue o relógio.")
