"""Rows of people in prison: the registration, its documents, other names, marks, photos, custody and movements."""

from datetime import datetime, timedelta

from fictitious import documents, names, noise, photos, tables
from fictitious.custody import Move, Registration, Stay
from fictitious.people import Human
from fictitious.rows import UNKNOWN, Row
from fictitious.shop import Shop
from fictitious.tables import Weighted

PHOTO = 0.60
OTHER_NAMES = {"ALCUNHA": 0.42, "NOME": 0.07, "MAE": 0.04, "PAI": 0.03, "NASC": 0.02}
CARRIES = {
    "RG": 0.72,
    "TITULO": 0.18,
    "NIS": 0.12,
    "CTPS": 0.08,
    "CNH": 0.06,
    "CERTIDAO": 0.05,
    "SUS": 0.10,
    "CIN": 0.04,
}
MARKS = Weighted(
    (
        ("TATUAGEM", 50.0), ("CICATRIZ", 22), ("corPele", 6), ("tipoCabelo", 5), ("corOlhos", 4), ("biotipo", 4),
        ("altura", 3), ("barba", 2), ("sobrancelhas", 1), ("outros", 3),
    )
)  # fmt: skip
DRAWINGS = tables.words("tattoos")
BODY = tables.words("body_regions")
DESCRIBED = {
    "corPele": ("Parda", "Branca", "Negra"), "tipoCabelo": ("Crespo", "Liso", "Ondulado", "Calvo"),
    "corOlhos": ("Castanhos", "Pretos", "Verdes"), "biotipo": ("Magro", "Médio", "Forte"),
    "altura": ("1,65 m", "1,72 m", "1,80 m"),
    "barba": ("Rala", "Cheia"), "sobrancelhas": ("Finas", "Grossas"),
    "outros": ("Falta de falange", "Sinal de nascença"),
}  # fmt: skip
CIVIL = Weighted(
    (
        ("SOLTEIRO_A", 55.0),
        ("UNIAO_ESTAVEL_AMASIADO", 27),
        ("CASADO_A", 9),
        ("DIVORCIADO_A", 2),
        ("VIUVO_A", 1),
        ("NAO_INFORMADO", 6),
    )
)
ORIGINS = Weighted(
    (("AREA_URBANA_MUNICIPIOS_EM_REGIOES_METROP", 51.0), ("AREA_URBANA_MUNICIPIOS_DO_INTERIOR", 44), ("ZONA_RURAL", 5))
)
DISABILITIES = ("INTELECTUAL", "FISICA", "AUDITIVA", "VISUAL", "FISICA,VISUAL")
GROUPS = ("Grupo Fictício Alfa", "Grupo Fictício Beta", "Grupo Fictício Gama")
FOREIGN = Weighted(
    (("PARAGUAI", 3.0), ("BOLIVIA", 3), ("VENEZUELA", 3), ("COLOMBIA", 2), ("PERU", 1), ("NIGERIA", 1), ("HAITI", 1))
)


def write(shop: Shop, human: Human, registration: Registration, near: Human | None) -> int:
    """All rows of one registration but cases, visits and work; its key in vw_preso."""
    rng, uf = shop.rng, registration.uf
    shop.papers(human)
    who, flaws = shop.identity(human, near)
    key = shop.rows.key(uf, "vw_preso")
    born = registration.moves[0].at if registration.moves else shop.limit
    last = registration.moves[-1].at if registration.moves else born
    row = _person(shop, human, registration)
    row |= {
        "id_origem": key, "prontuario": f"{100_000 + key % 900_000}-{key % 10}", "nome": who.name,
        "nome_mae": who.mother,
        "nome_pai": who.father, "dt_nascimento": who.born, "dt_obito": registration.died,
        "dt_atualizacao": shop.changed(shop.typed(last)), "st_registro": "A",
    }  # fmt: skip
    shop.rows.add(uf, "vw_preso", row)
    _documents(shop, human, uf, key, who.cpf, born)
    _other_names(shop, human, uf, key, born)
    photo = _photos(shop, human, uf, key, born)
    _marks(shop, uf, key, born, photo)
    for stay in registration.stays:
        custody(shop, uf, key, stay)
    if rng.random() < noise.OTHER_RATES["impossible_sequence"] and noise.impossible_sequence(registration):
        flaws.append("impossible_sequence")
    for move in registration.moves:
        movement(shop, uf, key, move)
    shop.truth.record(human, uf, "vw_preso", key, flaws + registration.flaws)
    return key


