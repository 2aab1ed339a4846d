"""`contract …`: what a state is given to connect, and the check of what it made of it."""

import sys
from argparse import ArgumentParser
from collections.abc import Iterable
from ipaddress import IPv4Address, IPv4Network
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from ingestion.kit import dictionary, mapping, scripts, vpn
from ingestion.kit.databases import DATABASES
from ingestion.kit.writing import AlreadyThere, write
from ingestion.management import contract_check
from ingestion.mapping.reading import MappingError


class Command(BaseCommand):
    """One subcommand for each thing a state asks for. Only `check CODE` touches a database of ours."""

    help = "Kit do estado: modelos de visões, usuário só de leitura, dicionário, mapeamento, VPN e verificador."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        commands = parser.add_subparsers(dest="subcommand", required=True, metavar="subcomando")
        _templates(commands.add_parser("templates", help="visões, índices e usuário só de leitura, em SQL"))
        _dictionary(commands.add_parser("dictionary", help="dicionário de dados (Anexo II)"))
        _mapping(commands.add_parser("mapping", help="mapeamento para visões feitas pelos modelos"))
        _vpn(commands.add_parser("vpn", help="túnel WireGuard, arquivos para os dois lados"))
        contract_check.add_check(commands.add_parser("check", help="verificar uma fonte contra o contrato"))
        contract_check.add_key(commands.add_parser("key", help="chave que assina relatórios"))
        contract_check.add_verify(commands.add_parser("verify", help="conferir a assinatura de um relatório"))

    def handle(self, *args: Any, **options: Any) -> None:
        getattr(self, f"_{options['subcommand']}")(options)

    def _templates(self, options: dict[str, Any]) -> None:
        names = ("dialect", "schema", "tables", "database", "user", "address", "connections")
        try:
            chosen = scripts.Choices(**{name: options[name] for name in names})
        except ValueError as error:
            raise CommandError(str(error)) from None
        self._write(options["out"], scripts.files(chosen))

    def _dictionary(self, options: dict[str, Any]) -> None:
        text = dictionary.FORMATS[options["format"]](dictionary.entries())
        self._deliver(options["out"], f"dicionario.{options['format']}", text)

    def _mapping(self, options: dict[str, Any]) -> None:
        try:
            text = mapping.skeleton(options["code"], options["timezone"], options["dialect"], options["schema"])
        except MappingError as error:
            raise CommandError(str(error)) from None
        self._deliver(options["out"], "mapping.yaml", text)

    def _vpn(self, options: dict[str, Any]) -> None:
        names = ("code", "state_endpoint", "senappen_endpoint", "service_port", "network", "service_address", "mtu")
        keys = {name: options[name] for name in ("senappen_public_key", "state_public_key") if options[name]}
        try:
            tunnel = vpn.Tunnel(**{name: options[name] for name in names}, **keys)
        except ValueError as error:
            raise CommandError(str(error)) from None
        self._write(options["out"], tunnel.files())

    def _check(self, options: dict[str, Any]) -> None:
        if not contract_check.run_check(options, self.stdout.write):
            sys.exit(1)

    def _key(self, options: dict[str, Any]) -> None:
        contract_check.make_key(options, self.stdout.write)

    def _verify(self, options: dict[str, Any]) -> None:
        if not contract_check.run_verify(options, self.stdout.write):
            sys.exit(1)

    def _deliver(self, folder: Path | None, name: str, text: str) -> None:
        """Into the folder, or to the terminal without one."""
        if folder is None:
            self.stdout.write(text, ending="")
        else:
            self._write(folder, [(name, text)])

    def _write(self, folder: Path, files: Iterable[tuple[str, str]]) -> None:
        try:
            written = write(folder, files)
        except AlreadyThere as error:
            raise CommandError(f"{error} já existe; escolha outra pasta, para não perder o que foi editado.") from None
        self.stdout.write(f"{len(written)} arquivo(s) em {folder}.")


def _templates(parser: ArgumentParser) -> None:
    parser.add_argument("--dialect", required=True, choices=DATABASES, help="banco de dados do estado")
    parser.add_argument("--out", required=True, type=Path, help="pasta nova")
    parser.add_argument("--schema", default="senappen", help="esquema só das visões")
    parser.add_argument("--tables", default="sispen", help="esquema das tabelas do estado")
    parser.add_argument("--database", default="sispen", help="base (PostgreSQL e SQL Server)")
    parser.add_argument("--user", default="leitor_senappen", help="usuário só de leitura")
    parser.add_argument("--address", default="10.213.0.1", help="de onde o usuário pode vir")
    parser.add_argument("--connections", type=int, default=4, help="conexões ao mesmo tempo")


def _dictionary(parser: ArgumentParser) -> None:
    parser.add_argument("--format", choices=dictionary.FORMATS, default="md")
    parser.add_argument("--out", type=Path, help="pasta; sem ela, sai no terminal")


def _mapping(parser: ArgumentParser) -> None:
    parser.add_argument("--code", required=True, help="código da origem, como AL")
    parser.add_argument("--timezone", required=True, help="fuso das datas sem fuso, como America/Maceio")
    parser.add_argument("--dialect", choices=DATABASES, default="postgresql")
    parser.add_argument("--schema", default="senappen", help="esquema das visões")
    parser.add_argument("--out", type=Path, help="pasta; sem ela, sai no terminal")


def _vpn(parser: ArgumentParser) -> None:
    parser.add_argument("--code", required=True, help="código da origem, como AL")
    parser.add_argument("--state-endpoint", required=True, help="servidor:porta do estado na internet")
    parser.add_argument("--senappen-endpoint", default="vpn.senappen.gov.br:51820", help="servidor:porta da SENAPPEN")
    parser.add_argument("--service-port", required=True, type=int, help="porta do banco ou do gateway")
    parser.add_argument("--service-address", type=_address, help="do banco ou gateway, se em outra máquina do estado")
    parser.add_argument("--network", type=_network, default="10.213.0.0/30", help="rede do túnel, uma por estado")
    parser.add_argument("--mtu", type=int, default=vpn.MTU)
    parser.add_argument("--senappen-public-key")
    parser.add_argument("--state-public-key")
    parser.add_argument("--out", required=True, type=Path, help="pasta nova")


def _address(text: str) -> IPv4Address:
    return IPv4Address(text)


def _network(text: str) -> IPv4Network:
    return IPv4Network(text)
