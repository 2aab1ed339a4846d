"""Two machines as two network namespaces, with a cable between them and the rendered tunnel inside it.

Every address exists in the two namespaces alone: the machine's own network is not touched.
"""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from ipaddress import IPv4Network
from pathlib import Path
from subprocess import DEVNULL

import pytest

from ingestion.kit.vpn import Tunnel

SENAPPEN, STATE = f"sn-{os.getpid()}-a", f"sn-{os.getpid()}-b"
# RFC 5737: addresses for documentation, the two ends of the cable.
CABLE = {SENAPPEN: "198.51.100.1", STATE: "198.51.100.2"}
PROGRAMS = ("ip", "nft", "wg", "wg-quick", "wireguard-go")

FORWARD = """
import socket, socketserver, sys, threading
def pump(one, other):
    while data := one.recv(65536):
        other.sendall(data)
    other.shutdown(socket.SHUT_WR)
class Handler(socketserver.BaseRequestHandler):
    def handle(self):
        with socket.socket(socket.AF_UNIX) as server:
            server.connect(sys.argv[2])
            back = threading.Thread(target=pump, args=(server, self.request))
            back.start()
            pump(self.request, server)
            back.join()
class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
Server(("0.0.0.0", int(sys.argv[1])), Handler).serve_forever()
"""


def require() -> None:
    """Skip, with the reason, where two namespaces and a tunnel cannot be made."""
    missing = [name for name in PROGRAMS if not shutil.which(name, path=f"{os.environ['PATH']}:/usr/sbin")]
    if missing:
        pytest.skip(f"not installed: {', '.join(missing)}")
    if os.geteuid() != 0 or not Path("/dev/net/tun").exists():
        pytest.skip("network namespaces and tunnels need root and /dev/net/tun")


def run(*command: str) -> str:
    """A program of the system; its output. Raises when it fails."""
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=_environment())
    assert done.returncode == 0, f"{command}: {done.stderr}"
    return done.stdout


def inside(machine: str, *command: str) -> subprocess.CompletedProcess[str]:
    """A program on one of the machines, whatever it ends with."""
    whole = ["ip", "netns", "exec", machine, *command]
    return subprocess.run(whole, capture_output=True, text=True, check=False, timeout=60, env=_environment())


def opens(machine: str, address: str, port: int) -> bool:
    """Whether a connection from there is answered within 2 seconds."""
    program = f"import socket; socket.create_connection(('{address}', {port}), 2)"
    return inside(machine, sys.executable, "-c", program).returncode == 0


@contextmanager
def serving(machine: str, *arguments: str, port: int) -> Iterator[None]:
    """A Python program that listens on a machine, from its first answer to the end of the block."""
    command = ["ip", "netns", "exec", machine, sys.executable, *arguments]
    process = subprocess.Popen(command, stdout=DEVNULL, stderr=DEVNULL, env=_environment())
    try:
        until(lambda: opens(machine, "127.0.0.1", port))
        yield
    finally:
        process.terminate()
        process.wait(10)


@contextmanager
def forwarded(machine: str, port: int, socket: Path) -> Iterator[None]:
    """A port of a machine that is this Unix socket's server, which lives in no network."""
    with serving(machine, "-c", FORWARD, str(port), str(socket), port=port):
        yield


def until(true: Callable[[], bool], seconds: float = 30) -> None:
    """Wait for a condition."""
    limit = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < limit, "nothing answered"
        time.sleep(0.1)


@contextmanager
def cable() -> Iterator[None]:
    """The two machines, joined."""
    for machine in CABLE:
        run("ip", "netns", "add", machine)
    try:
        run("ip", "link", "add", "cable", "netns", SENAPPEN, "type", "veth", "peer", "name", "cable", "netns", STATE)
        for machine, address in CABLE.items():
            run("ip", "-n", machine, "addr", "add", f"{address}/30", "dev", "cable")
            for device in ("lo", "cable"):
                run("ip", "-n", machine, "link", "set", device, "up")
        yield
    finally:
        for machine in CABLE:
            run("ip", "netns", "del", machine)


def write_tunnel(folder: Path, service_port: int) -> Tunnel:
    """The files of both ends, with keys made for them, in the folder instead of /etc/wireguard."""
    keys = {machine: run("wg", "genkey").strip() for machine in CABLE}
    public = {m: subprocess.run(["wg", "pubkey"], input=k, capture_output=True, text=True, check=True).stdout.strip()
              for m, k in keys.items()}  # fmt: skip
    tunnel = Tunnel(
        code="ZZ",
        state_endpoint=f"{CABLE[STATE]}:51820",
        senappen_endpoint=f"{CABLE[SENAPPEN]}:51820",
        service_port=service_port,
        network=IPv4Network("10.213.255.0/30"),
        senappen_public_key=public[SENAPPEN],
        state_public_key=public[STATE],
        folder=str(folder),
    )
    shared = run("wg", "genpsk")
    for machine, interface in ((SENAPPEN, tunnel.senappen_interface), (STATE, tunnel.state_interface)):
        (folder / f"{interface}.key").write_text(keys[machine])
        (folder / f"{interface}.psk").write_text(shared)
    for name, text in tunnel.files():
        (folder / Path(name).name).write_text(text)
    for file in folder.iterdir():
        file.chmod(0o600)
    return tunnel


@contextmanager
def up(folder: Path, tunnel: Tunnel) -> Iterator[None]:
    """Both ends up, as the guide says, by wg-quick."""
    ends = ((SENAPPEN, tunnel.senappen_interface), (STATE, tunnel.state_interface))
    started = []
    try:
        for machine, interface in ends:
            done = inside(machine, "wg-quick", "up", str(folder / f"{interface}.conf"))
            assert done.returncode == 0, done.stderr
            started.append((machine, interface))
        yield
    finally:
        for machine, interface in started:
            inside(machine, "wg-quick", "down", str(folder / f"{interface}.conf"))


def _environment() -> dict[str, str]:
    # Where the kernel has no WireGuard of its own, wg-quick takes the program that does the same.
    return {
        **os.environ,
        "PATH": f"{os.environ['PATH']}:/usr/sbin",
        "WG_QUICK_USERSPACE_IMPLEMENTATION": "wireguard-go",
    }
