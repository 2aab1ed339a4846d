"""From a mapping to converters of whole batches: rows of the state in, columns of the contract out."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from typing import Any

from ingestion.contract import VIEWS, FieldType, View, domain_codes
from ingestion.contract.types import KEY, UPDATED, Field
from ingestion.mapping import scalars
from ingestion.mapping.schema import FieldMapping, Mapping, ViewMapping
from ingestion.mapping.texts import Cleaning, TextColumn
from ingestion.reasons import Faults, ReasonCode

Converter = Callable[[Sequence[Any], Faults], list[str | None]]
# Stores an image (or what its column says of it) and gives its SHA-256 and size in bytes.
StorePhoto = Callable[[Any, str], tuple[str, int]]


class PhotoError(Exception):
    """An image that cannot be taken in; `code` says why."""

    def __init__(self, code: ReasonCode) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class _Origin:
    """How one contract field is filled: from the state's column at `position`, or with a constant."""

    position: int | None
    constant: str | None
    convert: Converter


@dataclass(frozen=True)
class Reader:
    """Converts batches of one view. Reentrant, but remembers values: keep one per load."""

    view: View
    columns: tuple[str, ...]
    _origins: dict[str, _Origin]
    _photo: FieldMapping | None
    known_codes: dict[str, frozenset[str]]
    # Places of the columns in which a value was missing so far.
    with_gaps: set[int] = dataclass_field(default_factory=set)

    @property
    def key_position(self) -> int:
        """Where `id_origem` is among the state's columns."""
        position = self._origins[KEY].position
        if position is None:
            raise TypeError("a checked mapping reads the key from a column")
        return position

    @property
    def image(self) -> int | None:
        """Where the image is among the state's columns, in a view that has one."""
        return self.columns.index(self._photo.column) if self._photo and self._photo.column else None

    @property
    def positions(self) -> dict[str, int | None]:
        """Where each mapped field is among the state's columns; None for one that has the same value in every row."""
        known = {name: origin.position for name, origin in self._origins.items()}
        return {**known, self.view.photo.name: self.image} if self._photo and self.view.photo else known

    def convert_one(self, field: str, value: Any) -> str | None:
        """What one value of one field becomes; None where it is none or cannot be read."""
        return self._origins[field].convert([value], Faults())[0]

    def convert(self, rows: Sequence[Sequence[Any]], store: StorePhoto) -> tuple[list[Sequence[str | None]], Faults]:
        """Columns in the order of `view.columns`, each as long as `rows`, and the faults by row.

        A row with faults has arbitrary values: use its raw form.
        """
        faults = Faults()
        given = list(zip(*rows, strict=True)) if rows else [()] * len(self.columns)
        found = {name: self._column(origin, given, len(rows), faults) for name, origin in self._origins.items()}
        if self._photo:
            found["sha256"], found["tamanho"] = self._photos(given, faults, store)
        nothing: list[str | None] = [None] * len(rows)
        for field in self.view.fields:
            self._require(field, found.get(field.name, nothing), faults)
        return [found.get(column.name, nothing) for column in self.view.columns], faults

    def keys(self, rows: Sequence[tuple[Any, Any]]) -> list[tuple[str | None, str | None]]:
        """`id_origem` and `dt_atualizacao` alone, as `convert` gives them; None where they cannot be read."""
        columns = []
        for place, name in enumerate((KEY, UPDATED)):
            faults = Faults()
            values = self._origins[name].convert([row[place] for row in rows], faults)
            columns.append([None if row in faults.by_row else value for row, value in enumerate(values)])
        return list(zip(*columns, strict=True))

    def _column(self, origin: _Origin, given: list[Any], count: int, faults: Faults) -> list[str | None]:
        if origin.position is None:
            return origin.convert([origin.constant], faults) * count
        values = given[origin.position]
        return list(values) if _is_empty(values) else origin.convert(values, faults)

    def _require(self, field: Field, values: list[str | None], faults: Faults) -> None:
        if field.required and field.type is not FieldType.PHOTO and None in values:
            for row, value in enumerate(values):
                # A value that could not be read has its own reason already.
                if value is None and not any(r.field == field.name for r in faults.by_row.get(row, ())):
                    faults.add(row, ReasonCode.REQUIRED, field.name)

    def _photos(self, given: list[Any], faults: Faults, store: StorePhoto) -> tuple[list[str | None], list[str | None]]:
        if not (self._photo and self._photo.column and self._photo.photo and self.view.photo):
            raise TypeError("only a view with a photo column has photos")
        hashes: list[str | None] = []
        sizes: list[str | None] = []
        for row, value in enumerate(given[self.columns.index(self._photo.column)]):
            try:
                digest, size = store(value, self._photo.photo)
                hashes.append(digest)
                sizes.append(str(size))
            except PhotoError as error:
                faults.add(row, error.code, self.view.photo.name)
                hashes.append(None)
                sizes.append(None)
        return hashes, sizes


def _is_empty(values: Sequence[Any]) -> bool:
    """True for a column without any value, the fate of many columns of the contract."""
    return bool(values) and values[0] is None and values.count(None) == len(values)


def compile_view(mapping: Mapping, name: str) -> Reader:
    """The reader of one view of a checked mapping."""
    view, given = VIEWS[name], mapping.views[name]
    origins: dict[str, _Origin] = {}
    photo = None
    known: dict[str, frozenset[str]] = {}
    for field_name, field_mapping in given.fields.items():
        field = view.by_name[field_name]
        if field.type is FieldType.PHOTO:
            photo = field_mapping
            continue
        position = given.columns.index(field_mapping.column) if field_mapping.column else None
        convert = _converter(mapping, field, field_mapping, _cleaning(mapping, given, field_mapping))
        origins[field_name] = _Origin(position, field_mapping.value, convert)
        codes = mapping.codes_of(field_mapping)
        if field.domain:
            known[field_name] = domain_codes(field.domain)
        elif codes and field.type is FieldType.TEXT:
            known[field_name] = frozenset(codes.values())
    return Reader(view, given.columns, origins, photo, known)


def _cleaning(mapping: Mapping, view: ViewMapping, field: FieldMapping) -> Cleaning:
    """The field's own encoding and repairs, or its view's, or the file's."""
    forms = frozenset(form.strip().upper() for form in mapping.not_declared)
    encoding = field.encoding or view.encoding or mapping.encoding
    repair = next(given for given in (field.repair, view.repair, mapping.repair) if given is not None)
    return Cleaning(encoding, "trim" in repair, "mojibake" in repair, forms - {""})


def _converter(mapping: Mapping, field: Field, given: FieldMapping, cleaning: Cleaning) -> Converter:
    codes = mapping.codes_of(given)
    match field.type:
        case FieldType.DATE:
            return scalars.DateColumn(field.name, given.format, mapping.zone, cleaning)
        case FieldType.TIMESTAMP:
            return scalars.TimestampColumn(field.name, given.format, mapping.zone, cleaning)
        case FieldType.INTEGER:
            return scalars.ScalarColumn(field.name, scalars.integer_reader(cleaning), ReasonCode.NUMBER)
        case FieldType.BOOLEAN:
            return scalars.ScalarColumn(field.name, scalars.boolean_reader(codes, cleaning), ReasonCode.BOOLEAN)
    if field.domain or codes:
        return scalars.ScalarColumn(field.name, scalars.code_reader(codes or {}, cleaning), ReasonCode.CODE)
    return TextColumn(field.name, cleaning, field.length, field.fixed)
