"""Which addresses a rule may reach: 1 to 3 those of the state's VPN, 4 and 5 those of the public internet."""

import re
from collections.abc import Iterable
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from django.conf import settings

from ingestion.models import Rule

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

BY_VPN = frozenset({Rule.SQL_VPN, Rule.GATEWAY, Rule.API_VPN})
LOOPBACK = tuple(ip_network(text) for text in ("127.0.0.0/8", "::1/128"))
# RFC 1918, RFC 6598 and RFC 4193: no VPN has other addresses of its own.
PRIVATE = tuple(
    ip_network(text) for text in ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "fc00::/7")
)
# Public by number, but inside the clouds that have them (metadata and agents of the virtual machines).
CLOUDS = tuple(ip_network(text) for text in ("168.63.129.16/32", "192.0.0.0/24"))
# RFC 6052: an IPv4 address in the last 32 bits.
NAT64 = ip_network("64:ff9b::/96")


def parse(text: str) -> tuple[Network, ...]:
    """The networks of a source's `vpn_range`. Raises ValueError with a sentence in pt-BR."""
    found = tuple(map(_network, filter(None, re.split(r"[\s,;]+", text))))
    allowed = PRIVATE + (LOOPBACK if settings.LOOPBACK_SOURCES else ())
    for network in found:
        if not any(_holds(wide, network) for wide in allowed):
            raise ValueError(
                f"{network} não é faixa de VPN: use redes privadas (10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16,"
                " 100.64.0.0/10 ou fc00::/7), ou parte delas."
            )
    return found


def permits(rule: int, networks: Iterable[Network], address: Address) -> bool:
    """May a source of that rule and VPN range reach the address? This machine only where a state is played on it."""
    inner = _inner(address)
    if inner.is_loopback:
        return bool(settings.LOOPBACK_SOURCES)
    if rule in BY_VPN:
        return any(inner in network for network in networks)
    return inner.is_global and not inner.is_multicast and not any(inner in network for network in CLOUDS)


def literal(host: str) -> Address | None:
    """The address that a host is, when it is no name."""
    try:
        return ip_address(host)
    except ValueError:
        return None


def _network(text: str) -> Network:
    try:
        return ip_network(text)
    except ValueError:
        pass
    try:
        meant = ip_network(text, strict=False)
    except ValueError:
        raise ValueError(f"“{text}” não é uma rede; escreva como 10.20.0.0/16.") from None
    raise ValueError(f"“{text}” é um endereço dentro da rede {meant}; escreva a rede.")


def _holds(wide: Network, network: Network) -> bool:
    return wide.version == network.version and wide.supernet_of(network)  # type: ignore[arg-type]


def _inner(address: Address) -> Address:
    """The IPv4 address that an IPv6 one carries, which is where it leads."""
    if isinstance(address, IPv4Address):
        return address
    if address in NAT64:
        return IPv4Address(int(address) & 0xFFFF_FFFF)
    return address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else address)
