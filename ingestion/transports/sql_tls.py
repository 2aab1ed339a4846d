"""Rule 5: a database over the internet is spoken to by verified TLS with the state's own authority, or not at all."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from cryptography import x509
from sqlalchemy.exc import DBAPIError

from ingestion.dialects import Dialect, causes, probe
from ingestion.dialects.encryption import Encryption, ServerError
from ingestion.models import CertificateKind, Source
from ingestion.network.trust import Trust
from ingestion.problems import SourceProblem
from ingestion.services import certificates

# How long a server that speaks TLS 1.3 may take to refuse our certificate, when a connection failed.
PATIENCE_S = 2.0


@dataclass(frozen=True)
class Secured:
    """A server that has shown who it is. `connect_args` hold the driver to the same proof at every connection."""

    dialect: Dialect
    encryption: Encryption
    address: tuple[str, int]
    trust: Trust
    connect_args: dict[str, Any]

    def probe(self, patience: float = 0) -> x509.Certificate:
        """The server's certificate. Raises SourceProblem."""
        try:
            return probe.handshake(self.address, self.trust, self.encryption.ask, patience)
        except ServerError as error:
            raise self.dialect.problem(error) from error

    def confirm(self, connection: sa.Connection) -> None:
        """For each connection opened: raises SourceProblem unless the session itself says that it is encrypted."""
        if not self.encryption.confirmed(connection):
            connection.close()
            raise causes.problem("tls_absent")
        # The question began a transaction, which its reader must open in its own way.
        connection.rollback()

    def explain(self, error: DBAPIError) -> SourceProblem:
        """The problem of a driver's error; one that drivers tell nothing of may be the certificates'."""
        found = self.dialect.problem(error)
        if not found.passing:
            return found
        try:
            self.probe(PATIENCE_S)
        except SourceProblem as exact:
            return exact
        return found


@contextmanager
def secured(source: Source, dialect: Dialect, address: str) -> Iterator[Secured]:
    """Prove who answers at an address of the source before a credential is sent there. Raises SourceProblem."""
    secrets = source.credentials.secrets
    trust = Trust(
        source.authority, secrets.get("certificate", ""), secrets.get("key", ""), source.server_name or source.host
    )
    trust.check()
    if dialect.encryption is None or not trust.authority:
        raise causes.problem("tls_absent")
    with trust.files() as files:
        arguments = dialect.encryption.connect_args(source, address, trust, files)
        made = Secured(dialect, dialect.encryption, (address, source.port), trust, arguments)
        certificates.note_held(source, trust)
        certificates.note(source, CertificateKind.SERVER, made.probe(), trust.server_name)
        yield made
