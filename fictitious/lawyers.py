"""Lawyers, their clients and the attendances in prison."""

from dataclasses import dataclass, field
from datetime import timedelta

from fictitious import documents
from fictitious.people import Human, stranger, years_before
from fictitious.shop import Shop
from fictitious.visits import Host

HAS_LAWYER = 0.62  # of registrations
TWO_INSCRIPTIONS = 0.12
DEFENDER = 0.12
ATTENDANCES_KEPT = 3


@dataclass(slots=True)
class Lawyer:
    """A lawyer and the key of the registration in each state (the main inscription first)."""

    human: Human
    number: str
    uf: str
    keys: dict[str, list[int]] = field(default_factory=dict)


def lawyer(shop: Shop, uf: str) -> Lawyer:
    """A lawyer of the state, some with a second inscription (suplementar, Lei 8.906/1994 art. 10 § 2)."""
    rng = shop.rng
    born = years_before(shop.plan.today, rng.uniform(24, 68))
    human = stranger(rng, uf, "F" if rng.random() < 0.48 else "M", born)
    human.suffix = "Júnior" if human.sex == "M" and rng.random() < 0.02 else ""
    made = Lawyer(human, documents.oab(rng), uf)
    kind = "DEFENSOR" if rng.random() < DEFENDER else "ADVOGADO" if rng.random() < 0.96 else "ESTAGIARIO"
    _register(shop, made, uf, uf, made.number + ("E" if kind == "ESTAGIARIO" else ""), kind)
    if kind == "ADVOGADO" and rng.random() < TWO_INSCRIPTIONS:
        other = shop.plan.other_state(rng, uf) or ("SP" if uf != "SP" else "RJ")
        where = other if other in shop.plan.states and rng.random() < 0.5 else uf
        _register(shop, made, where, other, documents.oab(rng) + "A", "SUPLEMENTAR")
    return made


def _register(shop: Shop, made: Lawyer, uf: str, oab_uf: str, number: str, kind: str) -> None:
    rng = shop.rng
    shop.papers(made.human)
    who, flaws = shop.identity(made.human, None, spare=("cpf_missing", "mother_absent", "mother_other_name"))
    since = shop.limit - timedelta(minutes=rng.randint(90_000, 4_000_000))
    key = shop.rows.add(uf, "vw_advogado", {
        "nome": who.name, "cpf": who.cpf if rng.random() < 0.9 else None, "oab_uf": oab_uf, "oab_numero": number,
        "oab_tipo": kind,
        "dt_nascimento": who.born if rng.random() < 0.6 else None,
        "telefone": documents.phone(rng, uf) if rng.random() < 0.7 else None,
        "dt_atualizacao": shop.changed(since), "st_registro": "A",
    })  # fmt: skip
    made.keys.setdefault(uf, []).append(key)
    shop.truth.record(made.human, uf, "vw_advogado", key, flaws)


def engage(shop: Shop, lawyers: list[Lawyer], host: Host, npus: list[str]) -> None:
    """Perhaps give a registration a lawyer, and let the lawyer come."""
    rng, uf = shop.rng, host.registration.uf
    able = [lawyer for lawyer in lawyers if uf in lawyer.keys]
    if not able or not host.registration.stays or rng.random() >= HAS_LAWYER:
        return
    chosen = able[int(len(able) * rng.random() ** 1.6)]
    key = rng.choice(chosen.keys[uf])
    stay = host.registration.stays[-1]
    start = stay.arrested + timedelta(days=rng.randint(0, 30))
    ended = stay.left.date() if stay.left and rng.random() < 0.8 else None
    shop.rows.add(uf, "vw_advogado_preso", {
        "id_advogado": key, "id_preso": host.key, "npu": rng.choice(npus) if npus and rng.random() < 0.85 else None,
        "dt_inicio": min(start, ended or shop.limit.date()), "dt_fim": ended, "procuracao": rng.random() < 0.75,
        "dt_atualizacao": shop.changed(shop.typed(stay.entered)), "st_registro": "A",
    })  # fmt: skip
    _attendances(shop, uf, key, host)


def _attendances(shop: Shop, uf: str, key: int, host: Host) -> None:
    rng, stay = shop.rng, host.registration.stays[-1]
    length = ((stay.left or shop.limit) - stay.entered) - timedelta(days=1)
    if not stay.cell or length.days < 2:
        return
    for _ in range(rng.randint(0, ATTENDANCES_KEPT)):
        day = stay.entered + timedelta(days=rng.randint(1, length.days))
        at = day.replace(hour=rng.randint(9, 16), minute=rng.randrange(60))
        if at >= shop.limit or (stay.left and at >= stay.left):
            continue
        left = at + timedelta(minutes=rng.randint(10, 90))
        shop.rows.add(uf, "vw_atendimento_advogado", {
            "id_advogado": key, "id_preso": host.key, "id_unidade": stay.unit.number, "dt_entrada": at,
            "dt_saida": left if rng.random() < 0.97 else None,
            "modalidade": rng.choice(("PRESENCIAL", "PARLATORIO", "PARLATORIO", "VIDEO")),
            "dt_atualizacao": min(left + timedelta(minutes=rng.randint(1, 300)), shop.limit), "st_registro": "A",
        })  # fmt: skip
