"""Certificates of an authority that exists for one test."""

import ipaddress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

PEM = serialization.Encoding.PEM


def _name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


class Authority:
    """Signs certificates for 127.0.0.1."""

    def __init__(self, name: str = "CA de teste") -> None:
        self._name, self._key = _name(name), ec.generate_private_key(ec.SECP256R1())
        self.pem = self._sign(self._name, self._key.public_key(), days=1, authority=True)

    def issue(self, *, days: int = 1) -> tuple[str, str]:
        """Certificate and key, PEM; expired where `days` is negative."""
        key = ec.generate_private_key(ec.SECP256R1())
        plain = serialization.NoEncryption()
        written = key.private_bytes(PEM, serialization.PrivateFormat.PKCS8, plain).decode()
        return self._sign(_name("127.0.0.1"), key.public_key(), days=days, authority=False), written

    def write(self, folder: Path, *, days: int = 1) -> dict[str, Path]:
        """Files of a server: certificate, key and this authority as the callers'."""
        certificate, key = self.issue(days=days)
        files = {"certificate": folder / "a.crt", "key": folder / "a.key", "client_ca": folder / "ca.crt"}
        for file, text in zip(files.values(), (certificate, key, self.pem), strict=True):
            file.write_text(text)
        return files

    def _sign(self, subject: x509.Name, key: ec.EllipticCurvePublicKey, *, days: int, authority: bool) -> str:
        now = datetime.now(UTC)
        builder = (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(self._name)
            .public_key(key)
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - timedelta(days=30))
            .not_valid_after(now + timedelta(days=days))
            .add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
            .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(self._key.public_key()), critical=False)
            .add_extension(
                x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False
            )
        )
        if authority:
            usage = x509.KeyUsage(False, False, False, False, False, True, True, False, False)
            builder = builder.add_extension(usage, critical=True)
        return builder.sign(self._key, hashes.SHA256()).public_bytes(PEM).decode()
