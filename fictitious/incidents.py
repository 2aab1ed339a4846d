"""What happens in prison between the milestones of a sentence: absences, transfers, escapes, cells."""

from collections.abc import Callable
from datetime import datetime, timedelta

from fictitious.tables import Weighted
from fictitious.walk import DAY, MAX_STAYS, Walk


def absence(walk: Walk, out: str, back: str, days: tuple[float, float], reason: str) -> None:
    """Leave for a while and return; whoever is out today has not returned yet."""
    unit, due = walk.stay.unit, walk.now + timedelta(days=days[1])
    back_at = walk.now + timedelta(minutes=int(walk.rng.uniform(*days) * 1440))
    in_time = back_at < walk.end - timedelta(hours=8)
    walk.budget = walk.budget - 1 if in_time else 0
    if not in_time and walk.leaves:  # about to be released: no absence any more
        return
    walk.move(out, origin=unit, reason=reason, due_back=due)
    if in_time:
        walk.now = back_at
        walk.move(back, destination=unit)
    else:
        walk.now = max(walk.now, walk.end - timedelta(hours=1))


def hospital(walk: Walk, until: datetime) -> None:
    absence(walk, "HOSP", "RET_HOSP", (0.3, 9), "Atendimento hospitalar")


def hearing(walk: Walk, until: datetime) -> None:
    absence(walk, "APRES_JUD", "RET_APRES", (0.1, 0.4), "Audiência de instrução")


def weekend(walk: Walk, until: datetime) -> None:
    """Saída temporária, of the semi-open regime (LEP art. 122)."""
    absence(walk, "SAI_TEMP", "RET_TEMP", (4.5, 7), "Frequência a curso (LEP art. 122)")


def permission(walk: Walk, until: datetime) -> None:
    """Permissão de saída (LEP art. 120)."""
    absence(walk, "PERM_SAIDA", "RET_TEMP", (0.2, 1), "Falecimento ou doença grave de familiar (LEP art. 120)")


def video(walk: Walk, until: datetime) -> None:
    walk.budget -= 1
    walk.move("APRES_VIDEO", origin=walk.stay.unit, reason="Audiência de instrução")


def cell(walk: Walk, until: datetime) -> None:
    walk.budget -= 1
    unit = walk.stay.unit
    walk.move("MUD_CELA", origin=unit, destination=unit)
    walk.stay.cell = unit.cell(walk.rng)


def transfer(walk: Walk, until: datetime) -> None:
    walk.budget -= 1
    walk.transfer(until)


def rdd(walk: Walk, until: datetime) -> None:
    """Regime disciplinar diferenciado, up to two years (LEP art. 52)."""
    walk.budget -= 2
    unit = walk.stay.unit
    walk.move("RDD_INI", origin=unit, destination=unit)
    walk.stay.rdd = True
    ends = walk.after(walk.rng.uniform(60, 360))
    if ends < until - DAY:
        walk.now, walk.stay.rdd = ends, False
        walk.move("RDD_FIM", origin=unit, destination=unit)


def escape(walk: Walk, until: datetime) -> None:
    """Fuga or evasão, then recapture and regression (LEP art. 118); only if there is time for both."""
    back = walk.after(walk.rng.uniform(3, 200))
    if back >= until - 10 * DAY or len(walk.here.stays) > MAX_STAYS:
        return
    walk.budget -= 2
    old = walk.stay
    walk.move("EVASAO" if old.regime == "SEMIABERTO" else "FUGA", origin=walk.close())
    walk.now = back
    regime = "FECHADO" if old.situation == "CONDENADO" else old.regime
    unit = walk.unit(regime)
    walk.move("RECAP", destination=unit)
    walk.open(unit, old.situation, regime)
    if old.regime == "SEMIABERTO":
        walk.now = walk.after(walk.rng.uniform(2, 8))
        walk.move("REGR_CAUT", origin=unit, destination=unit, reason="Evasão (LEP art. 118)")
        walk.change_regime("CONDENADO", "FECHADO")


Incident = Callable[[Walk, datetime], None]
# What is likely in each regime.
BY_REGIME: dict[str, Weighted[Incident]] = {
    "PROVISORIO": Weighted([(video, 30), (hearing, 25), (cell, 20), (hospital, 8), (transfer, 12), (escape, 0.7)]),
    "FECHADO": Weighted(
        [(cell, 30), (transfer, 25), (hospital, 14), (video, 12), (permission, 4), (rdd, 1), (escape, 1)]
    ),
    "SEMIABERTO": Weighted([(weekend, 55), (cell, 12), (hospital, 8), (permission, 8), (transfer, 5), (escape, 4)]),
    "ABERTO": Weighted([(video, 1)]),
    "MS_INTERNACAO": Weighted([(hospital, 2), (cell, 2)]),
}


def happen(walk: Walk, until: datetime) -> None:
    """Something of the present regime."""
    BY_REGIME[walk.stay.regime].draw(walk.rng)(walk, until)
