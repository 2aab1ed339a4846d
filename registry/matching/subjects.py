"""A record as matching compares it: one function makes it, for a whole base and for one record that just arrived."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final, NamedTuple

from registry.values import cpf as cpf_numbers
from registry.values import phonetics
from registry.values.names import agnome, repair_mojibake
from registry.values.text import PARTICLES, normalise

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
    oab: str = ""


class Subject(NamedTuple):
    """The comparable form. Names are without particles and agnome; None is unknown.

    `keys` are the phonetic keys of the words, without initials, and `key_*` are made of them: `key_words` is the name
    in any order, `key_start` and `key_tail` the first and the last two of three words or more. `birth_any` is one for
    a day and the same with day and month exchanged. `cpf_right` is the CPF if its check digits agree.
    """

    id: int
    name: str | None
    agnome: str | None
    alias: str | None
    keys: list[str] | None
    key_name: str | None
    key_words: str | None
    key_given: str | None
    key_ends: str | None
    key_last: str | None
    key_start: str | None
    key_tail: str | None
    mother: str | None
    mother_keys: list[str] | None
    key_mother: str | None
    key_mother_given: str | None
    key_mother_ends: str | None
    key_father: str | None
    key_father_given: str | None
    birth: str | None
    birth_any: str | None
    year: int | None
    month_day: str | None
    cpf: str | None
    cpf_right: str | None
    rji: str | None
    rg: str | None
    rg_uf: str | None
    oab: str | None
    lawyer: str | None
    birthplace: str | None
    sex: str | None


_SPECIAL: Final = {"id": "BIGINT", "year": "INTEGER", "keys": "VARCHAR[]", "mother_keys": "VARCHAR[]"}
# Column → type, in DuckDB.
COLUMNS: Final = {name: _SPECIAL.get(name, "VARCHAR") for name in Subject._fields}
# What has to be kept of it: lists of keys are their key split at the spaces.
SENT: Final = tuple(name for name in Subject._fields if name not in ("keys", "mother_keys"))


class _Name(NamedTuple):
    text: str | None = None
    agnome: str | None = None
    keys: list[str] | None = None

    @property
    def key(self) -> str | None:
        return " ".join(self.keys) if self.keys else None

    @property
    def words(self) -> str | None:
        return " ".join(sorted(self.keys)) if self.keys else None

    @property
    def given(self) -> str | None:
        return self.keys[0] if self.keys else None

    @property
    def last(self) -> str | None:
        return self.keys[-1] if self.keys and len(self.keys) > 1 else None

    @property
    def start(self) -> str | None:
        return " ".join(self.keys[:2]) if self.keys and len(self.keys) > 2 else None

    @property
    def tail(self) -> str | None:
        return " ".join(self.keys[-2:]) if self.keys and len(self.keys) > 2 else None

    @property
    def ends(self) -> str | None:
        return f"{self.given} {self.last}" if self.last else None


_UNKNOWN: Final = _Name()


def subjects(sources: Iterable[Source]) -> Iterable[Subject]:
    """The comparable form of each record."""
    return map(subject, sources)


def subject(source: Source) -> Subject:
    """The comparable form of one record."""
    name, mother, father = _name(source.name), _name(source.mother), _name(source.father)
    birth, birth_any, year, month_day = _birth(source.birth)
    cpf = _cpf(source.cpf)
    return Subject(
        id=source.id, name=name.text, agnome=name.agnome, alias=_name(source.alias).text,
        keys=name.keys, key_name=name.key, key_words=name.words, key_given=name.given, key_ends=name.ends,
        key_last=name.last, key_start=name.start, key_tail=name.tail,
        mother=mother.text, mother_keys=mother.keys, key_mother=mother.key, key_mother_given=mother.given,
        key_mother_ends=mother.ends, key_father=father.key, key_father_given=father.given,
        birth=birth, birth_any=birth_any, year=year, month_day=month_day, cpf=cpf,
        cpf_right=cpf if cpf and cpf_numbers.is_valid(cpf) else None, rji=source.rji or None, rg=source.rg or None,
        rg_uf=(source.rg_uf or None) if source.rg else None, oab=source.oab or None,
        lawyer="OAB" if source.oab else None, birthplace=source.birthplace or None, sex=source.sex or None,
    )  # fmt: skip


def _name(written: str) -> _Name:
    if not written:
        return _UNKNOWN
    text = repair_mojibake(written)
    plain = normalise(text)
    words = [word for word in plain.split() if word not in PARTICLES]
    if not words or plain in FILLER or len(plain) < 3:
        return _UNKNOWN
    ending = agnome(words) if len(words) > 2 else None
    if ending:
        words = words[:-1]
    # An initial agrees with any word that begins with it, so it tells nothing by itself.
    return _Name(" ".join(words), ending, [phonetics.key(word) for word in words if len(word) > 1] or None)


def _birth(day: date | None) -> tuple[str | None, str | None, int | None, str | None]:
    """The day, the day or the one with day and month exchanged, its year, and day and month.

    The first of January stands for an unknown day and is none to look for.
    """
    if day is None or day.year < _EARLIEST_BIRTH:
        return None, None, None, None
    lesser, greater = sorted((day.day, day.month))
    month_day = f"{day.month:02d}{day.day:02d}"
    return (
        f"{day.year}{month_day}", f"{day.year}{lesser:02d}{greater:02d}", day.year,
        None if month_day == "0101" else month_day,
    )  # fmt: skip


def _cpf(written: str) -> str | None:
    digits = "".join(filter(str.isdigit, written))
    return digits if len(digits) == _CPF_DIGITS and len(set(digits)) > 1 else None
