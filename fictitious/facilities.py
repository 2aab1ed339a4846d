"""Units of a state: name, kind, capacity, wings and cells; and where somebody of a regime is put."""

from dataclasses import dataclass, field
from functools import cache
from random import Random

from fictitious import tables
from fictitious.tables import City, Weighted

OVER_CAPACITY = 0.67  # of physical units (SISDEPEN, Dec. 2021)
PEOPLE_PER_UNIT = 95
# People in custody by kind of unit, per 1,000: where `walk` leaves them; the rest are at home.
# Capacity follows from it.
HELD = {"PROVISORIO": 400, "FECHADO": 340, "SEMIABERTO": 102, "ABERTO": 8, "DIVERSOS": 46, "MEDIDA_SEGURANCA": 12}
# What a unit of a kind has places for: (regime of the contract's capacity list, sex) and its part.
PLACES: dict[str, tuple[tuple[str, str, float], ...]] = {
    "PROVISORIO": (("PROVISORIO", "M", 1.0),),
    "FECHADO": (("FECHADO", "M", 1.0),),
    "SEMIABERTO": (("SEMIABERTO", "M", 1.0),),
    "ABERTO": (("ABERTO", "M", 1.0),),
    "DIVERSOS": (("PROVISORIO", "F", 0.44), ("FECHADO", "F", 0.36), ("SEMIABERTO", "F", 0.17), ("ABERTO", "F", 0.03)),
    "MEDIDA_SEGURANCA": (("MEDIDA_SEGURANCA", "M", 0.92), ("MEDIDA_SEGURANCA", "F", 0.08)),
}
MALE_TYPES = (("PROVISORIO", 0.36), ("FECHADO", 0.44), ("SEMIABERTO", 0.20))
TITLES = {
    "PROVISORIO": ("Centro de Detenção Provisória", "Cadeia Pública", "Presídio Provisório"),
    "FECHADO": ("Penitenciária", "Presídio de Segurança Média", "Penitenciária Masculina"),
    "SEMIABERTO": ("Colônia Agroindustrial", "Centro de Progressão Penitenciária"),
    "ABERTO": ("Casa do Albergado",),
    "DIVERSOS": ("Presídio Feminino", "Penitenciária Feminina"),
    "MEDIDA_SEGURANCA": ("Hospital de Custódia e Tratamento Psiquiátrico",),
}
CONTRACT_REGIME = {"MEDIDA_SEGURANCA": "MS_INTERNACAO"}  # the regime of those the places are for
ROMAN = ("", " II", " III", " IV", " V", " VI", " VII", " VIII", " IX", " X")


@dataclass(slots=True, eq=False)
class Unit:
    """One establishment. `number` is its key in the state; `capacity` maps (regime, sex) → places."""

    number: int
    name: str
    kind: str
    modality: str
    sex: str
    city: City
    management: str
    expected: float
    capacity: dict[tuple[str, str], int] = field(default_factory=dict)
    disabled: int = 0

    @property
    def places(self) -> int:
        return sum(self.capacity.values())

    def cell(self, rng: Random) -> tuple[str, str] | None:
        """(wing, cell), about eight to a cell; None where nobody has a cell."""
        if self.modality != "CELA_FISICA":
            return None
        cells = max(2, int(self.expected / 8))
        number = rng.randrange(cells)
        return chr(ord("A") + number // 12 % 20), f"{number % 12 + 1:02d}"


class Estate:
    """All units of one state."""

    def __init__(self, seed: str, uf: str, in_custody: float) -> None:
        rng = Random(f"{seed}:units:{uf}")
        facts = tables.states()[uf]
        count = max(8, min(int(facts["units"]), round(in_custody / PEOPLE_PER_UNIT)))
        self.uf = uf
        self.units: list[Unit] = []
        self._by_need: dict[tuple[str, str], Weighted[Unit]] = {}
        self._build(rng, count, in_custody)

    def place(self, rng: Random, regime: str, sex: str, not_in: Unit | None = None) -> Unit:
        """A unit for the regime, another than `not_in` if there is one."""
        table = self._by_need[regime, sex]
        unit = table.draw(rng)
        for _ in range(4):
            if unit is not not_in:
                break
            unit = table.draw(rng)
        return unit

    def virtual(self, modality: str) -> Unit:
        """The unit that answers for people outside cells: MONITORADO, DOMICILIAR or DOMICILIAR_MONITORADO."""
        return next(unit for unit in self.units if unit.modality == modality)

    def _build(self, rng: Random, count: int, in_custody: float) -> None:
        women = max(1, round(count * 0.06))
        plan = ["MEDIDA_SEGURANCA", "ABERTO"] + ["DIVERSOS"] * women
        rest = max(3, count - len(plan))
        for kind, share in MALE_TYPES:
            plan += [kind] * max(1, round(rest * share))
        for kind in plan:
            sex = {"DIVERSOS": "F", "MEDIDA_SEGURANCA": "X"}.get(kind, "M")
            self._add(rng, kind, "CELA_FISICA", sex)
        for modality, name in VIRTUAL:
            self._add(rng, "OUTRO", modality, "X", name)
        self._share(rng, in_custody)
        self._furnish(rng)

    def _add(self, rng: Random, kind: str, modality: str, sex: str, name: str | None = None) -> None:
        cities = tables.cities(self.uf)
        city = cities[0] if name or rng.random() < 0.3 else rng.choice(cities)
        name = name or self._name(rng, kind, city)
        management = "PUBLICA" if rng.random() < 0.94 else rng.choice(("COGESTAO", "OSC", "PPP"))
        self.units.append(Unit(len(self.units) + 1, name, kind, modality, sex, city, management, 0.0))

    def _name(self, rng: Random, kind: str, city: City) -> str:
        base = f"{rng.choice(TITLES[kind])} de {city.name}"
        taken = {unit.name for unit in self.units}
        return next((base + roman for roman in ROMAN if base + roman not in taken), f"{base} {len(taken)}")

    def _share(self, rng: Random, in_custody: float) -> None:
        """Spread the expected people of each kind over the units that take them."""
        for kind, per_mille in HELD.items():
            weights = [(unit, rng.uniform(0.6, 1.6)) for unit in self.units if unit.kind == kind]
            total = sum(weight for _, weight in weights)
            for unit, weight in weights:
                unit.expected = in_custody * per_mille / 1000 * weight / total
            for regime, sex, _ in PLACES[kind]:
                self._by_need[CONTRACT_REGIME.get(regime, regime), sex] = Weighted(weights)

    def _furnish(self, rng: Random) -> None:
        physical = [unit for unit in self.units if unit.modality == "CELA_FISICA"]
        rng.shuffle(physical)
        crowded = round(len(physical) * OVER_CAPACITY)
        for rank, unit in enumerate(physical):
            occupancy = rng.uniform(1.15, 2.1) if rank < crowded else rng.uniform(0.55, 0.85)
            places = unit.expected / occupancy
            unit.capacity = {(regime, sex): max(1, round(places * part)) for regime, sex, part in PLACES[unit.kind]}
            unit.disabled = rng.randint(1, 12) if rng.random() < 0.15 else 0


VIRTUAL = (
    ("MONITORADO", "Central de Monitoramento Eletrônico"),
    ("DOMICILIAR_MONITORADO", "Núcleo de Monitoramento Eletrônico - Domiciliar"),
    ("DOMICILIAR", "Núcleo de Prisão Domiciliar"),
)


@cache
def estate(seed: str, uf: str, in_custody: float) -> Estate:
    """The units of a state; every shard of the same country sees the same ones."""
    return Estate(seed, uf, in_custody)
