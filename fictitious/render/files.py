"""A state's rows as files: one COPY text file per native table and shard, and the photos of path states."""

from collections.abc import Callable
from pathlib import Path

from fictitious.rows import Raw, Row, Value
from fictitious.states import columns
from fictitious.states.spec import Profile

PHOTO_VIEWS = ("vw_preso_foto", "vw_visitante_foto")
Lines = Callable[[list[Row]], str]


class Writer:
    """Appends the rows of one shard to the files of one state."""

    def __init__(self, profile: Profile, folder: Path, shard: str, photos: Path | None = None) -> None:
        self.profile, self.folder, self.shard = profile, folder, shard
        self.photos = photos or folder / "photos"
        self._tables: dict[str, list[tuple[str, Lines]]] = {}
        for view in profile.views:
            made = [(table.name, _lines(columns.of_table(profile, view, table))) for table in view.tables]
            self._tables[view.contract] = made

    def write(self, rows: dict[str, list[Row]]) -> None:
        """Append one batch; views the state does not have are left out."""
        if self.profile.folded:
            fold(rows)
        if self.profile.photos == "path":
            self._photos(rows)
        for view, made in rows.items():
            for name, lines in self._tables.get(view, ()):
                path = self.folder / "tables" / name / f"{self.shard}.copy"
                path.parent.mkdir(parents=True, exist_ok=True)
                with path.open("a", encoding="utf-8", newline="") as file:
                    file.write(lines(made))

    def _photos(self, rows: dict[str, list[Row]]) -> None:
        for view in PHOTO_VIEWS:
            for row in rows.get(view, ()):
                content = row["conteudo_ou_uri"]
                if isinstance(content, bytes):
                    row["conteudo_ou_uri"] = keep_photo(self.photos, view, row["id_origem"], content)


def keep_photo(folder: Path, view: str, number: Value, content: bytes) -> str:
    """Write the photo of a row into its place; the path that the row shows."""
    key = str(number).zfill(9)
    path = f"{view.removeprefix('vw_')}/{key[:6]}/{key}.png"
    target = folder / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content)
    return path


def fold(rows: dict[str, list[Row]]) -> None:
    """Documents become fields of the prisoner's row (doc:CPF …), for states without a table of documents."""
    people = {row["id_origem"]: row for row in rows.get("vw_preso", ())}
    for document in rows.get("vw_preso_documento", ()):
        people[document["id_preso"]]["doc:" + str(document["tipo"])] = document["numero"]


def _lines(made: list[columns.Column]) -> Lines:
    pairs = [(column.field, column.write) for column in made]

    def cell(value: Value, write: Callable[[Value], str]) -> str:
        return value if isinstance(value, Raw) else write(value)

    def lines(rows: list[Row]) -> str:
        return "".join(["\t".join([cell(row.get(name), write) for name, write in pairs]) + "\n" for row in rows])

    return lines
