"""Whom a source believes: the pinned authority, the server's name, and the certificate we show. All PEM."""

import os
import socket
import ssl
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import serialization

from ingestion.problems import SourceProblem

LONGEST_PEM = 65_536
INVALID = "A autoridade, o certificado ou a chave guardados na fonte não são PEM válidos ou não formam par."
OLD_AUTHORITY = "A autoridade (CA) guardada na fonte venceu em {day}; peça a nova ao estado."
OLD_CLIENT = "O certificado de cliente guardado na fonte venceu em {day}; emita outro e envie-o ao estado."


@dataclass(frozen=True)
class Trust:
    """What a TLS connection stands on. `server_name` is what the certificate must say, whatever address is dialled."""

    authority: str = ""
    certificate: str = field(default="", repr=False)
    key: str = field(default="", repr=False)
    server_name: str = ""

    def context(self) -> ssl.SSLContext:
        """Verified TLS ≥ 1.2: by the pinned authority alone where there is one. Raises SourceProblem."""
        self.check()
        made = Named(self.server_name)
        try:
            made.load_verify_locations(cadata=self.authority) if self.authority else made.load_default_certs()
            if self.certificate:
                with self.files() as folder:
                    made.load_cert_chain(folder / "client.crt", folder / "client.key")
        except (ssl.SSLError, ValueError) as error:
            raise SourceProblem(INVALID, passing=False) from error
        return made

    def check(self) -> None:
        """Raises SourceProblem when what we hold is not readable or has ended: no server needs to be asked."""
        try:
            authorities = read(self.authority) if self.authority else []
            clients = read(self.certificate) if self.certificate else []
        except ValueError as error:
            raise SourceProblem(INVALID, passing=False) from error
        for sentence, certificates in ((OLD_AUTHORITY, authorities), (OLD_CLIENT, clients[:1])):
            ended = first_to_end(certificates)
            if ended and ended.not_valid_after_utc < datetime.now(UTC):
                raise SourceProblem(sentence.format(day=f"{ended.not_valid_after_utc:%d/%m/%Y}"), passing=False)

    @contextmanager
    def files(self) -> Iterator[Path]:
        """A folder that no disk keeps, where the system has one: libraries in C read PEM from files only."""
        with tempfile.TemporaryDirectory(dir="/dev/shm" if os.path.isdir("/dev/shm") else None) as made:  # noqa: S108
            folder = Path(made)
            for name, text in (("ca.crt", self.authority), ("client.crt", self.certificate), ("client.key", self.key)):
                file = folder / name
                file.touch(mode=0o600)
                file.write_text(f"{text.strip()}\n")
            yield folder


class Named(ssl.SSLContext):
    """A context that holds every server to one name, where one is given, and lets no driver loosen the check."""

    server_name: str

    def __new__(cls, server_name: str) -> "Named":
        made = super().__new__(cls, ssl.PROTOCOL_TLS_CLIENT)
        made.server_name = server_name
        made.minimum_version = ssl.TLSVersion.TLSv1_2
        return made

    @property
    def check_hostname(self) -> bool:
        return True

    @check_hostname.setter
    def check_hostname(self, value: bool) -> None:
        """Drivers that compare names themselves switch this off, and would compare the address they dialled."""

    def wrap_socket(
        self,
        sock: socket.socket,
        server_side: bool = False,
        do_handshake_on_connect: bool = True,
        suppress_ragged_eofs: bool = True,
        server_hostname: str | bytes | None = None,
        session: ssl.SSLSession | None = None,
    ) -> ssl.SSLSocket:
        name = self.server_name or server_hostname
        return super().wrap_socket(sock, server_side, do_handshake_on_connect, suppress_ragged_eofs, name, session)

    def wrap_bio(
        self,
        incoming: ssl.MemoryBIO,
        outgoing: ssl.MemoryBIO,
        server_side: bool = False,
        server_hostname: str | bytes | None = None,
        session: ssl.SSLSession | None = None,
    ) -> ssl.SSLObject:
        return super().wrap_bio(incoming, outgoing, server_side, self.server_name or server_hostname, session)


def read(pem: str) -> list[x509.Certificate]:
    """The certificates of a PEM text. Raises ValueError."""
    return x509.load_pem_x509_certificates(pem.strip().encode())


def first_to_end(certificates: list[x509.Certificate]) -> x509.Certificate | None:
    """The one that ends first."""
    return min(certificates, key=lambda each: each.not_valid_after_utc, default=None)


def authority_fault(pem: str) -> str | None:
    """What is wrong with an authority that somebody enters, as a sentence in pt-BR."""
    if len(pem) > LONGEST_PEM:
        return "A autoridade passa de 64 KiB; envie só o certificado dela, em PEM."
    if "PRIVATE KEY" in pem:
        return "Há uma chave privada no texto; envie só o certificado da autoridade, e troque essa chave."
    try:
        certificates = read(pem)
    except ValueError:
        return "Não é um certificado em PEM (-----BEGIN CERTIFICATE-----); cole o texto inteiro."
    if not all(map(_is_authority, certificates)):
        return "O certificado não é de autoridade (CA:TRUE); envie o de quem assinou o do servidor."
    try:
        Trust(authority=pem).check()
    except SourceProblem as problem:
        return problem.cause
    return None


def pair_fault(certificate: str, key: str) -> str | None:
    """What is wrong with a client's certificate and key, as a sentence in pt-BR."""
    try:
        private = serialization.load_pem_private_key(key.strip().encode(), None)
        if read(certificate)[0].public_key() != private.public_key():
            return "O certificado de cliente não é desta chave."
        Trust(certificate=certificate, key=key).check()
    except (ValueError, TypeError):
        return "O certificado de cliente ou a chave não são PEM válidos; a chave não pode ter senha."
    except SourceProblem as problem:
        return problem.cause
    return None


def _is_authority(certificate: x509.Certificate) -> bool:
    try:
        return certificate.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    except (x509.ExtensionNotFound, ValueError):
        return False
