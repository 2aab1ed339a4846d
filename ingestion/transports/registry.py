"""Which transport serves which rule."""

from ingestion.models import Rule
from ingestion.problems import SourceProblem
from ingestion.transports import gateway, rest, sql
from ingestion.transports.base import Transport

TRANSPORTS: dict[int, Transport] = {
    Rule.SQL_VPN: sql.connect,
    Rule.GATEWAY: gateway.connect,
    Rule.API_VPN: rest.connect,
    Rule.API_INTERNET: rest.connect,
    Rule.SQL_INTERNET: sql.connect,
}


def transport_for(rule: int) -> Transport:
    """The transport of a rule. Raises SourceProblem for a rule this version does not serve."""
    found = TRANSPORTS.get(rule)
    if found is None:
        raise SourceProblem(f"A regra {rule} ainda não é atendida por esta versão.", passing=False)
    return found
