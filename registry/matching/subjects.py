"""A record as matching compares it: one function makes it, for a whole base and for one record that just arrived."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final, NamedTuple

from registry.values import phonetics
from registry.values.names import repair_mojibake, suffix
from registry.values.text import normalise, tokens

# What systems write when they have nothing to write, in comparable form.
FILLER: Final = frozenset(
    """NAO INFORMADO|NAO INFORMADA|NAO DECLARADO|NAO DECLARADA|NAO CONSTA|NADA CONSTA|IGNORADO|IGNORADA|DESCONHECIDO
    |DESCONHECIDA|SEM INFORMACAO|SEM REGISTRO|NC|N C|NI|N I|ND|N D|XXX""".replace("\n    ", "").split("|")
)
_EARLIEST_BIRTH: Final = 1900
_CPF_DIGITS: Final = 11


class Source(NamedTuple):
    """What a record brings to matching, as received. `cpf` may be of wrong check digits: a typed one is evidence."""

    id: int
    name: str
    mother: str = ""
    father: str = ""
    alias: str = ""
    birth: date | None = None
    sex: str = ""
    cpf: str = ""
    rji: str = ""
    rg: str = ""
    rg_uf: str = ""
    birthplace: str = ""


class Subject(NamedTuple):
    """The comparable form. Names are without particles and agnome; `key_*` are phonetic keys; None is unknown."""

    id: int
    name: str | None
    agnome: str | None
    alias: str | None
    keys: list[str] | None
    key_name: str | None
    key_given: str | None
    key_ends: str | None
    key_last: str | None
    mother: str | None
    mother_keys: list[str] | None
    key_mother: str | None
    key_mother_given: str | None
    key_mother_ends: str | None
    key_father: str | None
    key_father_given: str | None
    birth: str | None
    year: int | None
    month_day: str | None
    cpf: str | None
    rji: str | None
    rg: str | None
    rg_uf: str | None
    birthplace: str | None
    sex: str | None


_SPECIAL: Final = {"id": "BIGINT", "year": "INTEGER", "keys": "VARCHAR[]", "mother_keys": "VARCHAR[]"}
# Column → type, in DuckDB.
COLUMNS: Final = {name: _SPECIAL.get(name, "VARCHAR") for name in Subject._fields}


class _Name(NamedTuple):
    text: str | None = None
    agnome: str | None = None
    keys: list[str] | None = None

    @property
    def key(self) -> str | None:
        return " ".join(self.keys) if self.keys else None

    @property
    def given(self) -> str | None:
        return self.keys[0] if self.keys else None

    @property
    def last(self) -> str | None:
        return self.keys[-1] if self.keys and len(self.keys) > 1 else None

    @property
    def ends(self) -> str | None:
        return f"{self.given} {self.last}" if self.last else None


def subjects(sources: Iterable[Source]) -> Iterable[Subject]:
    """The comparable form of each record."""
    return map(subject, sources)


def subject(source: Source) -> Subject:
    """The comparable form of one record."""
    name, mother, father = _name(source.name), _name(source.mother), _name(source.father)
    birth = source.birth if source.birth and source.birth.year >= _EARLIEST_BIRTH else None
    return Subject(
        id=source.id, name=name.text, agnome=name.agnome, alias=_name(source.alias).text,
        keys=name.keys, key_name=name.key, key_given=name.given, key_ends=name.ends, key_last=name.last,
        mother=mother.text, mother_keys=mother.keys, key_mother=mother.key, key_mother_given=mother.given,
        key_mother_ends=mother.ends, key_father=father.key, key_father_given=father.given,
        birth=birth.strftime("%Y%m%d") if birth else None, year=birth.year if birth else None,
        # The first of January stands for an unknown day.
        month_day=birth.strftime("%m%d") if birth and (birth.month, birth.day) != (1, 1) else None,
        cpf=_cpf(source.cpf), rji=source.rji or None, rg=source.rg or None,
        rg_uf=(source.rg_uf or None) if source.rg else None, birthplace=source.birthplace or None,
        sex=source.sex or None,
    )  # fmt: skip


def _name(written: str) -> _Name:
    text = repair_mojibake(written)
    plain = normalise(text)
    words = tokens(text)
    if not words or plain in FILLER or len(plain) < 3:
        return _Name()
    agnome = suffix(text) if len(words) > 2 else None
    if agnome:
        words = words[:-1]
    return _Name(" ".join(words), agnome, [phonetics.key(word) for word in words])


def _cpf(written: str) -> str | None:
    digits = "".join(filter(str.isdigit, written))
    return digits if len(digits) == _CPF_DIGITS and len(set(digits)) > 1 else None
