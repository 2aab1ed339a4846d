"""A stretch of network between us and a state, which can be cut, slowed, stalled or made to answer nonsense."""

import asyncio
import random
import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from enum import StrEnum

PIECE = 16 * 1024
SLOW_BYTES_PER_S = 64 * 1024
LONGEST_ANSWER = 400_000
ANSWERS = {
    "busy": b"HTTP/1.1 429 Too Many Requests\r\nRetry-After: 1\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
    "broken": b"HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
}


class Mode(StrEnum):
    """How the stretch behaves. `BUSY` and `BROKEN` answer HTTP in the state's place."""

    PASS = "pass"  # noqa: S105 a mode
    CUT = "cut"
    SLOW = "slow"
    STALL = "stall"
    HALF = "half"
    BUSY = "busy"
    BROKEN = "broken"


class Proxy:
    """Carries TCP connections from `port` to a port that may change, in a thread of its own."""

    def __init__(self, target: Callable[[], int]) -> None:
        self.mode = Mode.PASS
        self.port = 0
        self._target = target
        self._open: set[asyncio.StreamWriter] = set()
        self._loop = asyncio.new_event_loop()
        self._ready = threading.Event()
        threading.Thread(target=self._serve, daemon=True).start()
        self._ready.wait()

    def become(self, mode: Mode) -> None:
        """Behave so from now on; whoever is connected loses the connection when it is cut."""
        self.mode = mode
        if mode is Mode.CUT:
            self._loop.call_soon_threadsafe(self._abort_all)

    def _serve(self) -> None:
        asyncio.set_event_loop(self._loop)
        server = self._loop.run_until_complete(asyncio.start_server(self._carry, "127.0.0.1", 0))
        self.port = server.sockets[0].getsockname()[1]
        self._ready.set()
        self._loop.run_forever()

    def _abort_all(self) -> None:
        for writer in self._open:
            writer.transport.abort()

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._open.add(writer)
        try:
            if self.mode is not Mode.CUT:
                upstream, downstream = await asyncio.open_connection("127.0.0.1", self._target())
                self._open.add(downstream)
                await asyncio.gather(self._ask(reader, downstream, writer), self._answer(upstream, writer))
                self._open.discard(downstream)
        except (OSError, asyncio.IncompleteReadError):
            pass
        finally:
            self._open.discard(writer)
            writer.transport.abort()

    async def _ask(
        self, reader: asyncio.StreamReader, downstream: asyncio.StreamWriter, back: asyncio.StreamWriter
    ) -> None:
        while piece := await reader.read(PIECE):
            if answer := ANSWERS.get(self.mode):
                back.write(answer)
                await back.drain()
                break
            downstream.write(piece)
            await downstream.drain()
        downstream.transport.abort()

    async def _answer(self, upstream: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        left = random.randrange(LONGEST_ANSWER)
        while piece := await upstream.read(PIECE):
            while self.mode is Mode.STALL:
                await asyncio.sleep(0.1)
            if self.mode is Mode.SLOW:
                await asyncio.sleep(len(piece) / SLOW_BYTES_PER_S)
            if self.mode is Mode.HALF:
                left -= len(piece)
                if left < 0:
                    writer.write(piece[: len(piece) // 2])
                    with suppress(OSError):
                        await writer.drain()
                    break
            writer.write(piece)
            await writer.drain()
        writer.transport.abort()


def free_port() -> int:
    """A loopback port that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
