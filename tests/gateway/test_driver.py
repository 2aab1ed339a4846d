"""The driver of MariaDB takes from the network what is being read, and leaves the rest of a view with the server."""

import asyncio

from gateway.dialects import asyncmy_blocking as driver


def test_one_turn_takes_a_bounded_piece_however_much_was_kept() -> None:
    loop = asyncio.new_event_loop()
    try:
        protocol = driver.protocols._MySQLProtocol(loop)
        for _ in range(40):  # a server that always has more than fits
            free = protocol.get_buffer(-1)
            assert 0 < len(free) <= driver.TURN
            protocol.buffer_updated(len(free))
    finally:
        loop.close()
