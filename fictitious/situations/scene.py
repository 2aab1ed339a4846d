"""The stage of the situations: people with a clean identity, put into prison and on visits as they need to be."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from fictitious import cases, prisoners, states, visits
from fictitious.custody import Move, Registration, Stay, Stint
from fictitious.facilities import Unit
from fictitious.people import Human, stranger, years_before
from fictitious.rows import Row
from fictitious.shop import Shop
from fictitious.truth import human_id
from fictitious.visits import Host

# Of the classes of noise, what is not of the identity: a situation must not depend on how a clerk typed that.
KEPT = {"impossible_sequence"}


@dataclass(slots=True)
class Scene:
    """The rows of the situations and what the truth tells of each: kind, number, human, state, view, key."""

    shop: Shop
    told: list[tuple[str, int, str, str, str, str]] = field(default_factory=list)
    missing: list[tuple[str, ...]] = field(default_factory=list)
    kind: str = ""
    number: int = 0
    turn: int = 0
    able: tuple[str, ...] = ()

    @property
    def home(self) -> str:
        """The state of this situation: each in its turn, of those whose views can show it."""
        return self.able[self.turn % len(self.able)]

    @property
    def away(self) -> str:
        """Another state, if there is one."""
        return self.able[(self.turn + 1) % len(self.able)]

    def tell(self, human: Human | None, uf: str, view: str, key: int) -> None:
        who = human_id(human.number) if human else ""
        self.told.append((self.kind, self.number + 1, who, uf, view, states.profile(uf).key(view, key)))

    def somebody(self, uf: str, sex: str = "M") -> Human:
        """A grown-up nobody knows yet."""
        rng = self.shop.rng
        return stranger(rng, uf, sex, years_before(self.shop.plan.today, rng.uniform(24, 55)))

    def ago(self, days: float) -> datetime:
        """A working hour so many days before the last one of the country."""
        rng, day = self.shop.rng, self.shop.plan.today - timedelta(days=int(days) + 2)
        return datetime.combine(day, time(rng.randint(8, 17), rng.randrange(60)))

    def cell(self, uf: str, sex: str, other: Unit | None = None) -> Unit:
        """A unit of cells for people awaiting judgement; another than `other` wherever the state has one."""
        estate = self.shop.plan.estates(uf)
        unit = estate.place(self.shop.rng, "PROVISORIO", sex, other)
        fit = [one for one in estate.units if one.kind in ("PROVISORIO", "FECHADO") and one.sex == sex and one != other]
        return unit if unit is not other or not fit else fit[0]

    def arrested(self, uf: str, sex: str, days: float, unit: Unit | None = None) -> Registration:
        """A registration of somebody arrested so many days ago, and still held."""
        at, unit = self.ago(days), unit or self.cell(uf, sex)
        made = Registration(uf, moves=[Move("INC_ORIG", at, destination=unit)], stints=[Stint(at)])
        stay(self, made, unit, at)
        return made

    def imprison(self, human: Human, registration: Registration) -> Host:
        """Write the registration with a clean identity, and tell of it."""
        key = prisoners.write(self.shop, human, registration, None)
        cases.write(self.shop, human, registration, key)
        self.clean(human, registration.uf, "vw_preso", key)
        self.tell(human, registration.uf, "vw_preso", key)
        return Host(human, key, registration)

    def hold(self, uf: str, days: float, human: Human | None = None) -> Host:
        """Somebody who has been held for so many days."""
        human = human or self.somebody(uf)
        return self.imprison(human, self.arrested(uf, human.sex, days))

    def visitor(self, human: Human, uf: str, days: float) -> int:
        """A visitor's registration of so many days ago, clean and told; its key."""
        key = visits.register(self.shop, human, uf, self.ago(days), None)
        self.clean(human, uf, "vw_visitante", key)
        self.tell(human, uf, "vw_visitante", key)
        return key

    def card(self, visitor: int, host: Host, days: float) -> None:
        """An active visiting card of a friend, since so many days ago."""
        at = self.ago(days)
        self.shop.rows.add(host.registration.uf, "vw_visitante_preso", {
            "id_visitante": visitor, "id_preso": host.key, "parentesco": "AMIGO", "situacao": "ATIVO",
            "dt_inicio": at.date(), "dt_validade": self.shop.plan.today + timedelta(days=400),
            "dt_atualizacao": self.shop.changed(at), "st_registro": "A",
        })  # fmt: skip

    def visit(self, visitor: int, host: Host, days: float, minor: bool = False) -> None:
        """One visit in presence, so many days ago."""
        unit = host.registration.stays[-1].unit.number
        row = visits.visit_row(self.shop, visitor, host.key, unit, self.ago(days), "AMIGO", minor)
        self.shop.rows.add(host.registration.uf, "vw_visita", row | {"tipo": "SOCIAL"})

    def rows(self, uf: str, view: str) -> list[Row]:
        """The rows so far, to be changed in place."""
        return self.shop.rows.by_state.setdefault(uf, {}).setdefault(view, [])

    def row(self, uf: str, view: str, key: int) -> Row:
        return next(row for row in self.rows(uf, view) if row["id_origem"] == key)

    def clean(self, human: Human, uf: str, view: str, key: int) -> None:
        """Type the identity as it is, and take the classes of noise from the truth."""
        row = self.row(uf, view, key)
        row |= {"nome": human.name, "nome_mae": human.mother_name, "dt_nascimento": human.born}
        cpf = self.shop.papers(human).cpf
        if view == "vw_preso":
            self.number_of(uf, key, cpf)
        else:
            row["cpf"] = cpf
        self.label(uf, view, key, KEPT, None)

    def number_of(self, uf: str, key: int, cpf: str) -> None:
        """Give a prisoner this CPF; the identity card that bears it goes with it."""
        known = self.rows(uf, "vw_preso_documento")
        known[:] = [row for row in known if row["id_preso"] != key or row["tipo"] not in ("CPF", "CIN")]
        self.shop.rows.add(uf, "vw_preso_documento", {
            "id_preso": key, "tipo": "CPF", "numero": cpf, "orgao_uf": "RFB", "dt_emissao": None,
            "dt_atualizacao": self.row(uf, "vw_preso", key)["dt_atualizacao"], "st_registro": "A",
        })  # fmt: skip

    def label(self, uf: str, view: str, key: int, keep: set[str], add: str | None) -> None:
        """Change what the truth says of the noise in a record."""
        records = self.shop.truth.records
        at = next(at for at, one in enumerate(records) if one[1:4] == (uf, view, key))
        number, _, _, _, noise = records[at]
        labels = {one for one in noise.split(";") if one in keep} | ({add} if add else set())
        records[at] = (number, uf, view, key, ";".join(sorted(labels)))


def stay(scene: Scene, registration: Registration, unit: Unit, at: datetime) -> Stay:
    """Open a period in the unit."""
    arrested: date = registration.stints[-1].arrested.date()
    made = Stay(unit, unit.cell(scene.shop.rng), "PROVISORIO", "PROVISORIO", arrested, at)
    registration.stays.append(made)
    return made


def release(registration: Registration, at: datetime) -> None:
    """Out by order of the court."""
    last = registration.stays[-1]
    last.left = registration.stints[-1].ended = at
    registration.moves.append(Move("ALVARA", at, last.unit, reason="Revogação da prisão preventiva"))
