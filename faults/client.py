"""A program that consults over HTTP and keeps what it could see of every answer, whole or cut."""

import http.client
import json
import random
import threading
import time
from dataclasses import dataclass

# In the names that `benchmarks.life_base` invents.
NAME = b"PESSOA FICTICIA"
PATIENCE_S = 10.0


@dataclass(frozen=True)
class Answer:
    """What came of one call. `shows`: it claimed a receipt or named a person. `cut`: the connection ended first."""

    receipt: str
    shows: bool
    cut: bool


class Client:
    """One agent's program; its token and purpose are in `headers`."""

    def __init__(self, port: int, headers: dict[str, str], persons: list[str], chance: random.Random) -> None:
        self._port, self._persons, self._chance = port, persons, chance
        self._headers = {**headers, "Content-Type": "application/json"}

    def work(self, over: threading.Event, answers: list[Answer]) -> None:
        """Ask until it is over; who is refused waits a little."""
        while not over.is_set():
            answer = self._ask()
            answers.append(answer)
            if not answer.shows:
                time.sleep(0.1)

    def _ask(self) -> Answer:
        receipt, body, cut = "", b"", False
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=PATIENCE_S)
        try:
            connection.request(*self._call(), headers=self._headers)
            response = connection.getresponse()
            receipt = response.headers.get("X-Receipt", "")
            body = response.read()
        except http.client.IncompleteRead as error:
            body, cut = error.partial, True
        except (OSError, http.client.HTTPException):
            cut = True
        finally:
            connection.close()
        return Answer(receipt, bool(receipt) or NAME in body.upper(), cut)

    def _call(self) -> tuple[str, str, str | None]:
        if self._chance.random() < 0.5:
            return "GET", f"/api/v1/people/{self._chance.choice(self._persons)}/", None
        asked = {"name": f"PESSOA FICTICIA {self._chance.randint(1, 400)}"}
        return "POST", "/api/v1/search/", json.dumps(asked)
