"""From a profile to columns: the SQL type of each, how a value is written, and what the mapping must say of it."""

import dataclasses
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from fictitious import contract
from fictitious.rows import REFERENCES, UNKNOWN_NUMBER, Value
from fictitious.states.spec import Profile, Table, View

NULL = "\\N"  # of PostgreSQL's COPY text format
Writer = Callable[[Value], str]
PLAIN = {ord(c): unicodedata.normalize("NFD", c)[0] for c in "ÁÀÂÃÄÉÊÈËÍÎÌÏÓÔÕÒÖÚÛÙÜÇÑ"} | {
    ord("º"): "O",
    ord("ª"): "A",
}


@dataclass(frozen=True)
class Column:
    """One native column: the contract field it holds and how."""

    field: str
    name: str
    sql: str
    write: Writer
    mapping: dict[str, str] = dataclasses.field(default_factory=dict)
    lookup: str | None = None


def _keep(text: str) -> str:
    return text


def _plain(text: str) -> str:
    return text.upper().translate(PLAIN)


STYLES: dict[str, Callable[[str], str]] = {"keep": _keep, "upper": str.upper, "plain": _plain}


def of_table(profile: Profile, view: View, table: Table) -> list[Column]:
    """The columns of one native table of a view."""
    columns = [_column(profile, view.contract, name, native) for name, native in table.columns.items()]
    if view.contract == "vw_preso" and table is view.tables[0]:
        text = STYLES[profile.text]
        columns += [Column(f"doc:{kind}", name, "text", _text(text)) for kind, name in profile.folded.items()]
    return columns


def _column(profile: Profile, view: str, name: str, native: str) -> Column:
    target = view if name == "id_origem" else REFERENCES.get(name)
    if target:
        return _key(profile, target, name, native)
    domain = contract.domain_of(view, name)
    if domain == "st_registro" and profile.deleted == "flag":
        return Column(name, native, "boolean", lambda value: "t" if value == "E" else "f")
    if domain and domain in profile.lookups:
        return _lookup(profile, domain, name, native)
    if domain:
        codes = profile.codes.get(domain)
        return Column(name, native, "text", _coded(codes or {}), {"codes": domain} if codes else {})
    return _typed(profile, name, native, contract.views()[view][name].kind)


def _typed(profile: Profile, name: str, native: str, kind: str) -> Column:
    if kind == "date":
        return _dated(name, native, profile.dates, "date")
    if kind == "timestamp":
        return _dated(name, native, None if name == "dt_atualizacao" else profile.times, "timestamp")
    if kind == "bool":
        yes, no = profile.flags or ("t", "f")
        return Column(name, native, "text" if profile.flags else "boolean", _flag(yes, no))
    if kind == "int":
        return Column(name, native, "integer", _number)
    if kind == "blob/text":
        sql = "bytea" if profile.photos == "blob" else "text"
        return Column(name, native, sql, _blob, {"photo": profile.photos})
    plain = name in ("conteudo_ou_uri", "sha256", "content_type", "email")
    return Column(name, native, "text", _text(_keep if plain else STYLES[profile.text]))


def _key(profile: Profile, target: str, name: str, native: str) -> Column:
    template = profile.keys.get(target, "{}")
    if template == "{}":
        return Column(name, native, "integer", _number)
    return Column(name, native, "text", lambda value: NULL if value is None else template.format(value))


def _lookup(profile: Profile, domain: str, name: str, native: str) -> Column:
    numbers = {code: str(number) for number, code in enumerate(contract.codes(domain), 1)}
    mapping = {"codes": domain} if domain in profile.codes else {}
    return Column(name, native, "integer", _numbered(numbers), mapping, profile.lookups[domain])


def _dated(name: str, native: str, style: str | None, sql: str) -> Column:
    if style is None:
        return Column(name, native, sql, lambda value: NULL if value is None else str(value))
    return Column(name, native, "text", _formatted(style), {"format": style})


def _formatted(style: str) -> Writer:
    def write(value: Value) -> str:
        return value.strftime(style) if isinstance(value, date) else NULL

    return write


def _coded(codes: dict[str, str]) -> Writer:
    def write(value: Value) -> str:
        return NULL if value is None else codes.get(str(value), str(value))

    return write


def _numbered(numbers: dict[str, str]) -> Writer:
    def write(value: Value) -> str:
        return NULL if value is None else numbers.get(str(value), str(UNKNOWN_NUMBER))

    return write


def _text(style: Callable[[str], str]) -> Writer:
    def write(value: Value) -> str:
        return NULL if value is None else style(str(value))

    return write


def _flag(yes: str, no: str) -> Writer:
    def write(value: Value) -> str:
        return NULL if value is None else yes if value else no

    return write


def _number(value: Value) -> str:
    return NULL if value is None else str(value)


def _blob(value: Value) -> str:
    if value is None:
        return NULL
    return "\\\\x" + value.hex() if isinstance(value, bytes) else str(value)
