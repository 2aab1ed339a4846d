"""Periods and events that contradict each other, and units that cannot be as they are."""

from datetime import timedelta

from fictitious.custody import Move, Registration
from fictitious.facilities import Unit
from fictitious.situations.scene import Scene, release, stay

JUMP = 24  # people at least who come at once; the rule asks for twenty


def two_units(scene: Scene) -> None:
    """Received in a second unit of the state, and never taken out of the first."""
    registration = scene.arrested(scene.home, "M", 200)
    _receive(scene, registration, scene.cell(scene.home, "M", registration.stays[0].unit), 50)
    scene.imprison(scene.somebody(scene.home), registration)


def custody_gap(scene: Scene) -> None:
    """A period that ends without an exit, and two months later the next one."""
    registration = scene.arrested(scene.home, "M", 300)
    registration.stays[0].left = scene.ago(200)
    _receive(scene, registration, scene.cell(scene.home, "M", registration.stays[0].unit), 140)
    scene.imprison(scene.somebody(scene.home), registration)


def exit_without_entry(scene: Scene) -> None:
    """Released from a unit that never wrote down an entry."""
    registration = scene.arrested(scene.home, "M", 250)
    release(registration, scene.ago(90))
    del registration.moves[0]
    scene.imprison(scene.somebody(scene.home), registration)


def event_after_death(scene: Scene) -> None:
    """A hearing by video a month after the death."""
    registration = scene.arrested(scene.home, "M", 250)
    unit = _die(scene, registration, 90)
    registration.stays[-1].left = registration.moves[-1].at
    registration.moves.append(Move("APRES_VIDEO", scene.ago(60), unit, reason="Audiência de instrução"))
    scene.imprison(scene.somebody(scene.home), registration)


def held_after_death(scene: Scene) -> None:
    """Dead, and still counted as held."""
    registration = scene.arrested(scene.home, "M", 250)
    _die(scene, registration, 30)
    scene.imprison(scene.somebody(scene.home), registration)


def held_after_release(scene: Scene) -> None:
    """Released, and still counted as held."""
    registration = scene.arrested(scene.home, "M", 250)
    release(registration, scene.ago(30))
    registration.stays[-1].left = None
    scene.imprison(scene.somebody(scene.home), registration)


def exit_before_entry(scene: Scene) -> None:
    """The day of the exit typed with the year before."""
    registration = scene.arrested(scene.home, "M", 250)
    release(registration, scene.ago(90))
    left = registration.stays[-1].left
    assert left
    registration.stays[-1].left = left - timedelta(days=365)
    scene.imprison(scene.somebody(scene.home), registration)


def man_in_womens_unit(scene: Scene) -> None:
    """A man, with no other gender told, in a unit for women."""
    unit = next(one for one in scene.shop.plan.estates(scene.home).units if one.sex == "F")
    host = scene.imprison(scene.somebody(scene.home), scene.arrested(scene.home, "M", 60, unit))
    scene.row(scene.home, "vw_preso", host.key).update({"identidade_genero": None, "nome_social": None})


def pregnant_man(scene: Scene) -> None:
    """A woman's field ticked for a man."""
    host = scene.hold(scene.home, 100)
    scene.row(scene.home, "vw_preso", host.key).update({"identidade_genero": None, "gestante": True})


def capacity_jump(scene: Scene) -> None:
    """So many transferred in one day to a full unit that it is far beyond what it was a week before."""
    target = _crowded(scene)
    scene.tell(None, scene.home, "vw_unidade", target.number)
    for _ in range(max(JUMP, round(target.expected * 0.5))):
        days, elsewhere = scene.shop.rng.randint(60, 300), scene.cell(scene.home, "M", target)
        registration = scene.arrested(scene.home, "M", days, elsewhere)
        _transfer(scene, registration, target)
        scene.imprison(scene.somebody(scene.home), registration)


def _crowded(scene: Scene) -> Unit:
    """The smallest of the state's full units that take men awaiting judgement."""
    units = scene.shop.plan.estates(scene.home).units
    cells = [one for one in units if one.kind == "PROVISORIO"]
    return min(cells, key=lambda one: (one.expected < one.places, one.expected))


def _transfer(scene: Scene, registration: Registration, target: Unit) -> None:
    old = registration.stays[-1]
    leave = scene.ago(0)
    arrive = leave + timedelta(hours=2)
    old.left = leave
    registration.moves.append(Move("TR_SAI_UF", leave, old.unit, target))
    registration.moves.append(Move("TR_ENT_UF", arrive, old.unit, target))
    stay(scene, registration, target, arrive)


def _receive(scene: Scene, registration: Registration, unit: Unit, days: float) -> None:
    """An entry that no exit came before."""
    at = scene.ago(days)
    registration.moves.append(Move("TR_ENT_UF", at, registration.stays[-1].unit, unit))
    stay(scene, registration, unit, at)


def _die(scene: Scene, registration: Registration, days: float) -> Unit:
    at, unit = scene.ago(days), registration.stays[-1].unit
    registration.died = at.date()
    registration.moves.append(Move("OBITO", at, unit, document="Certidão 1", cause="NATURAL"))
    return unit
