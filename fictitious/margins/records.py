"""The people dealt, written as a state holds them: clean, since a typing error would move somebody to another line."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Final

from fictitious import documents, tables
from fictitious.facilities import Unit
from fictitious.margins import form
from fictitious.margins.closing import Closed
from fictitious.margins.dealing import UNKNOWN_AGE, Person
from fictitious.people import Human, stranger, years_before
from fictitious.rows import Row, Rows, Value

# Bounds of the form's brackets, the lower ones excluded: ages in years, terms in days (a month 30, a year 365).
AGES: Final = (18, 25, 30, 35, 46, 61, 71, 90)
TERMS: Final = (0, 180, *(365 * years for years in (1, 2, 4, 8, 15, 20, 30, 50, 100, 130)))
PEOPLE_IN_A_UNIT: Final = 500
HUMANS: Final = 1_000_000  # numbers of these humans, which fix their CPF, begin after those of the shards
CHILDREN: Final = {"SEM_FILHOS": "0", "11_OU_MAIS": "11"}
NEIGHBOUR: Final = "PA"  # from where, and to where, whoever goes to another state
ISSUERS: Final = {"CPF": "RFB", "TITULO": "TSE"}


class State:
    """The rows of one state at the end of a day."""

    def __init__(self, closed: Closed, seed: str, today: date) -> None:
        self.closed, self.uf, self.today = closed, closed.uf, today
        self.rng = Random(f"{seed}:margins:{closed.uf}")
        self.rows, self.made = Rows(1), 0
        self.first = date(today.year, 7 if today.month > 6 else 1, 1)  # of the semester that ends today
        self.common: Row = {"dt_atualizacao": datetime.combine(today, time(5)), "st_registro": "A"}

    def units(self) -> list[Unit]:
        """Units of men and one of women, with the places of the margins."""
        women = Unit(1, f"Penitenciária Feminina de {self._city(0)}", "DIVERSOS", *self._kind("F"), 0.0)
        women.capacity = {(line.code, "F"): n for line in form.CAPACITY if (n := self.closed.of(line, "F"))}
        women.disabled = self.closed.of(form.DISABLED_PLACES, "F")
        count = max(1, round(self.closed.people("M") / PEOPLE_IN_A_UNIT))
        men = [
            Unit(at + 2, f"Presídio de {self._city(at)} {at + 1}", "FECHADO", *self._kind("M", at), 0.0)
            for at in range(count)
        ]
        men[0].disabled = self.closed.of(form.DISABLED_PLACES, "M")
        for line in form.CAPACITY:
            places = self.closed.of(line, "M")
            for at, unit in enumerate(men):
                if share := places // count + (at < places % count):
                    unit.capacity[line.code, "M"] = share
        return [women, *men]

    def _city(self, at: int) -> str:
        cities = tables.cities(self.uf)
        return cities[at % len(cities)].name

    def _kind(self, sex: str, at: int = 0) -> tuple[str, str, tables.City, str]:
        cities = tables.cities(self.uf)
        return "CELA_FISICA", sex, cities[at % len(cities)], "PUBLICA"

    def write(self, people: list[Person], units: list[Unit]) -> dict[str, list[Row]]:
        """Every row of these people."""
        men = [unit for unit in units if unit.sex == "M"]
        for at, one in enumerate(people):
            self._person(one, units[0] if one.sex == "F" else men[at % len(men)])
        return self.rows.by_state[self.uf]

    def _add(self, view: str, row: Row) -> int:
        return self.rows.add(self.uf, view, row | self.common)

    def _person(self, one: Person, unit: Unit) -> None:
        self.made += 1
        born = self._born(one.age)
        human = stranger(self.rng, self.uf, one.sex, born or years_before(self.today, 35))
        children = one.values.pop("n_filhos", None)
        key = self._add("vw_preso", {
            "prontuario": f"{100_000 + self.made}", "nome": human.name, "nome_mae": human.mother_name,
            "nome_pai": human.father_name, "dt_nascimento": born, "sexo": one.sex, "dt_obito": self._died(one),
            "deficiencia": ",".join(one.disabilities) or None, "naturalidade_ibge": human.birthplace.ibge,
            "n_filhos": None if children is None else int(CHILDREN.get(children, children)),
            **one.values,
        })  # fmt: skip
        self._documents(one, key)
        gone = self._gone(one)
        arrested = self._custody(one, key, unit, gone)
        self._case(one, key, arrested)
        self._activities(one, key)
        if one.visited or one.visits:
            visitor = self._visitor(human, key, arrested, "ATIVO" if one.visited else "CANCELADO")
            self._visits(one, key, unit, visitor, (arrested, gone or self.today))

    def _born(self, band: int) -> date | None:
        """A day of birth of the age band, its first and last days apart so that no leap year matters."""
        if band == UNKNOWN_AGE:
            return None
        oldest, youngest = years_before(self.today, AGES[band + 1]), years_before(self.today, AGES[band])
        return oldest + timedelta(days=self.rng.randint(5, (youngest - oldest).days - 5))

    def _died(self, one: Person) -> date | None:
        return None if one.death is None else self.today - timedelta(days=20)

    def _documents(self, one: Person, key: int) -> None:
        numbers: dict[str, Callable[[], str]] = {
            "CPF": lambda: documents.cpf(HUMANS + self.made, self.uf), "RG": lambda: f"{2_000_000 + self.made}",
            "TITULO": lambda: documents.titulo(self.rng, self.uf),
        }  # fmt: skip
        for kind in one.documents:
            number = numbers[kind]() if kind in numbers else f"{self.rng.randrange(10**8, 10**9)}"
            issuer = ISSUERS.get(kind, f"SSP/{self.uf}")
            self._add("vw_preso_documento", {"id_preso": key, "tipo": kind, "numero": number, "orgao_uf": issuer})

    def _custody(self, one: Person, key: int, unit: Unit, gone: date | None) -> date:
        served = self._served(one)
        arrested = self.today - timedelta(days=served)
        came = self._came(one, arrested)
        left = None if gone is None else datetime.combine(gone, time(18))
        situation = "CONDENADO" if one.convicted else "MS" if one.regime.startswith("MS") else "PROVISORIO"
        self._add("vw_custodia", {
            "id_preso": key, "id_unidade": unit.number, "situacao": situation, "regime": one.regime,
            "justica": one.court, "dt_prisao": arrested, "dt_inclusao": came, "dt_saida": left, "rdd": one.rdd,
            "monitoracao": False,
        })  # fmt: skip
        # Somebody of whom no arrival was published, and who came within the period, came without a movement.
        if one.came or came.date() < self.first:
            self._move(key, one.came or "INC_ORIG", came, id_unidade_destino=unit.number)
        if left is not None:
            cause: Row = {"causa_obito": one.death or None} if one.left is None else {}
            self._move(key, one.left or "OBITO", left, id_unidade_origem=unit.number, **cause)
        self._absences(one, key, unit, came)
        return arrested

    def _move(self, key: int, kind: str, at: datetime, **more: Value) -> None:
        other = {"uf_outra": NEIGHBOUR} if kind in ("TR_ENT_INTER", "TR_SAI_INTER") else {}
        self._add(
            "vw_movimentacao", {"id_preso": key, "tipo": kind, "dt_evento": at, "dt_registro": at, **other, **more}
        )

    def _came(self, one: Person, arrested: date) -> datetime:
        """Into the unit: on the day of the arrest, unless that is before the period in which they are to arrive."""
        return datetime.combine(max(arrested, self.first) if one.came else arrested, time(11))

    def _gone(self, one: Person) -> date | None:
        return self._died(one) if one.left is None else self.today - timedelta(days=self.rng.randint(1, 150))

    def _absences(self, one: Person, key: int, unit: Unit, came: datetime) -> None:
        """Each on a day of its own at the end of the period, back before the evening."""
        for at, kind in enumerate(one.absences):
            out = datetime.combine(self.today - timedelta(days=at), time(12))
            self._move(key, kind, max(out, came + timedelta(hours=1 + at)), id_unidade_origem=unit.number)
            self._move(key, "RET_TEMP", max(out, came) + timedelta(hours=5), id_unidade_destino=unit.number)

    def _visits(self, one: Person, key: int, unit: Unit, visitor: int, held: tuple[date, date]) -> None:
        """Of whoever is held from one day to another: a day apart where the period has days enough."""
        began = max(self.first, min(held[0] + timedelta(days=1), held[1]))
        days = max(1, (held[1] - began).days)
        for at in range(one.visits):
            entered = datetime.combine(began + timedelta(days=at % days), time(9)) + timedelta(minutes=at // days)
            self._add("vw_visita", {
                "id_visitante": visitor, "id_preso": key, "id_unidade": unit.number, "dt_entrada": entered,
                "dt_saida": entered + timedelta(hours=2), "tipo": "SOCIAL", "menor_acompanhado": False,
            })  # fmt: skip

    def _served(self, one: Person) -> int:
        """Days since the arrest: of a term what is not left of it; of a provisional prison by the 90 days of 4.2."""
        if one.death is not None or one.left is not None:
            return 400
        if one.term < 0:
            return self.rng.randint(91, 700) if one.long or one.convicted else self.rng.randint(1, 90)
        return _days(one)[0] - _days(one)[1]

    def _case(self, one: Person, key: int, arrested: date) -> None:
        if one.term < 0 and not one.offences:
            return
        row: Row = {
            "id_preso": key, "npu": documents.npu(self.rng, self.uf, max(arrested.year, 1990)),
            "tipo_peca": "Mandado de prisão", "dt_expedicao": arrested, "sigilo": "ABERTO",
        }  # fmt: skip
        if one.term >= 0:
            sentenced, (years, days) = arrested + (self.today - arrested) / 4, divmod(_days(one)[0], 365)
            row |= {
                "tipo_peca": "Guia de recolhimento", "dt_sentenca": sentenced, "pena_anos": years, "pena_dias": days,
                "detracao_dias": (sentenced - arrested).days,
            }  # fmt: skip
        case = self._add("vw_processo", row)
        for code in one.offences:
            self._add("vw_tipificacao", {
                "id_processo": case, "lei": "CP", "artigo": "Art.", "dt_fato": arrested, "hediondo": False,
                "tentado": False, "infopen_cod": code,
            })  # fmt: skip

    def _activities(self, one: Person, key: int) -> None:
        began: Row = {"id_preso": key, "dt_inicio": self.today - timedelta(days=60), "dias_remidos": 0}
        if one.work is not None:
            place, sector, inside = one.work
            self._add("vw_trabalho_estudo", began | {
                "natureza": "TRABALHO", "origem_vaga": place, "setor": sector or None, "interno": inside == "S",
                "remuneracao": one.pay,
            })  # fmt: skip
        for level in one.study:
            self._add("vw_trabalho_estudo", began | {"natureza": "ESTUDO", "nivel_ensino": level, "interno": True})
        for nature in one.reading:
            self._add("vw_trabalho_estudo", began | {"natureza": nature, "interno": True})

    def _visitor(self, human: Human, key: int, arrested: date, status: str) -> int:
        mother = stranger(self.rng, self.uf, "F", years_before(human.born, 25))
        visitor = self._add("vw_visitante", {
            "nome": human.mother_name, "nome_mae": mother.mother_name, "dt_nascimento": mother.born, "sexo": "F",
        })  # fmt: skip
        since = min(arrested + timedelta(days=1), self.today)
        self._add("vw_visitante_preso", {
            "id_visitante": visitor, "id_preso": key, "parentesco": "MAE", "situacao": status, "dt_inicio": since,
        })  # fmt: skip
        return visitor


def _days(one: Person) -> tuple[int, int]:
    """(the term, what is left of it): within their brackets, as near to each other as they may be."""
    low, high = TERMS[one.rest] + 1, TERMS[one.rest + 1]
    if one.term == one.rest:
        return high, high - 1 if high - low > 1 else low
    return TERMS[one.term] + 1, high
