"""`check`: what is wrong with the installation, one sentence each, for the technician who can put it right."""

import os
import ssl
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import sqlalchemy as sa
from cryptography import x509

from gateway import dialects
from gateway.config import Config, Tls, View
from gateway.database import Database
from gateway.problems import DatabaseProblem

SOON_DAYS = 30


def problems_of(config: Config) -> list[str]:
    """Sentences in pt-BR, empty when all is well."""
    return [*_of_tls(config.tls), *_of_photos(config.photos), *_of_database(config)]


def _of_tls(tls: Tls | None) -> Iterator[str]:
    if tls is None:
        return
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    try:
        context.load_cert_chain(tls.certificate, tls.key)
        if tls.client_ca:
            context.load_verify_locations(tls.client_ca)
        certificate = x509.load_pem_x509_certificate(tls.certificate.read_bytes())
    except (OSError, ValueError):  # ssl.SSLError is an OSError
        yield "TLS: certificado, chave ou CA não existem, não podem ser lidos ou não combinam entre si."
        return
    if tls.client_ca is None:
        yield "TLS: falta client_ca; sem ela qualquer máquina com o token entra. Use a CA que a SENAPPEN enviou."
    days = (certificate.not_valid_after_utc - datetime.now(UTC)).days
    if days < SOON_DAYS:
        yield f"TLS: o certificado vence em {days} dias; renove-o." if days >= 0 else "TLS: o certificado está vencido."


def _of_photos(folder: Path | None) -> Iterator[str]:
    if folder is None:
        return
    if not folder.is_dir():
        yield f"Fotos: a pasta {folder} não existe."
    elif not os.access(folder, os.R_OK | os.X_OK):
        yield f"Fotos: este usuário não pode ler a pasta {folder}."


def _of_database(config: Config) -> Iterator[str]:
    if lacking := dialects.missing(dialects.of(config.database)):
        yield f"Banco: {lacking}"
        return
    database = Database(config)
    try:
        with database.connect():
            pass
        for view in config.views.values():
            yield from _of_view(database, view)
    except DatabaseProblem as error:
        yield f"Banco: {error.detail}"


def _of_view(database: Database, view: View) -> Iterator[str]:
    *schema, relation = view.relation
    columns: list[sa.ColumnClause[object]] = [sa.column(name) for name in view.columns]
    table = sa.table(relation, *columns, schema=schema[0] if schema else None)
    first = sa.select(*columns).order_by(sa.column(view.updated), sa.column(view.key)).limit(1)
    try:
        with database.connect() as connection:
            connection.execute(first.select_from(table)).all()
            if database.dialect.may_write(connection, table.schema, relation):
                yield f"{view.name}: o usuário do gateway pode escrever nela; deixe apenas SELECT."
    except DatabaseProblem as error:
        yield f"{view.name}: {error.detail}"
