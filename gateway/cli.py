"""The command `senappen-gateway`."""

import argparse
import gc
import hashlib
import logging
import secrets
import ssl
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import uvicorn

from gateway import VERSION, checking
from gateway.app import build
from gateway.config import Config, ConfigError, load

DEFAULT = Path("/etc/senappen-gateway/gateway.toml")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one subcommand; the process's exit status."""
    given = _parser().parse_args(arguments)
    if given.command == "token":
        return _token()
    try:
        config = load(given.config)
    except ConfigError as error:
        return _tell(error.problems)
    if given.command == "check":
        problems = checking.problems_of(config)
        return _tell(problems) if problems else _well(config)
    return _serve(config)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="senappen-gateway", description="Gateway de leitura da SENAPPEN (regra 2).")
    parser.add_argument("--version", action="version", version=VERSION)
    commands = parser.add_subparsers(dest="command", required=True)
    for name, text in (("serve", "atende a SENAPPEN"), ("check", "diz o que falta na instalação")):
        command = commands.add_parser(name, help=text)
        command.add_argument("--config", type=Path, default=DEFAULT, help=f"arquivo de configuração ({DEFAULT})")
    commands.add_parser("token", help="cria um token e mostra o resumo que vai na configuração")
    return parser


def _token() -> int:
    token = secrets.token_urlsafe(32)
    sys.stdout.write(f"token (entregue à SENAPPEN, não guarde): {token}\n")
    sys.stdout.write(f'em [tokens]: senappen = "{hashlib.sha256(token.encode()).hexdigest()}"\n')
    return 0


def _tell(problems: list[str]) -> int:
    sys.stderr.write("".join(f"- {problem}\n" for problem in problems))
    return 1


def _well(config: Config) -> int:
    sys.stdout.write(f"tudo certo: {len(config.views)} visões, banco e fotos acessíveis.\n")
    return 0


def _serve(config: Config) -> int:
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(message)s")
    application = build(config)
    # A batch is tens of thousands of small objects: the collector need not look through all the rest at each.
    gc.collect()
    gc.freeze()
    uvicorn.run(application, **options(config))
    return 0


def options(config: Config) -> dict[str, Any]:
    """How uvicorn serves this configuration."""
    given: dict[str, Any] = {
        "host": config.host, "port": config.port, "access_log": False, "log_config": None, "server_header": False,
        "proxy_headers": False, "ws": "none", "timeout_graceful_shutdown": 10,
    }  # fmt: skip
    if config.tls:
        given |= {"ssl_certfile": config.tls.certificate, "ssl_keyfile": config.tls.key}
    if config.tls and config.tls.client_ca:
        given |= {"ssl_ca_certs": str(config.tls.client_ca), "ssl_cert_reqs": ssl.CERT_REQUIRED}
    return given
