"""The shape of a mapping file (format 1). What depends on the contract is checked in `ingestion.mapping.checks`."""

import codecs
import re
from typing import Annotated, Any
from zoneinfo import ZoneInfo, available_timezones

from pydantic import AfterValidator, BeforeValidator, Field

from ingestion.mapping.api import PATH, Api, Endpoint, Incremental, JsonPath, Pagination, PhotoServer, Strict

FORMAT = 1
REPAIRS = ("trim", "mojibake")
IDENTIFIER = re.compile(r"[^\W\d][\w$#]*")


def _supported(expected: int) -> AfterValidator:
    def check(value: int) -> int:
        if value != expected:
            raise ValueError(f"só a versão {expected} é conhecida")
        return value

    return AfterValidator(check)


def _zone(value: str) -> str:
    if value not in available_timezones():
        raise ValueError(f"fuso “{value}” desconhecido; use um nome como America/Maceio")
    return value


def _encoding(value: str) -> str:
    try:
        return codecs.lookup(value).name
    except (LookupError, ValueError):
        raise ValueError(f"codificação “{value}” desconhecida; use utf-8, latin-1 ou cp1252") from None


def _repair(value: str) -> str:
    if value not in REPAIRS:
        raise ValueError(f"reparo “{value}” desconhecido; os que existem: {', '.join(REPAIRS)}")
    return value


def _relation(value: str) -> str:
    parts = value.split(".")
    if len(parts) > 3 or not all(IDENTIFIER.fullmatch(part) for part in parts):
        raise ValueError(f"“{value}” não é nome de visão; escreva esquema.visao, sem aspas nem expressões")
    return value


def _column(value: str) -> str:
    # A path in an API's record, too; `checks` holds the columns of a relation to IDENTIFIER.
    if not PATH.fullmatch(value):
        raise ValueError(f"“{value}” não é nome de coluna; expressões ficam na visão do estado")
    return value


def _photo(value: str) -> str:
    if value not in ("blob", "path", "url"):
        raise ValueError(
            "photo deve ser blob (a imagem está na coluna), path (a coluna diz o arquivo) ou url (o endereço)"
        )
    return value


def _long_form(value: Any) -> Any:
    return {"column": value} if isinstance(value, str) else value


Encoding = Annotated[str, AfterValidator(_encoding)]
Repair = Annotated[str, AfterValidator(_repair)]


class FieldMapping(Strict):
    """Where one contract field comes from: a column, or a `value` that is the same for every row."""

    column: Annotated[str, AfterValidator(_column)] | None = None
    value: str | None = None
    format: str | None = None  # strptime directives
    codes: str | dict[str, str] | None = None  # name of a map under `codes`, or the map
    photo: Annotated[str, AfterValidator(_photo)] | None = None
    encoding: Encoding | None = None
    repair: list[Repair] | None = None


class ViewMapping(Strict):
    """What gives one view of the contract: a relation of the state's database or an endpoint of its API.

    The rest stands in for what `api` and the file say for every view, and a field's own for its view's; `parameters`
    are added to the API's.
    """

    relation: Annotated[str, AfterValidator(_relation)] = ""
    endpoint: Endpoint | None = None
    parameters: dict[str, str] = Field(default_factory=dict)
    records: JsonPath | None = None
    pagination: Pagination | None = None
    incremental: Incremental | None = None
    encoding: Encoding | None = None
    repair: list[Repair] | None = None
    fields: dict[str, Annotated[FieldMapping, BeforeValidator(_long_form)]]

    @property
    def columns(self) -> tuple[str, ...]:
        """The state's columns to read, each once, in the order of the file: also the order of a raw row."""
        return tuple(dict.fromkeys(field.column for field in self.fields.values() if field.column))


class Mapping(Strict):
    """A whole mapping file."""

    mapping: Annotated[int, _supported(FORMAT)]
    contract: Annotated[int, _supported(1)]
    origin: str
    timezone: Annotated[str, AfterValidator(_zone)]
    encoding: Encoding = "utf-8"
    not_declared: list[str] = Field(default_factory=list)
    repair: list[Repair] = Field(default_factory=list)
    codes: dict[str, dict[str, str]] = Field(default_factory=dict)
    api: Api | None = None  # rules 3 and 4
    photos: PhotoServer | None = None  # rules 1 and 5, where images are at addresses
    views: dict[str, ViewMapping]

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)

    def codes_of(self, field: FieldMapping) -> dict[str, str] | None:
        """The code map of a field, wherever it is written; None where the field has none."""
        return self.codes[field.codes] if isinstance(field.codes, str) else field.codes
