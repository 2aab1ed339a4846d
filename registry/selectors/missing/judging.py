"""How a candidate answers the description, feature by feature. Points rank a list; they are no probability."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from registry.matching.features import explain
from registry.selectors.missing.criteria import MissingCriteria
from registry.selectors.missing.facts import Facts
from registry.values.dates import age_on
from registry.values.traces import mark_words
from senappen.lib.wording import day

NAMED: Final = ("name", "mother_name", "birth_date", "sex")

# Level of registry.matching.features → points.
_POINTS: Final[Mapping[str, Mapping[str, int]]] = {
    "name": {
        "equal": 30, "sounds": 28, "alias": 25, "contained": 24, "reordered": 24, "close": 22, "ends": 16,
        "given_and_surname": 16, "words": 16, "similar": 10, "given": 6, "different": -8,
    },
    "mother_name": {
        "equal": 25, "sounds": 24, "contained": 20, "close": 20, "ends": 14, "given_and_surname": 14, "similar": 8,
        "given": 5, "different": -10,
    },
    "birth_date": {
        "equal": 20, "swapped": 16, "first_january": 12, "one_digit": 12, "year": 10, "two_years": 6, "different": -12,
    },
    "sex": {"equal": 3, "different": -25},
}  # fmt: skip
_AGREES_FROM: Final = 10
_MARKS: Final = 25
_SOON: Final = timedelta(days=730)


class Agreement(StrEnum):
    """What a feature says of a candidate."""

    AGREES = "agrees"
    COMPATIBLE = "compatible"
    CONTRADICTS = "contradicts"


@dataclass(frozen=True, slots=True)
class Clue:
    """One feature's word, in Portuguese."""

    agreement: Agreement
    text: str
    points: int


def clues(
    criteria: MissingCriteria, facts: Facts, levels: Sequence[Mapping[str, str]], today: date
) -> tuple[Clue, ...]:
    """What each feature says; `levels` are those of the candidate's several names and records."""
    found = [
        *_compared(levels, criteria),
        *_aged(criteria, facts, today),
        *_raced(criteria, facts),
        *_marked(criteria, facts),
        *_dated(criteria, facts),
        *_placed(criteria, facts),
        *_unknown(facts),
    ]
    return tuple(sorted(found, key=lambda clue: (list(Agreement).index(clue.agreement), -abs(clue.points))))


def _clue(points: int, text: str, agrees_from: int = 1) -> Clue:
    if points < 0:
        return Clue(Agreement.CONTRADICTS, text, points)
    return Clue(Agreement.AGREES if points >= agrees_from else Agreement.COMPATIBLE, text, points)


def _compared(levels: Sequence[Mapping[str, str]], criteria: MissingCriteria) -> Iterator[Clue]:
    """The best level of each feature among the person's records and names."""
    for feature in NAMED:
        points = _POINTS[feature]
        known = [level[feature] for level in levels if level[feature]]
        if feature == "birth_date" and not _has_day(criteria):
            continue
        if known:
            best = max(known, key=lambda level: points[level])
            label, text = explain(feature, best)
            yield _clue(points[best], f"{label}: {text}", 3 if feature == "sex" else _AGREES_FROM)


def _has_day(criteria: MissingCriteria) -> bool:
    return criteria.birth is not None and criteria.birth.first == criteria.birth.last


def _aged(criteria: MissingCriteria, facts: Facts, today: date) -> Iterator[Clue]:
    """A year or a range of birth, or an age that may be wrong by a tenth and is never exact to less than two years."""
    births = [record.birth for record in facts.records if record.birth]
    if not births or _has_day(criteria):
        return
    if criteria.birth:
        first, last = criteria.birth.first.year, criteria.birth.last.year
        away = min(max(first - birth.year, birth.year - last, 0) for birth in births)
        text = "nascimento no período" if not away else f"nascimento a {away} ano(s) do período"
        yield _clue(12 if not away else 4 if away <= 2 else -10, text, _AGREES_FROM)
    elif criteria.age is not None:
        ages = [age_on(birth, criteria.seen_on or today) for birth in births]
        age = min(ages, key=lambda one: abs(one - (criteria.age or 0)))
        slack = max(2, round(criteria.age / 10))
        away = abs(age - criteria.age)
        yield _clue(8 if away <= slack else 3 if away <= 2 * slack else -10, f"idade na data: {age} anos", 8)


def _raced(criteria: MissingCriteria, facts: Facts) -> Iterator[Clue]:
    races = {record.race for record in facts.records if record.race and record.race != "NAO_INFORMADO"}
    if not criteria.race or not races:
        return
    if criteria.race in races:
        yield _clue(3, "cor ou raça igual")
    elif "PARDA" in races | {criteria.race}:
        yield Clue(Agreement.COMPATIBLE, "cor ou raça próxima", 0)  # who writes it down sees it, or asks
    else:
        yield _clue(-4, "cor ou raça diferente")


def _marked(criteria: MissingCriteria, facts: Facts) -> Iterator[Clue]:
    asked = criteria.words
    if not asked or not facts.marks:
        return
    best = max(facts.marks, key=lambda text: len(set(asked) & set(mark_words(text))))
    common = {word for text in facts.marks for word in mark_words(text)} & set(asked)
    if common:
        yield _clue(round(_MARKS * len(common) / len(asked)), f"sinal: {best}")
    else:
        yield Clue(Agreement.COMPATIBLE, "outros sinais, nenhum dos descritos", 0)


def _dated(criteria: MissingCriteria, facts: Facts) -> Iterator[Clue]:
    seen = criteria.seen_on
    if seen is None or not facts.stays:
        return
    held = [stay for stay in facts.stays if stay.cell and stay.end and stay.start < seen < stay.end]
    if held:
        yield _clue(-20, f"constava preso em {day(seen)}")
        return
    after = [stay for stay in facts.stays if stay.start >= seen - timedelta(days=1)]
    if after:
        first = after[0].start
        soon = first - seen <= _SOON
        yield _clue(12 if soon else 5, f"entrou no sistema prisional em {day(first)}, depois de vista")
    elif all(stay.end and stay.end < seen for stay in facts.stays):
        yield _clue(-6, "só esteve preso antes de desaparecer")


def _placed(criteria: MissingCriteria, facts: Facts) -> Iterator[Clue]:
    if criteria.uf and facts.records:
        here = any(record.uf == criteria.uf for record in facts.records)
        yield (
            _clue(5, f"cadastro em {criteria.uf}")
            if here
            else Clue(Agreement.COMPATIBLE, "cadastro em outro estado", 0)
        )


def _unknown(facts: Facts) -> Iterator[Clue]:
    if facts.is_unnamed:
        yield _clue(15, "o estado não sabe quem é")
    elif facts.is_undocumented:
        yield _clue(6, "sem documento nem mãe no cadastro")
    if facts.has_rji_alone:
        yield Clue(Agreement.COMPATIBLE, "só tem RJI: pode ser RJI de exceção", 0)