def _person(shop: Shop, human: Human, registration: Registration) -> Row:
    rng, papers = shop.rng, shop.papers(human)
    woman, held = human.sex == "F", registration.current is not None
    foreign = rng.random() < 0.003
    return {
        "rji": papers.rji if rng.random() < 0.72 else None,
        "nome_social": names.given(rng, "F", human.born.year) if not woman and rng.random() < 0.004 else None,
        "sexo": human.sex, "raca_cor": papers.race if rng.random() < 0.92 else "NAO_INFORMADO",
        "identidade_genero": "CIS" if rng.random() < 0.1 else None,
        "etnia_indigena": "Povo não especificado" if papers.race == "INDIGENA" else None,
        "estado_civil": CIVIL.draw(rng), "escolaridade": papers.schooling, "profissao": papers.trade,
        "nacionalidade": FOREIGN.draw(rng) if foreign else "BRASILEIRO_NATO",
        "naturalidade_ibge": human.birthplace.ibge,
        "deficiencia": rng.choice(DISABILITIES) if rng.random() < 0.015 else None,
        "gestante": woman and held and rng.random() < 0.012, "lactante": woman and held and rng.random() < 0.008,
        "n_filhos": papers.children if rng.random() < 0.6 else None,
        "procedencia": ORIGINS.draw(rng) if rng.random() < 0.6 else None,
        "endereco": human.address if rng.random() < 0.85 else None,
        "telefone": documents.phone(rng, registration.uf) if rng.random() < 0.35 else None,
        "email": f"pessoa{human.number}@exemplo.invalid" if rng.random() < 0.03 else None,
    }  # fmt: skip


def _documents(shop: Shop, human: Human, uf: str, key: int, cpf: str | None, born: datetime) -> None:
    rng, papers = shop.rng, shop.papers(human)
    held: dict[str, tuple[str, str | None]] = {"CPF": (cpf, "RFB")} if cpf else {}
    numbers: dict[str, tuple[str, str | None]] = {
        "RG": (papers.rg, f"SSP/{papers.rg_uf}"),
        "TITULO": (papers.titulo, "TSE"),
        "NIS": (papers.nis, "CEF"),
    }
    for kind, chance in CARRIES.items():
        if rng.random() < chance:
            held[kind] = numbers.get(kind) or (
                f"{rng.randrange(10**8, 10**9)}",
                None if kind == "CERTIDAO" else papers.rg_uf,
            )
    if "CIN" in held:  # the identity card whose number is the CPF (Lei 14.534/2023)
        held["CIN"] = (papers.cpf, f"SSP/{papers.rg_uf}")
    for kind, (number, issuer) in held.items():
        issued = shop.some_day(human.born + timedelta(days=5500), born.date()) if rng.random() < 0.5 else None
        shop.rows.add(uf, "vw_preso_documento", {
            "id_preso": key, "tipo": kind, "numero": number, "orgao_uf": issuer, "dt_emissao": issued,
            "dt_atualizacao": shop.changed(born), "st_registro": "A",
        })  # fmt: skip


def _other_names(shop: Shop, human: Human, uf: str, key: int, born: datetime) -> None:
    rng = shop.rng
    values = {
        "ALCUNHA": lambda: names.nickname(rng, human.sex),
        "NOME": lambda: f"{human.given.split()[0]} {human.surnames[-1]}",
        "MAE": lambda: human.mother_other_name,
        "PAI": lambda: human.father_name or names.given(rng, "M", human.born.year - 25),
        "NASC": lambda: human.born.replace(year=human.born.year - 1, day=min(human.born.day, 28)).strftime("%d/%m/%Y"),
    }
    for kind, chance in OTHER_NAMES.items():
        if rng.random() < chance:
            shop.rows.add(uf, "vw_preso_nome", {
                "id_preso": key, "tipo": kind, "valor": values[kind](),
                "orgao_origem": rng.choice(("Polícia Civil", "TJ", None)),
                "dt_atualizacao": shop.changed(born), "st_registro": "A",
            })  # fmt: skip


