"""From a host's name to addresses that may be dialled: asked of the DNS once, checked, and dialled as they are.

A second question could be answered otherwise (DNS rebinding): whoever connects is given these addresses, not the name.
"""

import socket
from ipaddress import ip_address

from ingestion.models import Source
from ingestion.network import ranges
from ingestion.problems import SourceProblem

UNKNOWN = "O nome do servidor do estado não foi encontrado no DNS; confira o servidor na fonte."
OUTSIDE = (
    "O nome do servidor leva a um endereço fora da faixa da VPN da fonte, e nada foi enviado; confira com o estado o"
    " endereço e a faixa."
)
INSIDE = (
    "O nome do servidor leva a um endereço que não é público, e nada foi enviado; pela internet (regras 4 e 5) só se"
    " lê de endereço público."
)


def addresses(source: Source, host: str, port: int) -> tuple[str, ...]:
    """Where to dial for a host of the source, IPv4 first. Raises SourceProblem unless every address is permitted."""
    try:
        answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise SourceProblem(UNKNOWN) from error
    found = sorted({ip_address(answer[4][0]) for answer in answers}, key=lambda each: (each.version, int(each)))
    networks = ranges.parse(source.vpn_range)
    if not all(ranges.permits(source.rule, networks, each) for each in found):
        raise SourceProblem(OUTSIDE if source.rule in ranges.BY_VPN else INSIDE, passing=False)
    return tuple(map(str, found))
