"""Margins that agree with each other: what no population could have is changed, by as little as there is a rule for.

Published forms contradict themselves: blocks of 5 have fewer people than 4.1 (a unit left them out) or more, more
sentences than convicts, more pay than work. Rules: 4.1 says how many people there are; a block with fewer has the rest
as not informed; one with more loses them from its largest line. Everything changed is told.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from fictitious.margins import form
from fictitious.margins.form import SEXES, Block, Columns, Line, Margins


@dataclass
class Closed:
    """Columns that agree; every column that the blocks cover has a value, zero included. `why` tells each change."""

    uf: str
    columns: Columns = field(default_factory=dict)
    why: dict[int, str] = field(default_factory=dict)

    def of(self, line: Line, sex: str) -> int:
        return self.columns.get(line.column(sex), 0)

    def people(self, sex: str) -> int:
        return sum(self.of(line, sex) for line in form.POPULATION)

    def convicts(self, sex: str) -> int:
        return sum(self.of(line, sex) for line in form.POPULATION if line.code.split()[0] in form.CONVICTED)


def close(given: Margins) -> Closed:
    """Margins that a population can have, as near to those given as the rules allow."""
    made = _Closing(given)
    for sex in SEXES:
        made.sex(sex)
    made.both_sexes()
    found = made.closed
    for column, count in found.columns.items():
        if given.columns.get(column, 0) != count:
            found.why.setdefault(column, "soma de linhas que mudaram")
    found.why = {c: words for c, words in found.why.items() if given.columns.get(c, 0) != found.columns[c]}
    return found


class _Closing:
    def __init__(self, given: Margins) -> None:
        self.given, self.closed = given.columns, Closed(given.uf)

    def sex(self, sex: str) -> None:
        """Every block of one sex, those that others depend on first."""
        for line in (*form.POPULATION, *form.CAPACITY, form.DISABLED_PLACES):
            self._take(line, sex)
        people, convicts = self.closed.people(sex), self.closed.convicts(sex)
        for block in (form.AGE, *form.OF_EVERYBODY.values()):
            self._fill(block, sex, people, "4.1")
        self._nationality(sex, people)
        self._at_most(form.LONG, sex, self._provisionals(sex), "os provisórios de 4.1")
        self._at_most(form.VISITED, sex, people, "as pessoas de 4.1")
        self._disabilities(sex, people)
        self._documents(sex, people)
        self._fill(form.SENTENCE, sex, convicts, "os condenados de 4.1")
        self._remaining(sex)
        self._offences(sex, people)
        self._fill(form.LABOUR, sex, people, "4.1", exactly=False)
        self._fill(form.PAY, sex, sum(self.closed.of(line, sex) for line in form.LABOUR.lines), "quem trabalha em 6.1")
        self._study(sex, people)
        for line in form.DEATHS.values():
            self._take(line, sex)
        self._flow(sex, people)

    def both_sexes(self) -> None:
        """Columns of both sexes and totals."""
        columns = self.closed.columns
        self._set(form.RDD, min(self.given.get(form.RDD, 0), sum(map(self.closed.people, SEXES))), "há menos pessoas")
        received = sum(self.closed.of(form.RECEIVED, sex) for sex in SEXES)
        visits = max(self.given.get(form.VISITS, 0), received) if received else 0
        self._set(form.VISITS, visits, "não cabe nas pessoas que receberam visita")
        for line in _with_totals():
            if line.total is not None:
                columns[line.total] = sum(self.closed.of(line, sex) for sex in SEXES)
        for block in (form.AGE, *form.OF_EVERYBODY.values()):
            for column, sexes in zip(block.totals, ("M", "F", "MF"), strict=False):
                every = (*block.lines, *((block.missing,) if block.missing else ()))
                columns[column] = sum(self.closed.of(line, sex) for line in every for sex in sexes)
        _add_up(self.closed)

    def _take(self, line: Line, sex: str) -> int:
        count = self.given.get(line.column(sex), 0)
        self.closed.columns[line.column(sex)] = count
        return count

    def _set(self, column: int, count: int, why: str) -> None:
        self.closed.columns[column] = count
        self.closed.why[column] = why

    def _fill(self, block: Block, sex: str, people: int, of: str, *, exactly: bool = True) -> None:
        """Make the lines of a block so many people. `exactly`: the rest is not informed, where there is such a line."""
        over = sum(self._take(line, sex) for line in block.lines) - people
        while over > 0:
            largest = max(block.lines, key=lambda line: self.closed.of(line, sex))
            taken = min(over, self.closed.of(largest, sex))
            self._set(largest.column(sex), self.closed.of(largest, sex) - taken, f"o bloco tem mais pessoas que {of}")
            over -= taken
        if exactly and block.missing is not None:
            self._set(block.missing.column(sex), -over, f"o bloco não fecha com {of}")

    def _provisionals(self, sex: str) -> int:
        return sum(self.closed.of(line, sex) for line in form.POPULATION if line.code.startswith("PROVISORIO"))

    def _at_most(self, line: Line, sex: str, most: int, of: str, least: int = 0) -> None:
        self._set(line.column(sex), max(least, min(self._take(line, sex), most)), f"não cabe em {of}")

    def _nationality(self, sex: str, people: int) -> None:
        lines = tuple(line for line in form.NATIONALITY.lines if line.code != form.FOREIGN)
        self._fill(Block("nacionalidade", lines, form.NATIONALITY.missing), sex, people, "4.1")
        total = next(line for line in form.NATIONALITY.lines if line.code == form.FOREIGN)
        foreign = sum(self.closed.of(line, sex) for line in lines if not line.code.startswith("BRASILEIRO"))
        self._set(total.column(sex), foreign, "não é a soma das nacionalidades")

    def _disabilities(self, sex: str, people: int) -> None:
        every, several = form.DISABLED[0], form.DISABLED[-1]
        kinds = [form.DISABLED[at] for at in form.KINDS_OF_DISABILITY.values()]
        for line in kinds:
            self._at_most(line, sex, people, "as pessoas de 4.1")
        counts = [self.closed.of(line, sex) for line in kinds]
        self._at_most(every, sex, min(sum(counts), people), "a soma dos tipos", max(counts))
        twice = min(self.closed.of(every, sex), sum(counts) - self.closed.of(every, sex))
        self._set(several.column(sex), twice, "quem tem mais de uma decorre do total e dos tipos")

    def _documents(self, sex: str, people: int) -> None:
        for line in form.DOCUMENTS.values():
            self._at_most(line, sex, people, "as pessoas de 4.1")
        counts = [self.closed.of(line, sex) for line in form.DOCUMENTS.values()]
        self._at_most(form.WITH_DOCUMENT, sex, min(sum(counts), people), "a soma dos documentos", max(counts))
        without = people - self.closed.of(form.WITH_DOCUMENT, sex)
        self._set(form.WITHOUT_DOCUMENT.column(sex), without, "quem não tem documento é quem falta a 4.1")

    def _remaining(self, sex: str) -> None:
        """Whoever has a term has one that remains, in the same bracket or a lower one."""
        known = sum(self.closed.of(line, sex) for line in form.SENTENCE.lines)
        self._fill(form.REMAINING, sex, known, "quem tem pena em 5.12")
        assert form.REMAINING.missing is not None
        assert form.SENTENCE.missing is not None
        lowest = form.REMAINING.lines[0]
        left = self.closed.of(form.REMAINING.missing, sex)
        self._set(lowest.column(sex), self.closed.of(lowest, sex) + left, "5.13 não fecha com 5.12")
        self._set(
            form.REMAINING.missing.column(sex), self.closed.of(form.SENTENCE.missing, sex), "5.13 não fecha com 5.12"
        )
        room = 0
        for term, line in zip(reversed(form.SENTENCE.lines), reversed(form.REMAINING.lines), strict=True):
            room += self.closed.of(term, sex)
            over = max(0, self.closed.of(line, sex) - room)
            if over:
                self._set(line.column(sex), self.closed.of(line, sex) - over, "resta mais pena que a pena de 5.12")
                below = form.REMAINING.lines[form.REMAINING.lines.index(line) - 1]
                self._set(below.column(sex), self.closed.of(below, sex) + over, "resta mais pena que a pena de 5.12")
            room -= self.closed.of(line, sex)

    def _offences(self, sex: str, people: int) -> None:
        for line in form.OFFENCES:
            self._at_most(line, sex, self._take(line, sex) if people else 0, "as pessoas de 4.1")
        incidences = sum(self.closed.of(line, sex) for line in form.OFFENCES)
        least = 1 if incidences else 0
        self._at_most(form.WITH_OFFENCE, sex, min(incidences, people), "as incidências", least)
        without = people - self.closed.of(form.WITH_OFFENCE, sex)
        self._set(form.WITHOUT_OFFENCE.column(sex), without, "quem não tem informação é quem falta a 4.1")

    def _study(self, sex: str, people: int) -> None:
        for line in (*form.STUDY, *form.READING.values()):
            self._at_most(line, sex, people, "as pessoas de 4.1")
        counts = [self.closed.of(line, sex) for line in form.STUDY]
        work = sum(self.closed.of(line, sex) for line in form.LABOUR.lines)
        least = max(0, max(counts) - (people - work))
        self._at_most(form.BOTH, sex, min(work, sum(counts)), "quem trabalha e quem estuda", least)

    def _flow(self, sex: str, people: int) -> None:
        """4.5: deaths are those of 6.8; whoever arrived, or received a visit (7.3), is held or has left alive."""
        for line in form.FLOWS.values():
            self._take(line, sex)
        deaths = sum(self.closed.of(line, sex) for line in form.DEATHS.values())
        self._set(form.FLOWS["OBITO"].column(sex), deaths, "os óbitos de 6.8")
        ever = people + sum(self.closed.of(form.FLOWS[kind], sex) for kind in form.DEPARTURES)
        room = ever
        for kind in form.ARRIVALS:
            self._at_most(form.FLOWS[kind], sex, room, "quem está e quem saiu")
            room -= self.closed.of(form.FLOWS[kind], sex)
        for kind in form.ABSENCES:
            self._at_most(form.FLOWS[kind], sex, people * form.TIMES_AWAY, "as pessoas de 4.1")
        self._at_most(form.RECEIVED, sex, ever, "quem está e quem saiu")


def _with_totals() -> Iterable[Line]:
    yield from (*form.CAPACITY, form.DISABLED_PLACES)
    for block in (form.AGE, *form.OF_EVERYBODY.values()):
        yield from (*block.lines, *((block.missing,) if block.missing else ()))
    yield from (*form.DISABLED, *form.OFFENCES, form.WITH_OFFENCE, form.WITHOUT_OFFENCE, form.SUPPORT)
    yield from (*form.READING.values(), form.STUDY[-1], *form.DEATHS.values(), *form.FLOWS.values())


def _add_up(closed: Closed) -> None:
    """The sums that stand on lines of their own: regimes, places, disabilities, offences, work and study."""
    columns = closed.columns

    def total(lines: Iterable[Line], sexes: Iterable[str] = SEXES) -> int:
        return sum(closed.of(line, sex) for line in lines for sex in sexes)

    for at in range(len(form.REGIMES)):
        columns[399 + 7 * at] = total(form.POPULATION[3 * at : 3 * at + 3])
    columns[435] = total(form.POPULATION)
    every = (*form.OFFENCES, form.WITH_OFFENCE, form.WITHOUT_OFFENCE)
    for at, sex in enumerate(SEXES):
        columns[form.PLACES_TOTAL[sex]] = total(form.CAPACITY, sex)
        columns[form.OFFENCES_TOTAL[sex]] = total(every, sex)
        columns[577 + at] = total(form.DISABLED, sex)
        for first, inside in ((1189, "N"), (1191, "S")):
            columns[first + at] = total([line for line in form.LABOUR.lines if line.code.endswith(inside)], sex)
    columns[579] = total(form.DISABLED)
    for first in form.VACANCIES.values():
        for at in range(len(form.SECTORS)):
            begin = first + 5 * at
            columns[begin + 4] = sum(columns[column] for column in range(begin, begin + 4))
    for first in form.LEVELS.values():
        columns[first + 6] = sum(columns[column] for column in range(first, first + 4))
        closed.why[first + 6] = "o contrato não informa certificados"
