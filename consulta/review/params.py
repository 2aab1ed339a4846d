"""The queue's filters in an address. Nothing in them is about a person."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Final
from urllib.parse import urlencode

from registry.models import RecordKind
from registry.selectors.reviewing.queue import SHOWN_CAUSES, Filters
from registry.values.states import STATES

# Field of Filters → its name in the address.
NAMES: Final = {"cause": "motivo", "uf": "uf", "kind": "tipo", "second": "segundo", "mine": "meus"}


def read(given: Mapping[str, str]) -> Filters:
    """The filters of an address; what is not one of ours is left out."""

    def one(name: str, among: object) -> str:
        value = given.get(name, "")
        return value if value in among else ""  # type: ignore[operator]

    return Filters(
        cause=one("motivo", [cause.value for cause in SHOWN_CAUSES]),
        uf=one("uf", STATES),
        kind=one("tipo", RecordKind.values),
        second=given.get("segundo") == "1",
        mine=given.get("meus") == "1",
    )


def write(filters: Filters, **more: object) -> str:
    """`motivo=veto&uf=AL`, or empty."""
    pairs = {NAMES[name]: "1" if value is True else value for name, value in asdict(filters).items() if value}
    return urlencode({**pairs, **more})
