"""A TLS handshake of our own before the driver's: it tells exactly what is wrong with a server, and its certificate.

Drivers verify as strictly but say little. Nothing of ours is sent but the protocol's request for TLS.
"""

import socket
import ssl
from collections.abc import Callable
from contextlib import suppress

from cryptography import x509

from ingestion.dialects import causes
from ingestion.network.trust import Trust
from ingestion.problems import SourceProblem

TIMEOUT_S = 15
# X509_V_ERR_* of OpenSSL → cause.
VERIFICATION = {
    9: "tls_not_yet", 10: "tls_expired", 18: "tls_self_signed", 62: "tls_wrong_name", 64: "tls_wrong_name",
}  # fmt: skip


def handshake(
    address: tuple[str, int], trust: Trust, ask: Callable[[socket.socket], None], patience: float = 0
) -> x509.Certificate:
    """The server's certificate, verified. Raises SourceProblem, and whatever `ask` does.

    With TLS 1.3 a server refuses our certificate after the handshake: `patience` waits for that, in seconds.
    """
    context = trust.context()
    try:
        with socket.create_connection(address, TIMEOUT_S) as wire:
            ask(wire)
            with context.wrap_socket(wire, server_hostname=trust.server_name) as tls:
                shown = tls.getpeercert(binary_form=True)
                if patience:
                    tls.settimeout(patience)
                    with suppress(TimeoutError):
                        tls.recv(1)
    except OSError as error:
        raise _problem(error) from error
    if not shown:
        raise causes.problem("tls_untrusted")
    return x509.load_der_x509_certificate(shown)


def _problem(error: OSError) -> SourceProblem:
    if isinstance(error, ssl.SSLCertVerificationError):
        return causes.problem(VERIFICATION.get(error.verify_code, "tls_untrusted"))
    if isinstance(error, ssl.SSLEOFError) or not isinstance(error, ssl.SSLError):
        return causes.problem("unreachable")
    reason = error.reason or ""
    if "PROTOCOL" in reason or "HANDSHAKE_FAILURE" in reason:
        return causes.problem("tls_old")
    return causes.problem("tls_client" if "ALERT" in reason else "tls_unknown")
