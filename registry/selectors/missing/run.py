"""One search of somebody missing, from the description to a page of candidates."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from django.utils import timezone

from registry.matching.comparing import levels
from registry.matching.subjects import Source, Subject, subject
from registry.scope import Scope
from registry.selectors.crossing.rows import PersonBrief, persons_of
from registry.selectors.missing import facts as reading
from registry.selectors.missing import pool
from registry.selectors.missing.criteria import MissingCriteria
from registry.selectors.missing.facts import Facts
from registry.selectors.missing.judging import NAMED, Clue, clues
from registry.selectors.provenance import Source as Told
from registry.selectors.search import origins

PAGE_SIZE: Final = 20
LIMIT: Final = 100
_LEAST: Final = 15  # points below which nothing is worth an agent's time


@dataclass(frozen=True, slots=True)
class MissingSeen:
    """A candidate, the clues for and against, and how the states describe the marks. Never a verdict."""

    person: PersonBrief
    clues: tuple[Clue, ...]
    points: int
    unidentified: bool
    marks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Candidates:
    """A page of candidates, the likeliest first. `compared` counts everyone looked at; `cut`: more than LIMIT answer.

    `sources` are all the states searched: to find nobody means no more than the last load of each.
    """

    rows: tuple[MissingSeen, ...]
    total: int
    cut: bool
    compared: int
    page: int
    pages: int
    sources: tuple[Told, ...]

    @property
    def late(self) -> tuple[Told, ...]:
        """Origins whose last load is older than agreed."""
        return tuple(source for source in self.sources if source.late)


def find_missing(criteria: MissingCriteria, scope: Scope, page: int = 1) -> Candidates:
    """Compare the description with all who may be meant. A page beyond is the last."""
    now = timezone.now()
    known = reading.read(pool.candidates(criteria, scope), scope)
    ranked = _ranked(criteria, known, timezone.localdate(now))
    kept = ranked[:LIMIT]
    pages = max(1, -(-len(kept) // PAGE_SIZE))
    page = min(max(1, page), pages)
    shown = kept[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]
    briefs = persons_of([person for _, person, _ in shown], scope, now)
    rows = [
        MissingSeen(briefs[person], told, points, known[person].is_unnamed, tuple(known[person].marks[:4]))
        for points, person, told in shown
        if person in briefs
    ]
    return Candidates(tuple(rows), len(kept), len(ranked) > LIMIT, len(known), page, pages, origins())


def _ranked(criteria: MissingCriteria, known: dict[int, Facts], today: date) -> list[tuple[int, int, tuple[Clue, ...]]]:
    subjects: list[Subject] = []
    owners: dict[int, int] = {}
    for person, facts in known.items():
        for one in reading.subjects_of(facts, len(subjects)):
            owners[one.id] = person
            subjects.append(one)
    found: dict[int, list[dict[str, str]]] = {person: [] for person in known}
    for number, level in levels(_asked(criteria), subjects, NAMED).items():
        found[owners[number]].append(level)
    told = ((person, clues(criteria, facts, found[person], today)) for person, facts in known.items())
    scored = ((sum(clue.points for clue in each), person, each) for person, each in told)
    return sorted((one for one in scored if one[0] >= _LEAST), key=lambda one: (-one[0], one[1]))


def _asked(criteria: MissingCriteria) -> Subject:
    birth = criteria.birth.first if criteria.birth and criteria.birth.first == criteria.birth.last else None
    return subject(Source(0, criteria.name, mother=criteria.mother, birth=birth, sex=criteria.sex))
