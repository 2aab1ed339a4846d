"""Rows as the contract names their fields, and the keys states give them."""

from collections import defaultdict
from datetime import date

Value = str | int | bool | bytes | date | None  # datetime is a date
Row = dict[str, Value]


class Raw(str):
    """A value that a state's column holds as it stands, whatever its format or codes say."""

    __slots__ = ()


KEYS_PER_SHARD = 200_000  # a shard numbers its rows in a block of its own, so shards need not agree

UNKNOWN = "OUTROS"  # a raw code that no mapping knows; lookup tables give it this number
UNKNOWN_NUMBER = 999

# Which view a reference points to; `id_origem` is the view's own key.
REFERENCES = {
    "id_preso": "vw_preso",
    "id_unidade": "vw_unidade",
    "id_unidade_origem": "vw_unidade",
    "id_unidade_destino": "vw_unidade",
    "id_foto": "vw_preso_foto",
    "id_processo": "vw_processo",
    "id_advogado": "vw_advogado",
    "id_visitante": "vw_visitante",
    "id_pessoa": "vw_visitante",
}


class Rows:
    """The rows of one shard by state and view, numbered as they come."""

    def __init__(self, shard: int) -> None:
        self._first = shard * KEYS_PER_SHARD
        self._last: dict[tuple[str, str], int] = defaultdict(int)
        self.by_state: dict[str, dict[str, list[Row]]] = {}

    def key(self, uf: str, view: str) -> int:
        """The next free `id_origem` of a view in a state."""
        self._last[uf, view] += 1
        return self._first + self._last[uf, view]

    def add(self, uf: str, view: str, row: Row) -> int:
        """Append a row, give it a key if it has none, return the key."""
        key = row.get("id_origem")
        if not isinstance(key, int):
            key = self.key(uf, view)
            row["id_origem"] = key
        self.by_state.setdefault(uf, {}).setdefault(view, []).append(row)
        return key

    def take(self) -> dict[str, dict[str, list[Row]]]:
        """The rows so far, which are then forgotten; the numbering goes on."""
        taken, self.by_state = self.by_state, {}
        return taken
