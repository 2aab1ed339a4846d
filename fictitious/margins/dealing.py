"""Every person's categories, dealt so that each line has the people it should."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import cycle, islice
from random import Random
from typing import Final

from fictitious.margins import form
from fictitious.margins.closing import Closed
from fictitious.margins.form import SEXES, Block, Line

UNKNOWN_AGE: Final = len(form.AGE.lines)


@dataclass(slots=True, eq=False)
class Person:
    """What the records of somebody will say. `age`: number of the band. `term`, `rest`: numbers of the brackets, -1 for
    a term not told. `values`: fields of vw_preso.
    """

    sex: str
    regime: str
    court: str
    age: int = UNKNOWN_AGE
    rdd: bool = False
    long: bool = False
    term: int = -1
    rest: int = -1
    visited: bool = False
    death: str | None = None
    values: dict[str, str] = field(default_factory=dict)
    disabilities: list[str] = field(default_factory=list)
    documents: list[str] = field(default_factory=list)
    offences: list[str] = field(default_factory=list)
    work: tuple[str, str, str] | None = None  # whose vacancy, sector, inside
    pay: str | None = None
    study: list[str] = field(default_factory=list)
    reading: list[str] = field(default_factory=list)
    came: str | None = None  # by which movement of the period
    left: str | None = None  # likewise; such a one is no longer held
    absences: list[str] = field(default_factory=list)
    visits: int = 0

    @property
    def convicted(self) -> bool:
        return self.regime in form.CONVICTED


def deal(closed: Closed, rng: Random) -> list[Person]:
    """The people of a state: those held, then those who died within the period, then those who left."""
    held: list[Person] = []
    gone: list[Person] = []
    for sex in SEXES:
        dealer = _Dealer(closed, rng, sex)
        held += dealer.held()
        gone += dealer.gone
    _visits(closed, [one for one in (*held, *gone) if one.visits])
    inside = sorted(held, key=lambda one: one.regime != "FECHADO")
    for one in inside[: closed.columns[form.RDD]]:
        one.rdd = True
    dead = [
        Person(sex, "PROVISORIO", "ESTADUAL", death=cause)
        for sex in SEXES for cause, line in form.DEATHS.items() for _ in range(closed.of(line, sex))
    ]  # fmt: skip
    return held + dead + gone


def _visits(closed: Closed, received: Sequence[Person]) -> None:
    """Everybody who received a visit has one already; the others that there were, in turns."""
    for one in islice(cycle(received), closed.columns[form.VISITS] - len(received)):
        one.visits += 1


class _Dealer:
    """One sex. Each block is dealt to the people in an order of its own, so that blocks do not go together."""

    def __init__(self, closed: Closed, rng: Random, sex: str) -> None:
        self.closed, self.rng, self.sex = closed, rng, sex
        places = [code.split() for code in self._codes(form.POPULATION)]
        self.people = [Person(sex, regime, court) for regime, court in places]
        departures = [kind for kind in form.DEPARTURES for _ in range(closed.of(form.FLOWS[kind], sex))]
        self.gone = [Person(sex, "PROVISORIO", "ESTADUAL", left=kind) for kind in departures]

    def held(self) -> list[Person]:
        for name, block in form.OF_EVERYBODY.items():
            self._each(self.people, block, lambda one, code, name=name: one.values.update({name: code}))  # type: ignore[misc]
        nations = tuple(line for line in form.NATIONALITY.lines if line.code != form.FOREIGN)
        self._each(self.people, Block("", nations), lambda one, code: one.values.update(nacionalidade=code))
        bands = {line.code: at for at, line in enumerate(form.AGE.lines)}
        self._each(self.people, form.AGE, lambda one, code: setattr(one, "age", bands[code]))
        provisional = [one for one in self.people if one.regime == "PROVISORIO"]
        for one in self.rng.sample(provisional, self.closed.of(form.LONG, self.sex)):
            one.long = True
        for one in self.rng.sample(self.people, self.closed.of(form.VISITED, self.sex)):
            one.visited = True
        self._several()
        self._terms()
        self._busy()
        self._flow()
        return self.people

    def _codes(self, lines: Iterable[Line]) -> list[str]:
        return [line.code for line in lines for _ in range(self.closed.of(line, self.sex))]

    def _each(self, people: Sequence[Person], block: Block, give: Callable[[Person, str], None]) -> None:
        """One line of a block to each of as many people as it has."""
        codes = self._codes(block.lines)
        for one, code in zip(self.rng.sample(list(people), len(codes)), codes, strict=True):
            give(one, code)

    def _several(self) -> None:
        """Disabilities, documents and offences: lines that the same person may be in."""
        closed, sex = self.closed, self.sex
        kinds = [Line(code, form.DISABLED[at].men, form.DISABLED[at].women) for code, at in _KINDS]
        self._round(closed.of(form.DISABLED[0], sex), self._codes(kinds), lambda one: one.disabilities)
        papers = [Line(kind, line.men, line.women) for kind, line in form.DOCUMENTS.items()]
        self._round(closed.of(form.WITH_DOCUMENT, sex), self._codes(papers), lambda one: one.documents)
        self._round(closed.of(form.WITH_OFFENCE, sex), self._codes(form.OFFENCES), lambda one: one.offences)

    def _round(self, number: int, codes: Sequence[str], of: Callable[[Person], list[str]]) -> None:
        """Lines dealt in turns to so many people: nobody has a line twice that has no more people than these."""
        for one, code in zip(cycle(self.rng.sample(self.people, number)), codes, strict=False):
            of(one).append(code)

    def _terms(self) -> None:
        """Terms and what remains of them, both from the longest, so that none has more left than the whole. The oldest
        have served longest."""
        convicts = [one for one in self.people if one.convicted]
        terms, rests = (
            [at for at, line in reversed(list(enumerate(block.lines))) for _ in range(self.closed.of(line, self.sex))]
            for block in (form.SENTENCE, form.REMAINING)
        )
        pairs = sorted(zip(terms, rests, strict=True), key=lambda pair: pair[0] - pair[1], reverse=True)
        self.rng.shuffle(convicts)
        convicts.sort(key=lambda one: -one.age if one.age < UNKNOWN_AGE else 0)
        for one, (term, rest) in zip(convicts, pairs, strict=False):
            one.term, one.rest = term, rest

    def _busy(self) -> None:
        """Work, pay and study. Whoever does both comes first among the workers; others who study do not work."""
        closed, sex = self.closed, self.sex
        people = self.rng.sample(self.people, len(self.people))
        work, study = self._codes(form.LABOUR.lines), self._codes(form.STUDY)
        workers, idle = people[: len(work)], people[len(work) :]
        self.rng.shuffle(work)
        for one, code in zip(workers, work, strict=True):
            place, sector, inside = code.split("|")
            one.work = (place, sector, inside)
        self._each(workers, form.PAY, lambda one, code: setattr(one, "pay", code))
        both = closed.of(form.BOTH, sex)
        students = workers[:both] + idle[: max(0, len(study) - both)]
        for one, code in zip(cycle(students or people), study, strict=False):
            one.study.append(code)
        for nature, line in form.READING.items():
            for one in islice(self.rng.sample(self.people, len(self.people)), closed.of(line, sex)):
                one.reading.append(nature)

    def _flow(self) -> None:
        """Who arrived within the period: those arrested last, of whom it is likeliest; who was away; who had visits.
        Those who have a visitor have the visits, as far as there are any.
        """
        closed, sex = self.closed, self.sex
        arrivals = [kind for kind in form.ARRIVALS for _ in range(closed.of(form.FLOWS[kind], sex))]
        lately = sorted(self.people, key=lambda one: (one.regime != "PROVISORIO", one.long, one.term))
        for one, kind in zip([*lately, *self.gone], arrivals, strict=False):
            one.came = kind
        for kind in form.ABSENCES:
            for one in islice(cycle(self.people), closed.of(form.FLOWS[kind], sex)):
                one.absences.append(kind)
        known_first = sorted(self.people, key=lambda one: not one.visited)
        for one in [*known_first, *self.gone][: closed.of(form.RECEIVED, sex)]:
            one.visits = 1


_KINDS: Final = tuple(form.KINDS_OF_DISABILITY.items())
