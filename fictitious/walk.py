"""One human's way through prison, event by event, in legal order (LEP, CPP; codes of the contract).

Periods and events are made by the same step, so they agree: a stay opens with an entry and closes with an exit,
a change of custody (house arrest, monitoring) closes one stay and opens the next at the same hour.
"""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from random import Random

from fictitious import releases
from fictitious.custody import Move, Registration, Stay, Stint
from fictitious.facilities import Estate, Unit
from fictitious.tables import Weighted

DAY = timedelta(days=1)
ROOM_TO_MOVE = timedelta(days=5)  # a removal to another state needs it
MAX_STAYS = 3  # of one registration, recaptures aside
DEATHS = Weighted([("NATURAL", 60), ("CRIMINAL", 18), ("SUICIDIO", 12), ("ACIDENTAL", 5), ("DESCONHECIDA", 5)])
HOSTEL = 0.08  # of the open regime, in a casa do albergado
HOMEWARD = (("DOMIC_MON", "DOMICILIAR_MONITORADO"), ("MON", "MONITORADO"), ("DOMIC", "DOMICILIAR"))


class Walk:
    """The hand that leads one human through stints; it holds the clock and the present stay."""

    def __init__(
        self,
        rng: Random,
        sex: str,
        today: date,
        estates: Callable[[str], Estate],
        incident: Callable[["Walk", datetime], None],
    ) -> None:
        self.rng, self.sex, self.estates, self.incident = rng, sex, estates, incident
        self.limit = datetime.combine(today, time(6)) - DAY
        self.registrations: list[Registration] = []
        self.now = self.limit
        self.end = self.limit
        self._sentence_at = self._progress_at = self.limit
        self.budget = 0
        self.leaves = False

    def register(self, uf: str) -> None:
        """Open a new registration, in a state where there may already be one."""
        self.registrations.append(Registration(uf))

    def stint(
        self, arrested: date, end: datetime, leave: bool, transfer_to: str | None = None, mental: bool = False
    ) -> None:
        """Live from the arrest to `end`, then leave or stay; perhaps be moved to another state on the way."""
        self.now, self.end = datetime.combine(arrested, time(self.rng.randint(8, 20), self.rng.randrange(60))), end
        self.budget = self.rng.randint(1, 3) if not self.here.stints else self.rng.randint(0, 1)
        self.leaves = leave
        self.case = Stint(self.now)
        self._enter(mental)
        if transfer_to:
            self._live(self.now + (end - self.now) * self.rng.uniform(0.2, 0.7))
            if end - self.now > ROOM_TO_MOVE:
                self._change_state(transfer_to)
        self._live(end)
        if leave:
            self._leave()

    @property
    def here(self) -> Registration:
        return self.registrations[-1]

    @property
    def stay(self) -> Stay:
        return self.here.stays[-1]

    def after(self, days: float) -> datetime:
        """An hour of work, so many days from now."""
        day = (self.now + timedelta(days=max(days, 0.0))).replace(
            hour=self.rng.randint(8, 18), minute=self.rng.randrange(60), second=0, microsecond=0
        )
        return day if day > self.now else self.now + timedelta(minutes=self.rng.randint(20, 90))

    def move(self, kind: str, **more: object) -> Move:
        move = Move(kind, self.now, **more)  # type: ignore[arg-type]
        self.here.moves.append(move)
        return move

    def open(self, unit: Unit, situation: str, regime: str) -> None:
        cell = unit.cell(self.rng)
        self.here.stays.append(Stay(unit, cell, situation, regime, self.case.arrested.date(), self.now))

    def close(self) -> Unit:
        self.stay.left = self.now
        return self.stay.unit

    def unit(self, regime: str, not_in: Unit | None = None) -> Unit:
        return self.estates(self.here.uf).place(self.rng, regime, self.sex, not_in)

    def _enter(self, mental: bool) -> None:
        again = bool(self.here.moves)
        self.here.stints.append(self.case)
        regime = "MS_INTERNACAO" if mental else "PROVISORIO"
        unit = self.unit(regime)
        self.move(
            "REINC" if again else "INC_ORIG",
            destination=unit,
            document=f"Ofício {self.rng.randrange(1, 9999)}/{self.now.year}",
        )
        self.open(unit, "MS" if mental else "PROVISORIO", regime)
        self._sentence_at = self.now + timedelta(days=self.rng.uniform(70, 480))
        first = self.after(self.rng.uniform(0.4, 1))  # audiência de custódia: within 24 hours (CPP art. 310)
        if first < self.end:
            self.now = first
            self.move("APRES_VIDEO", origin=unit, reason="Audiência de custódia")

    def _live(self, until: datetime) -> None:
        """Milestones of the sentence, and between them what happens in prison."""
        while True:
            milestone, step = self._milestone()
            chance = self.after(self.rng.expovariate(1 / 130))
            if self.budget > 0 and chance < milestone:
                milestone, step = chance, self.incident
            if step is None or milestone >= until - 3 * DAY:
                return
            self.now = max(milestone, self.now + timedelta(minutes=30))
            step(self, until)

    def _milestone(self) -> tuple[datetime, Callable[["Walk", datetime], None] | None]:
        if self.stay.regime == "PROVISORIO":
            return self._sentence_at, Walk._convict
        if self.stay.regime in ("FECHADO", "SEMIABERTO"):
            return self._progress_at, Walk._progress
        return datetime.max, None

    def _convict(self, until: datetime) -> None:
        """Provisional becomes convicted; then to a unit of the regime."""
        unit = self.stay.unit
        regime = "FECHADO" if self.rng.random() < 0.78 else "SEMIABERTO"
        self.case.convicted, self.case.first_regime = self.now, regime
        self.move(
            "CONV_DEF", origin=unit, destination=unit, document=f"Guia {self.rng.randrange(1, 99999)}/{self.now.year}"
        )
        self.change_regime("CONDENADO", regime)
        self.transfer(until)

    def change_regime(self, situation: str, regime: str) -> None:
        self.stay.situation, self.stay.regime = situation, regime
        self._progress_at = self.now + timedelta(
            days=self.rng.uniform(300, 1700) if regime == "FECHADO" else self.rng.uniform(250, 900)
        )

    def _progress(self, until: datetime) -> None:
        """Fechado → semiaberto → aberto, the last at home under monitoring (LEP art. 112)."""
        unit = self.stay.unit
        if self.stay.regime == "FECHADO":
            self.move("PROG", origin=unit, destination=unit, reason="Progressão de regime")
            self.change_regime("CONDENADO", "SEMIABERTO")
            self.transfer(until)
            return
        self.move("PROG", origin=unit, destination=unit, reason="Progressão de regime")
        self.change_regime("CONDENADO", "ABERTO")
        if self.rng.random() < HOSTEL:
            self.transfer(until)
            return
        self._go_home(
            *self.rng.choice((("DOMIC_MON", "DOMICILIAR_MONITORADO"), ("MON", "MONITORADO"), ("DOMIC", "DOMICILIAR")))
        )

    def _go_home(self, kind: str, modality: str) -> None:
        unit, situation, regime = self.stay.unit, self.stay.situation, self.stay.regime
        target = self.estates(self.here.uf).virtual(modality)
        self.now = self.after(self.rng.uniform(0.5, 2))
        self.move(kind, origin=unit, destination=target)
        self.close()
        self.open(target, situation, regime)

    def transfer(self, until: datetime) -> None:
        """To another unit of the state: exit here, entry there some hours later."""
        if len(self.here.stays) >= MAX_STAYS or self.stay.unit.modality != "CELA_FISICA":
            return
        leave = self.after(self.rng.uniform(1, 12))
        arrive = leave + timedelta(minutes=self.rng.randint(50, 600))
        if arrive >= until - DAY:
            return
        old, target = self.stay, self.unit(self.stay.regime, self.stay.unit)
        if target is old.unit:
            return
        document = f"Ofício {self.rng.randrange(1, 9999)}/{leave.year}"
        self.now = leave
        self.move("TR_SAI_UF", origin=old.unit, destination=target, document=document)
        self.close()
        self.now = arrive
        self.move("TR_ENT_UF", origin=old.unit, destination=target, document=document)
        self.open(target, old.situation, old.regime)

    def _change_state(self, uf: str) -> None:
        """Removed to another state, which registers the human anew and holds the same case."""
        old, home = self.stay, self.here.uf
        self.now = self.after(1)
        self.move(
            "TR_SAI_INTER",
            origin=self.close(),
            other_uf=uf,
            document=f"Ofício {self.rng.randrange(1, 9999)}/{self.now.year}",
        )
        self.register(uf)
        self.here.stints.append(self.case)
        self.now = self.now + timedelta(hours=self.rng.randint(10, 40))
        regime = old.regime if old.unit.modality == "CELA_FISICA" else "SEMIABERTO"
        unit = self.unit(regime)
        self.move("TR_ENT_INTER", destination=unit, other_uf=home)
        self.open(unit, old.situation, regime)
        self.budget = max(self.budget, 2)
        self._progress_at = max(self._progress_at, self.now + 200 * DAY)

    def _leave(self) -> None:
        """The exit that fits the situation, at the end of the stint."""
        last = self.end.replace(hour=self.rng.randint(8, 17), minute=self.rng.randrange(60), second=0, microsecond=0)
        kind, reason = releases.fitting(self.rng, self.stay.situation, self.stay.regime)
        if kind == "DOMIC_MON":
            if last - self.now > 10 * DAY:
                self.now += (last - 5 * DAY - self.now) * self.rng.uniform(0.2, 0.9)
                self._go_home(kind, "DOMICILIAR_MONITORADO")
            kind, reason = "ALVARA", "Extinção da punibilidade"
        self.now = min(max(last, self.now + timedelta(hours=1)), self.limit)
        self.case.ended = self.now
        unit = self.close()
        document = (
            f"Alvará {self.rng.randrange(1, 99999)}/{self.now.year}"
            if kind in ("ALVARA", "LIV_COND", "DESINT")
            else None
        )
        self.move(kind, origin=unit, reason=reason, document=document)

    def die(self) -> None:
        """End the last stay by death instead of release."""
        last = self.here.moves[-1]
        last.kind, last.reason, last.document = "OBITO", None, f"Certidão {self.rng.randrange(10**6)}"
        last.cause = DEATHS.draw(self.rng)
        self.here.died = last.at.date()
