"""Cases (NPU) and offences of each arrest."""

from functools import cache

from fictitious import documents, tables
from fictitious.custody import Registration, Stint
from fictitious.people import Human
from fictitious.rows import Row
from fictitious.shop import Shop
from fictitious.tables import Weighted

SECOND_CASE = 0.22
REPEAT = 0.35
OFFENCES = Weighted(((1, 0.55), (2, 0.30), (3, 0.15)))
SECRECY = Weighted((("ABERTO", 93.0), ("RESTRITO", 5), ("SIGILOSO", 2)))
COURTS = (
    "Vara Criminal",
    "Vara de Execuções Penais",
    "Vara do Júri",
    "Juizado de Violência Doméstica",
    "Vara de Entorpecentes",
)


@cache
def offences(sex: str) -> Weighted[dict[str, str]]:
    """Offences by weight; some are commoner among women."""
    rows = tables.read("offences")
    return Weighted((row, float(row["weight"]) * (2.5 if sex == "F" and row["women"] else 1)) for row in rows)


def write(shop: Shop, human: Human, registration: Registration, prisoner: int) -> list[str]:
    """Rows of vw_processo and vw_tipificacao of one registration; its NPUs."""
    numbers = []
    for stint in registration.stints:
        for _ in range(2 if shop.rng.random() < SECOND_CASE else 1):
            numbers.append(_case(shop, human, registration, prisoner, stint))
    return numbers


def _case(shop: Shop, human: Human, registration: Registration, prisoner: int, stint: Stint) -> str:
    rng, uf = shop.rng, registration.uf
    federal = rng.random() < 0.012
    npu = documents.npu(rng, uf, stint.arrested.year, federal)
    charged = [offences(human.sex).draw(rng) for _ in range(OFFENCES.draw(rng))]
    issued = stint.arrested.date()
    row: Row = {
        "id_preso": prisoner, "npu": npu,
        "numero_peca_bnmp": f"{npu}.{rng.randint(1, 9):02d}.{rng.randrange(10_000):04d}-{rng.randrange(100):02d}",
        "tipo_peca": "Mandado de prisão",
        "especie_prisao": rng.choice(("PREV_FLAGRANTE", "PREV_FLAGRANTE", "PREV_DECRETO", "TEMPORARIA")),
        "orgao": f"{rng.randint(1, 12)}ª {rng.choice(COURTS)} de {rng.choice(tables.cities(uf)).name}",
        "dt_expedicao": issued, "dt_validade": issued.replace(year=issued.year + 12, day=min(issued.day, 28)),
        "sigilo": SECRECY.draw(rng), "st_registro": "A",
    }  # fmt: skip
    if stint.convicted:
        row |= _sentence(shop, stint, charged)
    row["dt_atualizacao"] = shop.changed(shop.typed(stint.convicted or stint.arrested))
    case = shop.rows.add(uf, "vw_processo", row)
    for offence in charged:
        shop.rows.add(uf, "vw_tipificacao", {
            "id_processo": case, "lei": offence["law"], "artigo": offence["article"],
            "dt_fato": shop.some_day(issued.replace(year=issued.year - 1, day=min(issued.day, 28)),
            issued) if rng.random() < 0.2 else issued,
            "hediondo": offence["heinous"] == "S", "tentado": rng.random() < 0.06,
            "infopen_cod": offence["infopen"] or None,
            "dt_atualizacao": row["dt_atualizacao"], "st_registro": "A",
        })  # fmt: skip
    return npu


def _sentence(shop: Shop, stint: Stint, charged: list[dict[str, str]]) -> Row:
    """Sentence between the limits of the gravest offence, nearer the lower one."""
    rng = shop.rng
    assert stint.convicted
    gravest = max(charged, key=lambda offence: int(offence["max"]))
    low, high = int(gravest["min"]), int(gravest["max"])
    months = int(low + (high - low) * rng.random() ** 2)
    day = stint.convicted.date()
    return {
        "tipo_peca": "Guia de recolhimento", "especie_prisao": "COND_DEFINITIVA", "dt_sentenca": day,
        "dt_transito": shop.some_day(day, shop.plan.today) if rng.random() < 0.7 else None,
        "pena_anos": months // 12, "pena_meses": months % 12, "pena_dias": rng.randrange(30),
        "regime_inicial": stint.first_regime,
        "reincidente": rng.random() < REPEAT, "detracao_dias": (day - stint.arrested.date()).days,
    }  # fmt: skip
