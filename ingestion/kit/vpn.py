"""A WireGuard tunnel between SENAPPEN and one state, as files for both ends; no private key is ever in them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network
from pathlib import Path
from string import Template

TEMPLATES = Path(__file__).parent / "templates" / "vpn"
ENDPOINT = re.compile(r"([a-z0-9][a-z0-9.-]{0,251}[a-z0-9]):(\d{1,5})")
PUBLIC_KEY = re.compile(r"[A-Za-z0-9+/]{43}=")
# Where the keys and rules of a tunnel lie on both machines.
FOLDER = "/etc/wireguard"
PLACEHOLDERS = ("CHAVE_PUBLICA_DA_SENAPPEN", "CHAVE_PUBLICA_DO_ESTADO")
# An IPv4 packet's 1500 bytes less WireGuard's header over IPv6, the larger.
MTU = 1420
ROUTED = """
O banco ou gateway fica em outra máquina da rede do estado: ligue o encaminhamento na que fecha o túnel
(sysctl net.ipv4.ip_forward=1) e dê à outra a rota para {senappen} por ela. Prefira NAT só se a rota não for possível.
"""


@dataclass(frozen=True)
class Tunnel:
    """One tunnel. Endpoints are `host:port`; `service` is the state's database or gateway. Raises ValueError, in pt-BR.

    Without `service_address` the database or gateway runs on the machine at the state's end of the tunnel.
    """

    code: str
    state_endpoint: str
    senappen_endpoint: str
    service_port: int
    network: IPv4Network
    service_address: IPv4Address | None = None
    senappen_public_key: str = PLACEHOLDERS[0]
    state_public_key: str = PLACEHOLDERS[1]
    mtu: int = MTU
    folder: str = FOLDER

    def __post_init__(self) -> None:
        if not re.fullmatch(r"[A-Z][A-Z0-9]{1,7}", self.code):
            raise ValueError("O código da origem tem de 2 a 8 letras maiúsculas e dígitos, como AL.")
        for endpoint in (self.state_endpoint, self.senappen_endpoint):
            found = ENDPOINT.fullmatch(endpoint)
            if not found or not 1 <= int(found[2]) <= 65_535:
                raise ValueError(f"“{endpoint}” não é servidor:porta.")
        if not 1 <= self.service_port <= 65_535:
            raise ValueError("A porta do banco ou do gateway vai de 1 a 65535.")
        if self.network.prefixlen > 30:
            raise ValueError("A rede do túnel precisa de dois endereços: /30 ou maior.")
        if not 1280 <= self.mtu <= MTU:
            raise ValueError(f"O MTU vai de 1280 a {MTU}.")
        for key in (self.senappen_public_key, self.state_public_key):
            if key not in PLACEHOLDERS and not PUBLIC_KEY.fullmatch(key):
                raise ValueError("Chave pública do WireGuard tem 44 caracteres em base64.")

    @property
    def senappen_interface(self) -> str:
        return f"wg-{self.code.lower()}"

    @property
    def state_interface(self) -> str:
        return "wg-senappen"

    @property
    def senappen_address(self) -> IPv4Address:
        return self.network[1]

    @property
    def state_address(self) -> IPv4Address:
        return self.network[2]

    @property
    def service(self) -> IPv4Address:
        """Where the database or gateway answers."""
        return self.service_address or self.state_address

    def files(self) -> Iterator[tuple[str, str]]:
        """Name → text, a folder for each end."""
        for template, name in (
            ("senappen.conf", f"senappen/{self.senappen_interface}.conf"),
            ("senappen.nft", f"senappen/{self.senappen_interface}.nft"),
            ("estado.conf", f"estado/{self.state_interface}.conf"),
            ("estado.nft", f"estado/{self.state_interface}.nft"),
            ("LEIAME.txt", "LEIAME.txt"),
        ):
            text = (TEMPLATES / template).read_text(encoding="utf-8")
            yield name, Template(text).substitute(self._values())

    def _values(self) -> dict[str, object]:
        elsewhere = self.service != self.state_address
        networks = [f"{self.state_address}/32", *([f"{self.service}/32"] if elsewhere else [])]
        allowed = f"ip saddr {self.senappen_address} ip daddr {self.service} tcp dport {self.service_port} accept"
        inward = f'iifname "{self.state_interface}" {allowed}'
        return {
            "code": self.code,
            "prefix": self.network.prefixlen,
            "mtu": self.mtu,
            "keys": self.folder,
            "rules": self.folder,
            "senappen_interface": self.senappen_interface,
            "senappen_address": self.senappen_address,
            "senappen_endpoint": self.senappen_endpoint,
            "senappen_host": self.senappen_endpoint.rpartition(":")[0],
            "senappen_port": self.senappen_endpoint.rpartition(":")[2],
            "senappen_public_key": self.senappen_public_key,
            "state_interface": self.state_interface,
            "state_address": self.state_address,
            "state_endpoint": self.state_endpoint,
            "state_port": self.state_endpoint.rpartition(":")[2],
            "state_public_key": self.state_public_key,
            "state_networks": ", ".join(networks),
            "service_address": self.service,
            "service_port": self.service_port,
            "local_rule": "# O banco ou gateway está em outra máquina." if elsewhere else allowed,
            "forwarded_rule": inward if elsewhere else "# Nada passa adiante: o banco ou gateway está nesta máquina.",
            "routing": ROUTED.format(senappen=self.senappen_address) if elsewhere else "",
        }
