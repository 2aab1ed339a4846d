"""A state whose rows keep changing: tables shaped like the contract's views, in any database SQLAlchemy writes.

Every change gives the row a new marker in one of its texts, so that an old version is never taken for the new one.
Nobody here exists.
"""

import base64
import struct
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime
from random import Random
from typing import Any

import sqlalchemy as sa
import yaml
from sqlalchemy.dialects.mysql import DATETIME

MOMENT = sa.DateTime().with_variant(DATETIME(fsp=6), "mysql")
IMAGE = sa.LargeBinary(2**20)
BATCH = 1_000

# Contract view → its columns beside key, watermark and status; the first one carries the marker.
VIEWS: dict[str, dict[str, Any]] = {
    "vw_unidade": {
        "nome": sa.String(200), "tipo": sa.String(30), "modalidade": sa.String(30), "sexo_destinado": sa.String(1),
        "cod_municipio_ibge": sa.String(7),
    },
    "vw_preso": {
        "nome": sa.String(200), "prontuario": sa.String(45), "nome_mae": sa.String(200), "dt_nascimento": sa.Date,
        "sexo": sa.String(1),
    },
    "vw_preso_documento": {"numero": sa.String(40), "id_preso": sa.Integer, "tipo": sa.String(20)},
    "vw_preso_foto": {
        "content_type": sa.String(40), "id_preso": sa.Integer, "posicao": sa.String(20), "dt_inclusao": MOMENT,
        "conteudo_ou_uri": IMAGE,
    },
    "vw_movimentacao": {
        "motivo": sa.String(200), "id_preso": sa.Integer, "tipo": sa.String(20), "dt_evento": MOMENT,
        "dt_registro": MOMENT,
    },
}  # fmt: skip
CHILDREN = {"vw_preso_documento": 1, "vw_movimentacao": 4}
# A photograph's marker is its image: its texts are codes.
MARKER = {**{view: next(iter(columns)) for view, columns in VIEWS.items()}, "vw_preso_foto": "conteudo_ou_uri"}


