"""How much one person, and one agency, may consult in a minute, an hour and a day: counted in the gate, so that pages,
API, files and the command line count alike.

What is counted is the authenticated person and their agency, never a name that a client declares. Photographs, which a
page asks for by the dozen, are counted apart. Kept in the cache (Redis): without it nobody consults, as nobody logs in.
"""

import time
from collections.abc import Iterator, Mapping
from typing import Final

from django.conf import settings

from credentialing.models import User
from senappen.lib import counting
from senappen.lib.wording import thousands

WINDOWS: Final[Mapping[str, tuple[int, str]]] = {
    "minute": (60, "por minuto"),
    "hour": (3600, "por hora"),
    "day": (86400, "por dia"),
}
# A page of results shows twenty.
PHOTOS: Final = 20


class LimitReached(Exception):
    """More than one may consult. `whose` is `person` or `agency`; `wait` is in seconds."""

    def __init__(self, whose: str, window: str, most: int, wait: int) -> None:
        super().__init__("limit reached")
        self.whose, self.window, self.most, self.wait = whose, window, most, wait

    @property
    def message(self) -> str:
        """What the person is told."""
        who = "Você chegou" if self.whose == "person" else "Seu órgão chegou"
        return (
            f"{who} ao limite de {thousands(self.most)} consultas {WINDOWS[self.window][1]}. Nada foi mostrado. "
            f"Aguarde {_lasting(self.wait)} e tente de novo; se o trabalho exige mais, fale com o ponto focal."
        )


def count(user: User, *, photo: bool = False) -> None:
    """Count one consultation. Raises LimitReached, having counted it too: asking on and on does not help."""
    now = int(time.time())
    reached = None
    for whose, key, window, most in _counters(user, photo):
        seconds = WINDOWS[window][0]
        if counting.add(f"limit:{whose}:{key}{':photo' if photo else ''}", seconds) > most:
            reached = LimitReached(whose, window, most, seconds - now % seconds)
    if reached:
        raise reached


def _counters(user: User, photo: bool) -> Iterator[tuple[str, int, str, int]]:
    many = PHOTOS if photo else 1
    for whose, key, limits in (
        ("person", user.pk, settings.CONSULT_LIMITS),
        ("agency", user.agency_id, settings.CONSULT_LIMITS_AGENCY),
    ):
        for window, most in limits.items():
            if most:
                yield whose, key, window, most * many


def _lasting(seconds: int) -> str:
    if seconds < 90:
        return f"{seconds} segundos"
    return f"{seconds // 60} minutos" if seconds < 5400 else f"{seconds // 3600} horas"
