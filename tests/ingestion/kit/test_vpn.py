"""The rendered tunnel between two machines: a real database is read through it, and nothing else passes."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from ingestion.kit.vpn import Tunnel
from senappen import servers
from tests.ingestion.kit import tunnel as machines
from tests.ingestion.kit.tunnel import CABLE, SENAPPEN, STATE, inside, opens

PORT, OTHER = 5432, 8080
READ = """
import psycopg, sys
with psycopg.connect(host=sys.argv[1], port=int(sys.argv[2]), user="postgres", dbname="postgres") as c:
    print(sum(n for (n,) in c.execute("SELECT generate_series(1, 200000)")))
"""


@pytest.fixture(scope="module")
def tunnel(tmp_path_factory: pytest.TempPathFactory, states_server: str) -> Iterator[Tunnel]:
    """Both ends up; the state serves PostgreSQL on the agreed port and HTTP on another, and so does SENAPPEN."""
    machines.require()
    folder = tmp_path_factory.mktemp("vpn")
    socket = servers.state_postgres().sockets / ".s.PGSQL.5432"
    web = ("-m", "http.server", str(OTHER), "--directory", str(folder))
    with machines.cable():
        made = machines.write_tunnel(folder, PORT)
        with (
            machines.up(folder, made),
            machines.forwarded(STATE, PORT, socket),
            machines.serving(STATE, *web, port=OTHER),
            machines.serving(SENAPPEN, *web, port=OTHER),
        ):
            yield made


def test_senappen_reads_the_states_database_through_the_tunnel(tunnel: Tunnel) -> None:
    done = inside(SENAPPEN, sys.executable, "-c", READ, str(tunnel.state_address), str(PORT))
    assert done.stdout.strip() == "20000100000", done.stderr


def test_senappen_reaches_no_other_port_of_the_state(tunnel: Tunnel) -> None:
    assert opens(STATE, str(tunnel.state_address), OTHER)
    assert not opens(SENAPPEN, str(tunnel.state_address), OTHER)


def test_the_states_own_rules_refuse_even_a_senappen_without_rules(tunnel: Tunnel) -> None:
    """Each end guards itself: what the other forgets is not needed."""
    inside(SENAPPEN, "nft", "delete", "table", "inet", tunnel.senappen_interface)
    try:
        assert not opens(SENAPPEN, str(tunnel.state_address), OTHER)
        assert opens(SENAPPEN, str(tunnel.state_address), PORT)
    finally:
        inside(SENAPPEN, "nft", "-f", f"{tunnel.folder}/{tunnel.senappen_interface}.nft")


def test_the_state_reaches_nothing_of_senappen(tunnel: Tunnel) -> None:
    assert opens(SENAPPEN, str(tunnel.senappen_address), OTHER)
    assert not opens(STATE, str(tunnel.senappen_address), OTHER)


def test_senappens_own_rules_refuse_even_a_state_without_rules(tunnel: Tunnel) -> None:
    inside(STATE, "nft", "delete", "table", "inet", tunnel.state_interface)
    try:
        assert not opens(STATE, str(tunnel.senappen_address), OTHER)
    finally:
        inside(STATE, "nft", "-f", f"{tunnel.folder}/{tunnel.state_interface}.nft")


def test_the_rules_touch_no_other_interface(tunnel: Tunnel) -> None:
    assert opens(SENAPPEN, CABLE[STATE], OTHER)
    assert opens(STATE, CABLE[SENAPPEN], OTHER)


def test_another_key_does_not_enter(tunnel: Tunnel) -> None:
    """With a key the state was not told, the tunnel carries nothing."""
    interface, folder = tunnel.senappen_interface, Path(tunnel.folder)
    other = folder / "outra.key"
    other.write_text(machines.run("wg", "genkey"))
    inside(SENAPPEN, "wg", "set", interface, "private-key", str(other))
    try:
        assert not opens(SENAPPEN, str(tunnel.state_address), PORT)
    finally:
        inside(SENAPPEN, "wg", "set", interface, "private-key", str(folder / f"{interface}.key"))
    machines.until(lambda: opens(SENAPPEN, str(tunnel.state_address), PORT))


def render(tmp_path: Path, *more: str) -> dict[str, str]:
    call_command(
        "contract", "vpn", "--code", "AL", "--state-endpoint", "vpn.al.exemplo.br:51820", "--service-port", "5432",
        "--out", str(tmp_path / "vpn"), *more,
    )  # fmt: skip
    return {str(file.relative_to(tmp_path / "vpn")): file.read_text() for file in tmp_path.glob("vpn/**/*.*")}


def test_no_private_key_is_in_the_files(tmp_path: Path) -> None:
    files = render(tmp_path)
    assert set(files) == {
        "LEIAME.txt", "senappen/wg-al.conf", "senappen/wg-al.nft", "estado/wg-senappen.conf", "estado/wg-senappen.nft",
    }  # fmt: skip
    assert not any("PrivateKey" in text or "PresharedKey" in text for text in files.values())


def test_a_database_on_another_machine_is_forwarded_to_and_the_near_one_is_not_opened(tmp_path: Path) -> None:
    rules = render(tmp_path, "--service-address", "192.0.2.9")["estado/wg-senappen.nft"]
    reached, forwarded = rules.split("chain forward")
    assert "dport" not in reached
    assert 'iifname "wg-senappen" ip saddr 10.213.0.1 ip daddr 192.0.2.9 tcp dport 5432 accept' in forwarded


@pytest.mark.parametrize(
    "wrong", [("--code", "al; x"), ("--state-endpoint", "x"), ("--mtu", "9000"), ("--state-public-key", "curta")]
)
def test_what_would_not_be_a_tunnel_is_refused(tmp_path: Path, wrong: tuple[str, str]) -> None:
    with pytest.raises(CommandError):
        render(tmp_path, *wrong)
    assert not (tmp_path / "vpn").exists()
