"""What is known of somebody missing."""

from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any

from registry.values.dates import BirthRange
from registry.values.traces import mark_words


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingCriteria:
    """A description. `age` is approximate, on the day last seen or today; `birth` outranks it.

    Personal data stays out of repr, which may reach a log.
    """

    name: str = field(default="", repr=False)
    mother: str = field(default="", repr=False)
    birth: BirthRange | None = field(default=None, repr=False)
    age: int | None = field(default=None, repr=False)
    sex: str = field(default="", repr=False)
    race: str = field(default="", repr=False)
    marks: str = field(default="", repr=False)
    seen_on: date | None = field(default=None, repr=False)
    uf: str = field(default="", repr=False)

    @property
    def words(self) -> tuple[str, ...]:
        """The telling words of the marks, by sound."""
        return mark_words(self.marks)

    @property
    def is_selective(self) -> bool:
        """True if a name, marks, or a sex with an age or a birth tell somebody from the rest."""
        aged = self.birth is not None or self.age is not None
        return bool(self.name.strip() or self.mother.strip() or self.words or (self.sex and aged))


def to_json(criteria: MissingCriteria) -> dict[str, Any]:
    """The description as JSON types, without what is empty: what is kept and what the audit records."""
    told: dict[str, Any] = {option.name: getattr(criteria, option.name) for option in fields(criteria)}
    if criteria.birth:
        told["birth"] = [criteria.birth.first.isoformat(), criteria.birth.last.isoformat()]
    if criteria.seen_on:
        told["seen_on"] = criteria.seen_on.isoformat()
    return {name: value for name, value in told.items() if value not in ("", None)}


def from_json(told: dict[str, Any]) -> MissingCriteria:
    """The description that `to_json` wrote."""
    birth = BirthRange(*map(date.fromisoformat, told["birth"])) if "birth" in told else None
    seen_on = date.fromisoformat(told["seen_on"]) if "seen_on" in told else None
    return MissingCriteria(**{**told, "birth": birth, "seen_on": seen_on})
