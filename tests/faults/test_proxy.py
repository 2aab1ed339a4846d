"""The stretch of network before a state does what a campaign asks of it."""

import socket
import threading
from collections.abc import Iterator

import pytest

from faults.proxy import Mode, Proxy

ANSWER = b"0123456789" * 200_000


@pytest.fixture
def proxy() -> Iterator[Proxy]:
    """Before a server that answers every connection's first words with two million bytes."""
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        while True:
            try:
                caller, _ = listener.accept()
            except OSError:
                return
            with caller:
                try:
                    caller.recv(100)
                    caller.sendall(ANSWER)
                except OSError:
                    continue

    threading.Thread(target=serve, daemon=True).start()
    yield Proxy(lambda: listener.getsockname()[1])
    listener.close()


def ask(proxy: Proxy) -> bytes:
    """Everything that comes back before the connection ends, however it ends."""
    got = b""
    with socket.create_connection(("127.0.0.1", proxy.port), timeout=20) as caller:
        try:
            caller.sendall(b"GET / HTTP/1.1\r\n\r\n")
            while piece := caller.recv(65536):
                got += piece
        except ConnectionError:
            pass
    return got


def test_a_sound_network_carries_everything(proxy: Proxy) -> None:
    assert ask(proxy) == ANSWER


@pytest.mark.parametrize(("mode", "status"), [(Mode.BUSY, b"429"), (Mode.BROKEN, b"500")])
def test_it_answers_in_the_states_place(proxy: Proxy, mode: Mode, status: bytes) -> None:
    proxy.become(mode)

    assert ask(proxy).split(b" ")[1] == status


def test_an_answer_breaks_off(proxy: Proxy) -> None:
    proxy.become(Mode.HALF)

    got = ask(proxy)

    assert len(got) < len(ANSWER)
    assert ANSWER.startswith(got)


def test_a_cut_network_carries_nothing_until_it_is_mended(proxy: Proxy) -> None:
    proxy.become(Mode.CUT)
    assert ask(proxy) == b""

    proxy.become(Mode.PASS)

    assert ask(proxy) == ANSWER
