"""What the makers of rows share: the dice, the states, the rows and the truth of one shard."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random

from fictitious import documents, noise, tables
from fictitious.lives import Plan
from fictitious.noise import Identity
from fictitious.people import Human, Papers
from fictitious.rows import Rows
from fictitious.tables import Weighted
from fictitious.truth import Truth

HUMANS_PER_SHARD = 3_000  # at most; a shard of the country has fewer
RACES = Weighted(
    (("PARDA", 50.0), ("BRANCA", 30), ("PRETA", 17), ("AMARELA", 0.6), ("INDIGENA", 0.4), ("NAO_INFORMADO", 2))
)
SCHOOLING = Weighted(
    (
        ("ANALFABETO", 3.0), ("ALFABETIZADO_SEM_CURSOS_REGULARES", 4), ("ENSINO_FUNDAMENTAL_INCOMPLETO", 48),
        ("ENSINO_FUNDAMENTAL_COMPLETO", 12), ("ENSINO_MEDIO_INCOMPLETO", 17), ("ENSINO_MEDIO_COMPLETO", 11),
        ("ENSINO_SUPERIOR_INCOMPLETO", 1), ("ENSINO_SUPERIOR_COMPLETO", 0.6), ("NAO_INFORMADO", 3.4),
    )
)  # fmt: skip
TRADES = tables.words("trades")
CHILDREN = Weighted(((0, 48.0), (1, 24), (2, 14), (3, 8), (4, 3), (5, 2), (6, 1)))


@dataclass(slots=True)
class Shop:
    """A shard at work. `new` humans get numbers from the shard's own block."""

    rng: Random
    plan: Plan
    rows: Rows
    truth: Truth
    shard: int
    humans: int = 0
    recorded: list[Human] = field(default_factory=list)

    @property
    def limit(self) -> datetime:
        """Nothing in the states' databases is later than this."""
        return datetime.combine(self.plan.today, time(5, 30))

    def papers(self, human: Human) -> Papers:
        """Number the human at the first record and issue the documents."""
        if human.papers is None:
            self.humans += 1
            human.number = self.shard * HUMANS_PER_SHARD + self.humans
            rng, uf = self.rng, human.birthplace.uf
            human.papers = Papers(
                documents.cpf(human.number, uf), documents.rg(rng, uf), uf, documents.nis(rng),
                documents.titulo(rng, uf),
                documents.rji(rng), RACES.draw(rng), SCHOOLING.draw(rng), rng.choice(TRADES), CHILDREN.draw(rng),
            )  # fmt: skip
            self.recorded.append(human)
        return human.papers

    def identity(self, human: Human, near: Human | None, spare: tuple[str, ...] = ()) -> tuple[Identity, list[str]]:
        """What a clerk types for this human, with its noise; `near`, or whoever came before, may lend the CPF."""
        papers = self.papers(human)
        if near is None or near.papers is None or near is human:
            near = next((other for other in self.recorded[-2:] if other is not human), None)
        who = Identity(
            human.name, human.mother_name, human.father_name, human.born, papers.cpf, human.mother_other_name,
            near.papers.cpf if near and near.papers else None,
        )  # fmt: skip
        return who, noise.blur(self.rng, who, spare)

    def typed(self, at: datetime) -> datetime:
        """When an event of that hour was entered: mostly the same day, at times a week later."""
        late = self.rng.expovariate(1 / 900) if self.rng.random() < 0.8 else self.rng.uniform(1440, 11000)
        return min(at + timedelta(minutes=int(late) + 1), self.limit)

    def changed(self, at: datetime) -> datetime:
        """`dt_atualizacao` of a row entered then: some rows are touched again."""
        if self.rng.random() < 0.15:
            at = at + timedelta(seconds=self.rng.randrange(86_400, 400 * 86_400))
        return min(at.replace(microsecond=0), self.limit)

    def some_day(self, first: date, last: date) -> date:
        return first + timedelta(days=self.rng.randrange(max(1, (last - first).days)))
