"""Visitors and lawyers who are more than that, and contacts that strangers share."""

from fictitious import documents, lawyers
from fictitious.people import Human, years_before
from fictitious.situations.scene import Scene, release

MANY = 4  # prisoners of one visitor; the crossing begins at three


def lawyer_visitor(scene: Scene) -> None:
    """A lawyer who also has a visitor's card, for somebody who is no client."""
    human = _lawyer(scene)
    host = scene.hold(scene.home, 200)
    key = scene.visitor(human, scene.home, 150)
    scene.card(key, host, 140)
    for days in (100, 60, 10):
        scene.visit(key, host, days)


def lawyer_in_custody(scene: Scene) -> None:
    """A lawyer who is held in another state."""
    human = _lawyer(scene)
    scene.hold(scene.away, scene.shop.rng.randint(10, 90), human)


def visitor_in_custody(scene: Scene) -> None:
    """A visitor with a card in force who has been arrested in another state since the last visit."""
    human = scene.somebody(scene.home, scene.shop.rng.choice("FM"))
    _visits_before(scene, human)
    scene.hold(scene.away, 60, human)


def visited_in_custody(scene: Scene) -> None:
    """A visit of somebody who was held elsewhere that day: another person came with these documents."""
    human = scene.somebody(scene.home)
    host = scene.hold(scene.home, 300)
    key = scene.visitor(human, scene.home, 280)
    scene.card(key, host, 270)
    scene.visit(key, host, 120)
    registration = scene.arrested(scene.away, human.sex, 160)
    release(registration, scene.ago(80))
    scene.imprison(human, registration)


def visitor_of_many(scene: Scene) -> None:
    """A friend of prisoners of several units who have nothing else in common, in two states."""
    human = scene.somebody(scene.home, "F")
    for uf in dict.fromkeys((scene.home, scene.away)):
        key = scene.visitor(human, uf, 250)
        for turn in range(MANY):
            host = scene.hold(uf, 300)
            scene.card(key, host, 240)
            scene.visit(key, host, 200 - turn * 40)


def shared_contact(scene: Scene) -> None:
    """One home and one telephone of two people who do not know each other, in two states."""
    first, second = scene.somebody(scene.home), scene.somebody(scene.away, "F")
    host = scene.hold(scene.home, 120, first)
    other = scene.hold(scene.away, 150)
    key = scene.visitor(second, scene.away, 100)
    scene.card(key, other, 90)
    contact = {"endereco": first.address, "telefone": documents.phone(scene.shop.rng, scene.home)}
    scene.row(scene.home, "vw_preso", host.key).update(contact)
    scene.row(scene.away, "vw_visitante", key).update(contact)


def minor_alone(scene: Scene) -> None:
    """A child whom the state lets in without anybody responsible."""
    child = scene.somebody(scene.home, scene.shop.rng.choice("FM"))
    child.born = years_before(scene.shop.plan.today, scene.shop.rng.uniform(9, 15))
    host = scene.hold(scene.home, 200)
    key = scene.visitor(child, scene.home, 150)
    scene.card(key, host, 140)
    scene.visit(key, host, 30, minor=False)


def prisoner_absent(scene: Scene) -> None:
    """A visit to somebody who had left a month before."""
    registration = scene.arrested(scene.home, "M", 200)
    release(registration, scene.ago(70))
    host = scene.imprison(scene.somebody(scene.home), registration)
    key = scene.visitor(scene.somebody(scene.home, "F"), scene.home, 150)
    scene.card(key, host, 140)
    scene.visit(key, host, 40)


def _visits_before(scene: Scene, human: Human) -> None:
    host = scene.hold(scene.home, 300)
    key = scene.visitor(human, scene.home, 250)
    scene.card(key, host, 240)
    for days in (200, 130):
        scene.visit(key, host, days)


def _lawyer(scene: Scene) -> Human:
    """A lawyer of the state with a clean identity."""
    made = lawyers.lawyer(scene.shop, scene.home)
    for uf, keys in made.keys.items():
        for key in keys:
            scene.clean(made.human, uf, "vw_advogado", key)
            scene.tell(made.human, uf, "vw_advogado", key)
    return made.human
