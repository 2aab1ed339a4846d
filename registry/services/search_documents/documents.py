"""The search document of a person, composed from facts."""

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from registry.models import Audience, RecordKind
from registry.services.search_documents.facts import Facts
from registry.services.search_documents.situations import place
from registry.values import lexemes, phonetics
from registry.values.dates import parse_date
from registry.values.errors import InvalidDate
from registry.values.names import PARTICLES, normalise

KEY_WIDTH = 40  # of NameKey.key: longer ones are glued or garbage, and as unique without their end

COLUMNS = (
    "person_id", "audience", "names", "mothers", "fathers", "births", "sex", "kinds", "ufs", "uf", "unit_id", "regime",
    "modality", "situation", "keys",
)  # fmt: skip


@dataclass(frozen=True)
class Draft:
    """A search document whose phonetic keys have no ids yet: `*_keys` are in order of words."""

    person: int
    audience: Audience
    names: tuple[str, ...]
    mothers: tuple[str, ...]
    fathers: tuple[str, ...]
    births: tuple[date, ...]
    ufs: tuple[str, ...]
    name_keys: tuple[str, ...]
    mother_keys: tuple[str, ...]
    father_keys: tuple[str, ...]
    facts: Facts

    def row(self, ids: Mapping[str, int], paired: Container[int]) -> tuple[object, ...]:
        """The values of COLUMNS; `paired` are the ids of keys whose pairs are told."""
        situation, custody = place(self.facts)
        return (
            self.person,
            self.audience.value,
            "|".join(self.names),
            "|".join(self.mothers),
            "|".join(self.fathers),
            list(self.births),
            next((record.sex for record in self.facts.records if record.sex), ""),
            sorted({record.kind for record in self.facts.records}),
            list(self.ufs),
            custody.uf if custody else "",
            custody.unit if custody else None,
            custody.regime if custody else "",
            custody.modality if custody else "",
            situation.value,
            self._lexemes(ids, paired),
        )

    def _lexemes(self, ids: Mapping[str, int], paired: Container[int]) -> list[int]:
        """Keys of the names word by word, of the mothers, of the fathers, then years of birth, states and pairs."""
        names, mothers, fathers = (
            [ids[key] for key in keys] for keys in (self.name_keys, self.mother_keys, self.father_keys)
        )
        years = [lexemes.of_year(year) for year in sorted({birth.year for birth in self.births})]
        states = [lexeme for uf in self.ufs if (lexeme := lexemes.of_state(uf)) is not None]
        parents = (*map(lexemes.of_mother, mothers), *map(lexemes.of_father, fathers))
        return [*names, *parents, *years, *states, *lexemes.pairs(names, mothers, fathers, years, paired)]


def drafts(person: int, facts: Facts) -> Iterator[Draft]:
    """The documents of a person with these facts: one, or two where a lawyer's record is among others."""
    if all(record.kind != RecordKind.LAWYER for record in facts.records):
        yield draft(person, facts, Audience.EVERYBODY)
        return
    yield draft(person, facts, Audience.LAWYERS)
    others = facts.without_lawyers()
    if others.records:
        yield draft(person, others, Audience.OTHERS)


def draft(person: int, facts: Facts, audience: Audience) -> Draft:
    """The document made of these facts. Prison registrations speak first."""
    facts.records.sort(key=lambda record: not record.is_prisoner)
    names = [name for record in facts.records for name in (record.name, record.social_name)]
    names += [other.value for other in facts.names if other.kind in ("NOME", "ALCUNHA")]
    mothers = [record.mother for record in facts.records]
    mothers += [other.value for other in facts.names if other.kind == "MAE"]
    fathers = [record.father for record in facts.records]
    fathers += [other.value for other in facts.names if other.kind == "PAI"]
    births = [record.birth for record in facts.records if record.birth]
    births += [birth for other in facts.names if other.kind == "NASC" and (birth := _date(other.value))]
    distinct_names, distinct_mothers, distinct_fathers = map(_distinct, (names, mothers, fathers))
    return Draft(
        person=person,
        audience=audience,
        names=distinct_names,
        mothers=distinct_mothers,
        fathers=distinct_fathers,
        births=tuple(dict.fromkeys(births)),
        ufs=tuple(sorted({record.uf for record in facts.records})),
        name_keys=_keys(distinct_names),
        mother_keys=_keys(distinct_mothers),
        father_keys=_keys(distinct_fathers),
        facts=facts,
    )


def _keys(names: Iterable[str]) -> tuple[str, ...]:
    """Of names that are normalised already; `phonetics.keys` would do it again."""
    words = (word for name in names for word in name.split() if word not in PARTICLES)
    return tuple(phonetics.key(word)[:KEY_WIDTH] for word in words)


def _distinct(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(normal for text in texts if (normal := normalise(text))))


def _date(text: str) -> date | None:
    try:
        return parse_date(text)
    except InvalidDate:
        return None
