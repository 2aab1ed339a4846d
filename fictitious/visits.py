"""Visitors, their links to prisoners, and the visits of weekends."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from fictitious import documents, photos, tables
from fictitious.custody import Registration
from fictitious.people import Human, years_before
from fictitious.rows import Row
from fictitious.shop import Shop
from fictitious.tables import Weighted

PHOTO = 0.20
VISITS_KEPT = 6  # the last ones of a link; older ones were not kept
DUPLICATE = 0.02  # visitors registered twice in one state
STATUS = Weighted((("ATIVO", 86.0), ("SUSPENSO", 6), ("CANCELADO", 5), ("INDEFERIDO", 3)))
KINDS = Weighted((("SOCIAL", 86.0), ("INTIMA", 6), ("PARLATORIO", 5), ("VIRTUAL", 3)))
REASONS = {
    "SUSPENSO": ("Tentativa de ingresso com objeto proibido", "Documentação vencida", "Decisão administrativa"),
    "CANCELADO": ("A pedido do visitante", "A pedido da pessoa presa"),
    "INDEFERIDO": ("Documentação incompleta", "Vínculo não comprovado"),
}


@dataclass(slots=True, frozen=True)
class Host:
    """A prisoner's registration as visits see it: its key, its human and the life it holds."""

    human: Human
    key: int
    registration: Registration


def write(shop: Shop, visitor: Human, hosts: list[tuple[Host, str]], near: Human | None) -> None:
    """A visitor's registration in every state where they visit, the links and the visits."""
    by_state: dict[str, list[tuple[Host, str]]] = {}
    for host, kinship in hosts:
        by_state.setdefault(host.registration.uf, []).append((host, kinship))
    for uf, visited in by_state.items():
        first = min(stay.entered for host, _ in visited for stay in host.registration.stays[:1])
        key = register(shop, visitor, uf, first, near)
        again = (len(visited) > 1 and shop.rng.random() < 0.1) or shop.rng.random() < DUPLICATE
        second = register(shop, visitor, uf, first, near) if again else key
        for number, (host, kinship) in enumerate(visited):
            link(shop, uf, second if number == len(visited) - 1 else key, visitor, host, kinship)


def register(shop: Shop, visitor: Human, uf: str, since: datetime, near: Human | None) -> int:
    """One row of vw_visitante, at times with a photo; its key."""
    rng = shop.rng
    papers = shop.papers(visitor)
    who, flaws = shop.identity(visitor, near)
    at = shop.typed(since + timedelta(minutes=rng.randint(4_000, 60_000)))
    key = shop.rows.add(uf, "vw_visitante", {
        "nome": who.name, "cpf": who.cpf, "rg": papers.rg if rng.random() < 0.7 else None, "nome_mae": who.mother,
        "dt_nascimento": who.born, "sexo": visitor.sex, "endereco": visitor.address if rng.random() < 0.8 else None,
        "telefone": documents.phone(rng, uf) if rng.random() < 0.6 else None,
        "antecedentes": "CONSTA" if rng.random() < 0.05 else "NADA CONSTA",
        "dt_atualizacao": shop.changed(at), "st_registro": "A",
    })  # fmt: skip
    shop.truth.record(visitor, uf, "vw_visitante", key, flaws)
    if rng.random() < PHOTO:
        _photo(shop, visitor, uf, key, at)
    return key


def _photo(shop: Shop, visitor: Human, uf: str, key: int, at: datetime) -> None:
    photo = shop.rows.key(uf, "vw_visitante_foto")
    stamp = tables.UF_NUMBER[uf] * 10**12 + 5 * 10**11 + photo
    shop.rows.add(uf, "vw_visitante_foto", {
        "id_origem": photo, "id_pessoa": key,
        "conteudo_ou_uri": photos.portrait(shop.rng, visitor.sex, visitor.number, stamp),
        "dt_foto": at.date(), "dt_atualizacao": shop.changed(at), "st_registro": "A",
    })  # fmt: skip


def link(shop: Shop, uf: str, key: int, visitor: Human, host: Host, kinship: str) -> None:
    """The visiting card and its visits."""
    rng, stays = shop.rng, host.registration.stays
    status = STATUS.draw(rng)
    start = min(stays[-1].entered + timedelta(days=rng.uniform(5, 60)), shop.limit).date()
    reasons = REASONS.get(status)
    shop.rows.add(uf, "vw_visitante_preso", {
        "id_visitante": key, "id_preso": host.key, "parentesco": kinship, "situacao": status, "dt_inicio": start,
        "dt_validade": start + timedelta(days=730) if rng.random() < 0.8 else None,
        "motivo_suspensao": rng.choice(reasons) if reasons else None,
        "dt_atualizacao": shop.changed(shop.typed(datetime.combine(start, datetime.min.time()))), "st_registro": "A",
    })  # fmt: skip
    if status != "INDEFERIDO":
        for stay in stays[-1:]:
            last = min(stay.left or shop.limit, shop.limit) - timedelta(hours=12)
            if stay.cell:
                _visits(shop, uf, key, visitor, host, kinship, stay.unit.number, (stay.entered, last))


def _visits(
    shop: Shop,
    uf: str,
    key: int,
    visitor: Human,
    host: Host,
    kinship: str,
    unit: int,
    period: tuple[datetime, datetime],
) -> None:
    """Every second weekend or so, backwards from the end of the stay."""
    rng, (first, day) = shop.rng, period
    minor = visitor.born > years_before(shop.plan.today, 18)
    for _ in range(rng.randint(1, VISITS_KEPT)):
        day -= timedelta(days=(day.weekday() - rng.choice((5, 6))) % 7)
        if day <= first:
            return
        day = day.replace(hour=rng.randint(8, 13), minute=rng.randrange(60), second=0)
        shop.rows.add(uf, "vw_visita", visit_row(shop, key, host.key, unit, day, kinship, minor))
        day -= timedelta(days=rng.choice((7, 12, 14, 14, 21, 35)))


def visit_row(shop: Shop, visitor: int, prisoner: int, unit: int, at: datetime, kinship: str, minor: bool) -> Row:
    """One visit of a few hours; intimate ones are of partners."""
    rng, kind = shop.rng, KINDS.draw(shop.rng)
    if kind == "INTIMA" and kinship not in ("CONJUGE", "COMPANHEIRO"):
        kind = "SOCIAL"
    left = at + timedelta(minutes=rng.randint(40, 240))
    return {
        "id_visitante": visitor, "id_preso": prisoner, "id_unidade": unit, "dt_entrada": at,
        "dt_saida": left if rng.random() < 0.95 else None, "tipo": kind, "menor_acompanhado": minor,
        "dt_atualizacao": min(left + timedelta(minutes=rng.randint(1, 600)), shop.limit), "st_registro": "A",
    }  # fmt: skip
