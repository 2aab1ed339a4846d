"""Work, study, reading and sport of people in custody, with days remitted (LEP art. 126); and disciplinary faults."""

from datetime import date, datetime, time, timedelta

from fictitious.custody import Registration
from fictitious.shop import Shop
from fictitious.tables import Weighted

WORKS_OR_STUDIES = 0.42  # of stays of convicts, 0.12 of provisional ones
FAULT = 0.16
NATURES = Weighted((("TRABALHO", 48.0), ("ESTUDO", 36), ("LEITURA", 12), ("ESPORTE", 4)))
PLACES = ("Vaga própria", "Empresa privada", "Órgão público", "Apoio ao estabelecimento", "Artesanato")
PAY = Weighted(
    (
        ("NAO_RECEBE", 40.0), ("MENOS_DO_QUE_3_4_DO_SALARIO_MINIMO_MENSA", 18),
        ("ENTRE_3_4_E_1_SALARIO_MINIMO_MENSAL", 30),
        ("ENTRE_1_E_2_SALARIOS_MINIMOS_MENSAIS", 7), ("SEM_INFORMACAO", 5),
    )
)  # fmt: skip
LEVELS = (
    "Alfabetização",
    "Ensino fundamental",
    "Ensino fundamental",
    "Ensino médio",
    "Ensino superior",
    "Curso técnico",
)


def write(shop: Shop, registration: Registration, prisoner: int) -> None:
    """Rows of vw_trabalho_estudo and vw_falta_disciplinar."""
    rng, uf = shop.rng, registration.uf
    for stay in registration.stays:
        ends = (stay.left or shop.limit).date()
        length = (ends - stay.entered.date()).days
        chance = WORKS_OR_STUDIES if stay.situation == "CONDENADO" else 0.12
        if length > 40 and rng.random() < chance:
            _activity(
                shop,
                uf,
                prisoner,
                stay.entered.date() + timedelta(days=rng.randint(5, length - 30)),
                ends,
                stay.left is None,
            )
        if length > 20 and rng.random() < FAULT:
            day = stay.entered.date() + timedelta(days=rng.randrange(1, length))
            shop.rows.add(uf, "vw_falta_disciplinar", {
                "id_preso": prisoner, "gravidade": rng.choice(("LEVE", "MEDIA", "MEDIA", "GRAVE")), "dt_fato": day,
                "situacao": rng.choice(("EM_APURACAO", "HOMOLOGADA", "HOMOLOGADA", "ARQUIVADA")),
                "dt_atualizacao": shop.changed(shop.typed(datetime.combine(day,
                time(18)) + timedelta(minutes=rng.randrange(5000)))), "st_registro": "A",
            })  # fmt: skip


def _activity(shop: Shop, uf: str, prisoner: int, start: date, ends: date, open_: bool) -> None:
    rng, nature = shop.rng, NATURES.draw(shop.rng)
    days = (ends - start).days
    done = int(days * rng.uniform(0.4, 0.8))
    hours = done * (6 if nature == "TRABALHO" else 4)
    work, study = nature == "TRABALHO", nature == "ESTUDO"
    remitted = done // 3 if work else hours // 12 if study else min(done // 30, 12) * 4 if nature == "LEITURA" else 0
    going = open_ and rng.random() < 0.6
    shop.rows.add(uf, "vw_trabalho_estudo", {
        "id_preso": prisoner, "natureza": nature, "origem_vaga": rng.choice(PLACES) if work else None,
        "setor": rng.choice(("PRIMARIO", "SECUNDARIO", "TERCIARIO")) if work else None, "interno": rng.random() < 0.85,
        "remuneracao": PAY.draw(rng) if work else None, "nivel_ensino": rng.choice(LEVELS) if study else None,
        "dt_inicio": start, "dt_fim": None if going else ends, "dias": done if work else None,
        "horas": hours if study else None,
        "dias_remidos": remitted, "dt_atualizacao": shop.changed(datetime.combine(start, time(10, rng.randrange(60)))),
        "st_registro": "A",
    })  # fmt: skip
