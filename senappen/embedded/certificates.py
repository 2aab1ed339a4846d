"""Certificates of an authority of this machine's own: for tests, and for the states of the demonstration."""

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


def _alternative(host: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(host))
    except ValueError:
        return x509.DNSName(host)


class Authority:
    """Signs certificates, for 127.0.0.1 unless told otherwise."""

    def __init__(self, name: str = "CA de teste", days: int = 1) -> None:
        self._name, self._key = _name(name), ec.generate_private_key(ec.SECP256R1())
        self.pem = self._sign(self._name, self._key.public_key(), days=days, authority=True)

    @classmethod
    def kept(cls, folder: Path, *, name: str, days: int) -> "Authority":
        """The authority of a folder, made when there is none yet."""
        certificate, key = folder / "ca.crt", folder / "ca.key"
        made = cls(name, days)
        if certificate.exists():
            loaded = serialization.load_pem_private_key(key.read_bytes(), None)
            if not isinstance(loaded, ec.EllipticCurvePrivateKey):
                raise TypeError("not a key of this kind of authority")
            made._key, made.pem = loaded, certificate.read_text()
            return made
        folder.mkdir(parents=True, exist_ok=True)
        key.touch(mode=0o600)
        key.write_text(made.key)
        certificate.write_text(made.pem)
        return made

    @property
    def key(self) -> str:
        """Its private key, PEM."""
        plain = serialization.NoEncryption()
        return self._key.private_bytes(PEM, serialization.PrivateFormat.PKCS8, plain).decode()

    def issue(self, *, days: int = 1, host: str = "127.0.0.1") -> tuple[str, str]:
        """Certificate and key, PEM; expired where `days` is negative."""
        key = ec.generate_private_key(ec.SECP256R1())
        plain = serialization.NoEncryption()
        written = key.private_bytes(PEM, serialization.PrivateFormat.PKCS8, plain).decode()
        return self._sign(_name(host), key.public_key(), days=days, authority=False, host=host), written

    def write(self, folder: Path, *, days: int = 1) -> dict[str, Path]:
        """Files of a server: certificate, key and this authority as the callers'."""
        certificate, key = self.issue(days=days)
        files = {"certificate": folder / "a.crt", "key": folder / "a.key", "client_ca": folder / "ca.crt"}
        for file, text in zip(files.values(), (certificate, key, self.pem), strict=True):
            file.write_text(text)
        return files

    def _sign(
        self, subject: x509.Name, key: ec.EllipticCurvePublicKey, *, days: int, authority: bool, host: str = "127.0.0.1"
    ) -> str:
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
            .add_extension(x509.SubjectAlternativeName([_alternative(host)]), critical=False)
        )
        if authority:
            usage = x509.KeyUsage(False, False, False, False, False, True, True, False, False)
            builder = builder.add_extension(usage, critical=True)
        return builder.sign(self._key, hashes.SHA256()).public_bytes(PEM).decode()
