"""A provider that plays gov.br: authorize, token, jwk and logout, on a socket. It can be told to behave badly."""

import base64
import hashlib
import json
import secrets
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm

CLIENT, SECRET = "senappen-teste", "segredo-inventado"
KID = "rsa1"


def _key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


# Making one takes a while.
OURS, STRANGERS = _key(), _key()


@dataclass
class Person:
    """Who is logged in at gov.br."""

    cpf: str
    level: str | None = "gold"


@dataclass
class Conduct:
    """How the provider behaves. `claims` replaces what the token says (None: leaves it out); `header`, its header."""

    claims: dict[str, Any] = field(default_factory=dict)
    header: dict[str, Any] = field(default_factory=dict)
    sign: Callable[[dict[str, Any], dict[str, Any]], str] | None = None
    deny: bool = False
    token: Callable[["Handler"], None] | None = None
    keys: Callable[["Handler"], None] | None = None


class Provider(ThreadingHTTPServer):
    """`asked` is every address asked for, `forms` what came to `/token`."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.person = Person(cpf="")
        self.conduct = Conduct()
        self.codes: dict[str, dict[str, str]] = {}
        self.asked: list[str] = []
        self.forms: list[dict[str, str]] = []
        self.tokens: list[str] = []

    @property
    def issuer(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/"

    def settings(self) -> dict[str, Any]:
        """Of Django, to trust this provider."""
        at = self.issuer.rstrip("/")
        return {
            "OIDC_RP_CLIENT_ID": CLIENT, "OIDC_RP_CLIENT_SECRET": SECRET, "GOVBR_ISSUER": self.issuer,
            "OIDC_OP_AUTHORIZATION_ENDPOINT": f"{at}/authorize", "OIDC_OP_TOKEN_ENDPOINT": f"{at}/token",
            "OIDC_OP_JWKS_ENDPOINT": f"{at}/jwk", "GOVBR_LOGOUT_ENDPOINT": f"{at}/logout", "OIDC_TIMEOUT": 1,
        }  # fmt: skip

    def id_token(self, asked: dict[str, str]) -> str:
        now = int(time.time())
        claims = {
            "iss": self.issuer, "aud": CLIENT, "iat": now, "exp": now + 300, "sub": self.person.cpf,
            "preferred_username": self.person.cpf, "nonce": asked["nonce"], "amr": ["passwd"],
            "reliability_info": {"level": self.person.level, "reliabilities": []},
        }  # fmt: skip
        claims = {name: value for name, value in {**claims, **self.conduct.claims}.items() if value is not None}
        header = {"kid": KID, **self.conduct.header}
        sign = self.conduct.sign or (lambda claims, header: jwt.encode(claims, OURS, "RS256", header))
        return sign(claims, header)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Callers that gave up are expected here."""


class Handler(BaseHTTPRequestHandler):
    server: Provider

    def do_GET(self) -> None:
        self.server.asked.append(self.path)
        parts = urlsplit(self.path)
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        if parts.path == "/authorize":
            self._authorize(query)
        elif parts.path == "/jwk" and self.server.conduct.keys:
            self.server.conduct.keys(self)
        elif parts.path == "/jwk":
            public = json.loads(RSAAlgorithm.to_jwk(OURS.public_key()))
            self.give({"keys": [{**public, "kid": KID, "alg": "RS256", "use": "sig"}]})
        elif parts.path == "/logout":
            self.lead(query["post_logout_redirect_uri"])
        else:
            self.give({"error": "not_found"}, 404)

    def do_POST(self) -> None:
        self.server.asked.append(self.path)
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        form = {name: values[0] for name, values in parse_qs(body).items()}
        self.server.forms.append(form)
        if self.server.conduct.token:
            return self.server.conduct.token(self)
        asked = self.server.codes.pop(form["code"], None)
        basic = base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        proven = base64.urlsafe_b64encode(hashlib.sha256(form.get("code_verifier", "").encode()).digest())
        if self.headers.get("Authorization") != f"Basic {basic}":
            return self.give({"error": "invalid_client"}, 401)
        if asked is None or proven.rstrip(b"=").decode() != asked["code_challenge"]:
            return self.give({"error": "invalid_grant"}, 400)
        if form["redirect_uri"] != asked["redirect_uri"]:
            return self.give({"error": "invalid_grant"}, 400)
        token = self.server.id_token(asked)
        self.server.tokens.append(token)
        self.give({"access_token": secrets.token_hex(8), "token_type": "Bearer", "id_token": token})
        return None

    def _authorize(self, query: dict[str, str]) -> None:
        if self.server.conduct.deny:
            back = {"error": "access_denied"}
        else:
            assert query["response_type"] == "code"
            assert query["code_challenge_method"] == "S256"
            code = secrets.token_hex(16)
            self.server.codes[code] = query
            back = {"code": code}
        self.lead(f"{query['redirect_uri']}?{urlencode({**back, 'state': query['state']})}")

    def lead(self, address: str) -> None:
        self.send_response(302)
        self.send_header("Location", address)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def give(self, content: object, status: int = 200) -> None:
        body = content if isinstance(content, bytes) else json.dumps(content).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *arguments: Any) -> None:
        """Quiet."""


@contextmanager
def provider() -> Iterator[Provider]:
    """One that serves until the block ends."""
    server = Provider()
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *arguments: Any) -> None:
        """Where it leads is for the test to follow."""


def visit(address: str) -> str:
    """What a browser does at the provider: it goes there, and is led back to the address returned."""
    try:
        urllib.request.build_opener(_Stay).open(address, timeout=5)
    except urllib.error.HTTPError as answer:
        with answer:
            return str(answer.headers["Location"])
    raise AssertionError("the provider led nowhere")
