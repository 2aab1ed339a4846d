"""What a source must have before its rule is used: the same sentences where it is entered and where it is opened."""

from ipaddress import ip_address

from django.conf import settings

from ingestion.dialects import DIALECTS
from ingestion.models import Rule, Source, SourceDialect
from ingestion.network import ranges, trust
from ingestion.problems import SourceProblem

BY_SQL = frozenset({Rule.SQL_VPN, Rule.SQL_INTERNET})
NO_RANGE = "Informe a faixa de endereços da VPN do estado, como 10.20.0.0/16: nas regras 1, 2 e 3 só ela é alcançada."
OUTSIDE = "O servidor está fora da faixa da VPN da fonte."
INSIDE = "Pela internet (regras 4 e 5) só se lê de endereço público."
NO_AUTHORITY = "Na regra 5, guarde o certificado da autoridade (CA) do estado: sem ele não se sabe quem responde."
NO_DIALECT = "Informe o banco de dados do estado."
UNVERIFIED = {
    SourceDialect.FIREBIRD: "O Firebird cifra a conexão sem verificar quem responde; use a regra 1, 3 ou 4, não a 5.",
    SourceDialect.SQLSERVER: (
        "O driver de SQL Server desta versão não verifica o certificado do servidor; use a regra 1, 3 ou 4, não a 5."
    ),
}


def faults(source: Source) -> dict[str, str]:
    """What its rule lacks, by the field to correct, as sentences in pt-BR. Asks nobody."""
    found = {
        "vpn_range": _range_fault(source),
        "dialect": _dialect_fault(source),
        "authority": _authority_fault(source),
    }
    if not found["vpn_range"]:
        found["host"] = _host_fault(source)
    return {field: sentence for field, sentence in found.items() if sentence}


def check(source: Source) -> None:
    """Raises SourceProblem, with every fault, for a source that may not be opened."""
    if found := faults(source):
        raise SourceProblem(" ".join(found.values()), passing=False)


def _range_fault(source: Source) -> str | None:
    try:
        networks = ranges.parse(source.vpn_range)
    except ValueError as error:
        return str(error)
    # A state played on this machine crosses no network.
    here = settings.LOOPBACK_SOURCES and _is_here(source.host)
    return NO_RANGE if source.rule in ranges.BY_VPN and not networks and not here else None


def _host_fault(source: Source) -> str | None:
    address = ranges.literal(source.host)
    if address is None or ranges.permits(source.rule, ranges.parse(source.vpn_range), address):
        return None
    return OUTSIDE if source.rule in ranges.BY_VPN else INSIDE


def _dialect_fault(source: Source) -> str | None:
    if source.rule not in BY_SQL:
        return None
    dialect = DIALECTS.get(source.dialect)
    if dialect is None:
        return NO_DIALECT
    refused = source.rule == Rule.SQL_INTERNET and dialect.encryption is None
    return UNVERIFIED[SourceDialect(source.dialect)] if refused else None


def _authority_fault(source: Source) -> str | None:
    if source.authority:
        return trust.authority_fault(source.authority)
    return NO_AUTHORITY if source.rule == Rule.SQL_INTERNET else None


def _is_here(host: str) -> bool:
    return host == "localhost" or (ranges.literal(host) or ip_address("0.0.0.0")).is_loopback  # noqa: S104 no binding