class State:
    """The database of one state, as its own people write it."""

    def __init__(self, url: sa.URL | str, seed: str) -> None:
        self.engine = sa.create_engine(url, poolclass=sa.NullPool)
        self.random = Random(seed)
        self._serial = 0
        self._made = sa.MetaData()
        self.tables = {view: self._table(view, columns) for view, columns in VIEWS.items()}

    def fill(self, prisoners: int) -> None:
        """Tables with so many prisoners and what hangs on them."""
        self._made.create_all(self.engine)
        with self.engine.begin() as connection:
            for view, table in self.tables.items():
                rows = [self._row(view, key, owner) for key, owner in _keys(view, prisoners)]
                for start in range(0, len(rows), BATCH):
                    connection.execute(table.insert(), rows[start : start + BATCH])

    def live(self) -> None:
        """A moment of the state's life: changes, arrivals, deletions of both kinds, in one transaction."""
        with self.engine.begin() as connection:
            for view, table in self.tables.items():
                keys = list(connection.scalars(sa.select(table.c.id_origem)))
                self._change(connection, view, self.random.sample(keys, len(keys) // 50))
            self._arrive(connection)
            self._leave(connection)

    def rows(self, view: str) -> Iterator[dict[str, Any]]:
        """The view as the state has it now."""
        with self.engine.connect() as connection:
            for row in connection.execute(self.tables[view].select()):
                yield dict(row._mapping)

    def _change(self, connection: sa.Connection, view: str, keys: list[int]) -> None:
        table = self.tables[view]
        for key in keys:
            status = "E" if self.random.random() < 0.02 else "A"
            values = {MARKER[view]: self._mark(view), "dt_atualizacao": _now(), "st_registro": status}
            connection.execute(table.update().where(table.c.id_origem == key).values(values))

    def _arrive(self, connection: sa.Connection) -> None:
        last = connection.scalar(sa.select(sa.func.max(self.tables["vw_preso"].c.id_origem)))
        for owner in range(int(last or 0) + 1, int(last or 0) + 1 + self.random.randrange(1, 8)):
            connection.execute(self.tables["vw_preso"].insert(), [self._row("vw_preso", owner, owner)])
            for view, count in CHILDREN.items():
                rows = [self._row(view, owner * count + number, owner) for number in range(count)]
                connection.execute(self.tables[view].insert(), rows)

    def _leave(self, connection: sa.Connection) -> None:
        """Rows that vanish without a word: a few movements, now and then a prisoner with all that hangs on them."""
        movements = self.tables["vw_movimentacao"]
        keys = list(connection.scalars(sa.select(movements.c.id_origem)))
        chosen = self.random.sample(keys, min(len(keys), 3))
        connection.execute(movements.delete().where(movements.c.id_origem.in_(chosen)))
        if self.random.random() < 0.3:
            owner = self.random.choice(list(connection.scalars(sa.select(self.tables["vw_preso"].c.id_origem))))
            for view in reversed(VIEWS):
                if view != "vw_unidade":
                    column = self.tables[view].c["id_origem" if view == "vw_preso" else "id_preso"]
                    connection.execute(self.tables[view].delete().where(column == owner))

    def _row(self, view: str, key: int, owner: int) -> dict[str, Any]:
        now = _now()
        values: dict[str, dict[str, Any]] = {
            "vw_unidade": {
                "tipo": "FECHADO", "modalidade": "CELA_FISICA", "sexo_destinado": "M", "cod_municipio_ibge": "2704302",
            },
            "vw_preso": {
                "prontuario": f"P-{key}", "nome_mae": f"MAE INVENTADA {key}", "dt_nascimento": now.date(), "sexo": "M",
            },
            "vw_preso_documento": {"id_preso": owner, "tipo": "RG"},
            "vw_preso_foto": {
                "id_preso": owner, "posicao": "FRONTAL", "content_type": "image/png", "dt_inclusao": now,
            },
            "vw_movimentacao": {"id_preso": owner, "tipo": "INC_ORIG", "dt_evento": now, "dt_registro": now},
        }  # fmt: skip
        common = {"id_origem": key, "dt_atualizacao": now, "st_registro": "A"}
        return {**common, **values[view], MARKER[view]: self._mark(view)}

    def _mark(self, view: str) -> Any:
        self._serial += 1
        return _image(self._serial) if view == "vw_preso_foto" else f"INVENTADO {self._serial}"

    def _table(self, view: str, columns: dict[str, Any]) -> sa.Table:
        described = [sa.Column(name, kind) for name, kind in columns.items()]
        key = sa.Column("id_origem", sa.Integer, primary_key=True, autoincrement=False)
        moment = sa.Column("dt_atualizacao", MOMENT, nullable=False)
        order = sa.Index(f"{view}_ordem", "dt_atualizacao", "id_origem")
        return sa.Table(view, self._made, key, *described, moment, sa.Column("st_registro", sa.String(1)), order)


def mapping(origin: str, *, schema: str = "", api: dict[str, Any] | None = None) -> str:
    """The YAML text that reads a state; with `api` by its own addresses."""
    views: dict[str, Any] = {}
    for view, columns in VIEWS.items():
        fields: dict[str, Any] = {name: name for name in ("id_origem", *columns, "dt_atualizacao", "st_registro")}
        if view == "vw_preso_foto":
            image = "conteudo_ou_uri.encoded" if api else "conteudo_ou_uri"
            fields["conteudo_ou_uri"] = {"column": image, "photo": "blob"}
        place = {"endpoint": f"/{view}.json", "parameters": {"_sort": "dt_atualizacao"}} if api else {}
        views[view] = {**(place or {"relation": f"{schema}{view}"}), "fields": fields}
    whole = {"mapping": 1, "contract": 1, "origin": origin, "timezone": "UTC", "repair": ["trim"], "views": views}
    return yaml.safe_dump({**whole, **({"api": api} if api else {})}, sort_keys=False)


def raw_image(value: Any) -> bytes:
    """An image as SQL or an API gives it."""
    return base64.b64decode(value) if isinstance(value, str) else bytes(value)


def _keys(view: str, prisoners: int) -> Iterator[tuple[int, int]]:
    """Keys with the prisoner they hang on."""
    if view == "vw_unidade":
        yield from ((key, 0) for key in range(1, 6))
        return
    step = 10 if view == "vw_preso_foto" else 1
    count = CHILDREN.get(view, 1)
    for owner in range(1, prisoners + 1, step):
        yield from ((owner * count + number if count > 1 else owner, owner) for number in range(count))


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)


def _image(number: int) -> bytes:
    """A PNG (ISO/IEC 15948) of one pixel whose colour is the number."""
    header = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    pixel = zlib.compress(b"\x00" + number.to_bytes(3, "big"))
    parts = ((b"IHDR", header), (b"IDAT", pixel), (b"IEND", b""))
    chunks = (
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)) for name, data in parts
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)
