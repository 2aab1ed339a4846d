"""Which addresses each rule may reach, as a table; and which texts are a VPN's range."""

from ipaddress import ip_address
from typing import Any

import pytest

from ingestion.network import ranges

VPN = "10.20.0.0/16, 100.64.8.0/24 fd12:3456::/32"
WITHIN = ["10.20.0.1", "10.20.255.255", "100.64.8.9", "fd12:3456::1", "::ffff:10.20.0.1"]
PUBLIC = ["200.198.1.1", "8.8.8.8", "2606:4700::1111"]
NOWHERE = [
    "10.21.0.1", "192.168.0.1", "172.16.0.1", "100.64.9.1", "fd99::1",  # private, of others
    "169.254.169.254", "fe80::1", "fd00:ec2::254", "168.63.129.16", "192.0.0.192", "100.100.100.200",  # clouds
    "0.0.0.0", "::", "255.255.255.255", "224.0.0.1", "ff02::1", "240.0.0.1", "192.0.2.1", "2001:db8::1",
    "::ffff:169.254.169.254", "::ffff:192.168.0.1", "64:ff9b::a9fe:a9fe", "64:ff9b::c0a8:1", "2002:c0a8:1::1",
]  # fmt: skip
LOOPBACK = ["127.0.0.1", "127.8.8.8", "::1", "::ffff:127.0.0.1", "64:ff9b::7f00:1"]


@pytest.fixture
def real(settings: Any) -> None:
    """Where people are not fictitious."""
    settings.LOOPBACK_SOURCES = False


@pytest.mark.usefixtures("real")
@pytest.mark.parametrize("rule", [1, 2, 3])
@pytest.mark.parametrize(
    ("address", "reached"),
    [*((each, True) for each in WITHIN), *((each, False) for each in PUBLIC + NOWHERE + LOOPBACK)],
)
def test_by_vpn_only_its_range_is_reached(rule: int, address: str, reached: bool) -> None:
    assert ranges.permits(rule, ranges.parse(VPN), ip_address(address)) is reached


@pytest.mark.usefixtures("real")
@pytest.mark.parametrize("rule", [4, 5])
@pytest.mark.parametrize(
    ("address", "reached"),
    [*((each, True) for each in PUBLIC), *((each, False) for each in WITHIN + NOWHERE + LOOPBACK)],
)
def test_by_the_internet_only_public_addresses_are_reached(rule: int, address: str, reached: bool) -> None:
    assert ranges.permits(rule, ranges.parse(VPN), ip_address(address)) is reached


@pytest.mark.parametrize("rule", [1, 2, 3, 4, 5])
@pytest.mark.parametrize("address", LOOPBACK)
def test_fictitious_states_may_be_on_this_machine(rule: int, address: str) -> None:
    assert ranges.permits(rule, (), ip_address(address))


@pytest.mark.usefixtures("real")
@pytest.mark.parametrize(
    "text",
    ["0.0.0.0/0", "::/0", "200.198.0.0/16", "10.0.0.0/7", "127.0.0.0/8", "::1/128", "169.254.0.0/16", "fe80::/10"],
)
def test_what_is_no_vpn_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="não é faixa de VPN"):
        ranges.parse(text)


@pytest.mark.parametrize(
    ("text", "words"), [("10.20.0.1/16", "10.20.0.0/16"), ("dez", "não é uma rede"), ("10.0.0.0/33", "não é uma rede")]
)
def test_a_mistyped_range_is_explained(text: str, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        ranges.parse(text)


@pytest.mark.parametrize(
    "text", ["10.20.0.0/16", "10.20.0.5", "10.0.0.0/8;172.16.0.0/12\n192.168.1.0/24", "fc00::/7", ""]
)
def test_a_vpn_may_have_several_networks(text: str) -> None:
    assert len(ranges.parse(text)) == len(text.replace(";", " ").split())
