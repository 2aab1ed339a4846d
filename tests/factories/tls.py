"""A TLS server's side, for tests."""

import ssl
from pathlib import Path
from tempfile import TemporaryDirectory


def server_context(pair: tuple[str, str]) -> ssl.SSLContext:
    """A server that shows this certificate, with its key."""
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    with TemporaryDirectory() as folder:
        file = Path(folder) / "server.pem"
        file.write_text("".join(pair))
        made.load_cert_chain(file)
    return made
