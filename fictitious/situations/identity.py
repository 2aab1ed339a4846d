"""What two people share that belongs to one, and what one person cannot be twice."""

from dataclasses import replace
from datetime import date, timedelta

from fictitious import names, photos, tables
from fictitious.situations.scene import KEPT, Scene
from fictitious.visits import Host

CPF_SHARED, PHOTO_SHARED, RJI_SHARED = "cpf_shared", "photo_shared", "rji_shared"
OTHER_SEX, BORN_WRONG, UNDOCUMENTED = "other_sex", "born_wrong", "undocumented"


def cpf_two_people(scene: Scene) -> None:
    """Somebody held in one state bears the CPF of somebody held in another."""
    owner, other = _two(scene)
    cpf = scene.shop.papers(owner.human).cpf
    scene.number_of(scene.away, other.key, cpf)
    scene.label(scene.away, "vw_preso", other.key, KEPT, CPF_SHARED)


def rji_two_people(scene: Scene) -> None:
    """The judicial number of one person in the record of another."""
    owner, other = _two(scene)
    rji = scene.shop.papers(owner.human).rji
    scene.row(scene.home, "vw_preso", owner.key)["rji"] = rji
    scene.row(scene.away, "vw_preso", other.key)["rji"] = rji
    scene.label(scene.away, "vw_preso", other.key, KEPT, RJI_SHARED)


def photo_two_people(scene: Scene) -> None:
    """The photograph of one prisoner filed under another of the same state."""
    owner, other = scene.hold(scene.home, 200), scene.hold(scene.home, 150)
    image = _photograph(scene, owner, None)
    _photograph(scene, other, image)
    scene.label(scene.home, "vw_preso", other.key, KEPT, PHOTO_SHARED)


def two_sexes(scene: Scene) -> None:
    """One person's records in two states, one of which has the other sex."""
    human = scene.somebody(scene.home)
    scene.hold(scene.home, 400, human)
    key = scene.visitor(human, scene.away, 500)
    scene.row(scene.away, "vw_visitante", key)["sexo"] = "F"
    scene.label(scene.away, "vw_visitante", key, set(), OTHER_SEX)


def twins_alike(scene: Scene) -> None:
    """Twins of rare names alike, in two states, of the second of whom no document tells; the first is a visitor too."""
    first, other = names.alike(scene.shop.rng, "M")
    one = replace(scene.somebody(scene.home), given=first)
    twin = replace(one, given=other)
    scene.hold(scene.home, 300, one)
    scene.visitor(one, scene.away, 200)
    held = scene.hold(scene.away, 250, twin)
    known = scene.rows(scene.away, "vw_preso_documento")
    known[:] = [row for row in known if row["id_preso"] != held.key]
    scene.row(scene.away, "vw_preso", held.key)["rji"] = None
    scene.label(scene.away, "vw_preso", held.key, KEPT, UNDOCUMENTED)


def under_age(scene: Scene) -> None:
    """By the dates, seventeen years old when arrested."""
    host = scene.hold(scene.home, 100)
    _born(scene, host, host.registration.stints[0].arrested.date() - timedelta(days=int(17.2 * 365.25)))


def birth_in_future(scene: Scene) -> None:
    """Born in a year to come: two digits of the year completed with the wrong century."""
    host = scene.hold(scene.home, 100)
    born = host.human.born
    _born(scene, host, date(born.year + 100, born.month, min(born.day, 28)))


def _born(scene: Scene, host: Host, born: date) -> None:
    scene.row(scene.home, "vw_preso", host.key)["dt_nascimento"] = born
    scene.label(scene.home, "vw_preso", host.key, KEPT, BORN_WRONG)


def _two(scene: Scene) -> tuple[Host, Host]:
    return scene.hold(scene.home, 200), scene.hold(scene.away, 150)


def _photograph(scene: Scene, host: Host, image: bytes | None) -> bytes:
    """Add a frontal photograph to the record; the image given, or one of the person's own."""
    rows, uf = scene.shop.rows, scene.home
    key, at = rows.key(uf, "vw_preso_foto"), host.registration.stays[0].entered
    stamp = tables.UF_NUMBER[uf] * 10**12 + key
    image = image or photos.portrait(scene.shop.rng, host.human.sex, host.human.number, stamp)
    rows.add(uf, "vw_preso_foto", {
        "id_origem": key, "id_preso": host.key, "posicao": "FRONTAL", "content_type": "image/png", "dt_foto": at.date(),
        "dt_inclusao": scene.shop.typed(at), "conteudo_ou_uri": image, "sha256": photos.digest(image),
        "dt_atualizacao": scene.shop.changed(scene.shop.typed(at)), "st_registro": "A",
    })  # fmt: skip
    return image