def _photos(shop: Shop, human: Human, uf: str, key: int, born: datetime) -> int | None:
    """Key of a photo of a tattoo or a scar, if one was taken."""
    rng = shop.rng
    if rng.random() >= PHOTO:
        return None
    extra = rng.random()
    poses = ["FRONTAL"] + (["PERFIL_D"] if extra < 0.06 else ["TATUAGEM"] if extra < 0.12 else [])
    taken = None
    for pose in poses:
        photo = shop.rows.key(uf, "vw_preso_foto")
        stamp = tables.UF_NUMBER[uf] * 10**12 + photo
        image = photos.portrait(rng, human.sex, human.number, stamp, profile=pose != "FRONTAL")
        shop.rows.add(uf, "vw_preso_foto", {
            "id_origem": photo, "id_preso": key, "posicao": pose, "content_type": "image/png", "dt_foto": born.date(),
            "dt_inclusao": shop.typed(born), "conteudo_ou_uri": image, "sha256": photos.digest(image),
            "dt_atualizacao": shop.changed(shop.typed(born)), "st_registro": "A",
        })  # fmt: skip
        taken = photo if pose == "TATUAGEM" else taken
    return taken


def _marks(shop: Shop, uf: str, key: int, born: datetime, photo: int | None) -> None:
    rng = shop.rng
    for number in range(rng.choice((0, 0, 1, 1, 1, 2)) or (1 if photo else 0)):
        kind = "TATUAGEM" if photo and number == 0 else MARKS.draw(rng)
        if kind == "TATUAGEM":
            text, where = rng.choice(DRAWINGS), rng.choice(BODY)
        elif kind == "CICATRIZ":
            text, where = f"Cicatriz de {rng.randint(2, 14)} cm", rng.choice(BODY)
        else:
            text, where = rng.choice(DESCRIBED[kind]), None
        shop.rows.add(uf, "vw_preso_sinal", {
            "id_preso": key, "tipo": kind, "regiao_corpo": where, "descricao": text,
            "id_foto": photo if number == 0 else None,
            "dt_atualizacao": shop.changed(born), "st_registro": "A",
        })  # fmt: skip


def custody(shop: Shop, uf: str, key: int, stay: Stay) -> int:
    """The row of one stay; its key."""
    rng = shop.rng
    wing, cell = stay.cell or (None, None)
    return shop.rows.add(uf, "vw_custodia", {
        "id_preso": key, "id_unidade": stay.unit.number, "pavilhao": wing, "cela": cell and f"{wing}-{cell}",
        "situacao": stay.situation, "regime": stay.regime, "justica": "ESTADUAL" if rng.random() < 0.988 else "FEDERAL",
        "dt_prisao": stay.arrested, "dt_inclusao": stay.entered, "dt_saida": stay.left, "rdd": stay.rdd,
        "monitoracao": stay.unit.modality in ("MONITORADO", "DOMICILIAR_MONITORADO"),
        "grupo_faccao": rng.choice(GROUPS) if rng.random() < 0.05 else None,
        "comportamento": rng.choice(("OTIMO", "BOM", "BOM", "BOM", "REGULAR", "MAU")) if rng.random() < 0.7 else None,
        "dt_atualizacao": shop.changed(shop.typed(stay.left or stay.entered)), "st_registro": "A",
    })  # fmt: skip


def movement(shop: Shop, uf: str, key: int, move: Move) -> None:
    """The row of one event."""
    typed = shop.typed(move.at)
    unknown = move.kind == "MUD_CELA" and shop.rng.random() < noise.OTHER_RATES["unknown_code"]
    shop.rows.add(uf, "vw_movimentacao", {
        "id_preso": key, "tipo": UNKNOWN if unknown else move.kind, "dt_evento": move.at, "dt_registro": typed,
        "id_unidade_origem": move.origin.number if move.origin else None,
        "id_unidade_destino": move.destination.number if move.destination else None, "uf_outra": move.other_uf,
        "motivo": move.reason, "documento": move.document, "dt_retorno_prevista": move.due_back,
        "causa_obito": move.cause, "dt_atualizacao": shop.changed(typed), "st_registro": "A",
    })  # fmt: skip
