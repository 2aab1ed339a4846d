"""Prisoners whom nobody identified, and the missing whom families look for: some of them are the same."""

from datetime import date, timedelta

from fictitious import names, prisoners
from fictitious.people import Human
from fictitious.situations.scene import Scene

UNIDENTIFIED = "unidentified"
NAMES = (
    {"M": "NÃO IDENTIFICADO", "F": "NÃO IDENTIFICADA"},
    {"M": "HOMEM NÃO IDENTIFICADO 2", "F": "MULHER NÃO IDENTIFICADA 2"},
    {"M": "IGNORADO", "F": "IGNORADA"},
    None,  # a nickname and nothing else
)
WOMAN = 0.15
BEFORE_ARREST = (3, 40)  # days from when somebody was last seen to the arrest
# What only the person, or a document, could have told.
UNTOLD = (
    "nome_mae", "nome_pai", "nome_social", "dt_nascimento", "rji", "etnia_indigena", "estado_civil", "escolaridade",
    "profissao", "naturalidade_ibge", "n_filhos", "procedencia", "endereco", "telefone", "email",
)  # fmt: skip


def unidentified(scene: Scene) -> None:
    """Somebody held without a name or a document; for two of three, a family has declared somebody missing."""
    rng, uf = scene.shop.rng, scene.home
    human = scene.somebody(uf, "F" if rng.random() < WOMAN else "M")
    days = rng.randint(20, 300)
    key = scene.hold(uf, days, human).key
    named = NAMES[scene.number % len(NAMES)]
    row = scene.row(uf, "vw_preso", key)
    row |= dict.fromkeys(UNTOLD) | {"nome": named[human.sex] if named else names.nickname(rng, human.sex)}
    for view in ("vw_preso_documento", "vw_preso_nome"):
        kept = scene.rows(uf, view)
        kept[:] = [one for one in kept if one["id_preso"] != key]
    scene.label(uf, "vw_preso", key, set(), UNIDENTIFIED)
    marks = mark(scene, uf, key, days)
    if scene.number % 3 != 2:
        declare(scene, human, marks, scene.ago(days + rng.randint(*BEFORE_ARREST)).date(), found=True)


def missing_in_custody(scene: Scene) -> None:
    """Somebody declared missing who is in prison under the right name, in another state."""
    human = scene.somebody(scene.home)
    days = scene.shop.rng.randint(10, 200)
    host = scene.hold(scene.away, days, human)
    marks = mark(scene, scene.away, host.key, days)
    seen = scene.ago(days + scene.shop.rng.randint(*BEFORE_ARREST)).date()
    declare(scene, human, marks, seen, found=True)


def missing_elsewhere(scene: Scene) -> None:
    """Somebody declared missing whom no state has."""
    rng = scene.shop.rng
    human = scene.somebody(scene.home, "F" if rng.random() < WOMAN * 2 else "M")
    marks = f"{rng.choice(prisoners.DRAWINGS)}, {rng.choice(prisoners.BODY)}"
    declare(scene, human, marks, scene.ago(rng.randint(20, 400)).date(), found=False)


def mark(scene: Scene, uf: str, key: int, days: float) -> str:
    """Two tattoos that everybody would describe; what they are, in words."""
    rng, told = scene.shop.rng, []
    for drawing in rng.sample(prisoners.DRAWINGS, 2):
        where = rng.choice(prisoners.BODY)
        told.append(f"{drawing}, {where}")
        scene.shop.rows.add(uf, "vw_preso_sinal", {
            "id_preso": key, "tipo": "TATUAGEM", "regiao_corpo": where, "descricao": drawing, "id_foto": None,
            "dt_atualizacao": scene.shop.changed(scene.ago(days)), "st_registro": "A",
        })  # fmt: skip
    return "; ".join(told)


def declare(scene: Scene, human: Human, marks: str, seen: date, found: bool) -> None:
    """A line of missing.csv; the age is a guess. Whoever is `found` is in the record told of last."""
    age = (seen - human.born) // timedelta(days=365.25) + scene.shop.rng.randint(-2, 2)
    who, origin, view, key = scene.told[-1][2:] if found else ("", "", "", "")
    scene.missing.append((
        f"M{len(scene.missing) + 1:05d}", human.name, human.mother_name, str(age), human.sex, marks, seen.isoformat(),
        scene.home, who, origin, view, key,
    ))  # fmt: skip
