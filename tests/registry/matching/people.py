"""Invented people with two records each now and then, as clerks write them: what small models are trained on."""

from datetime import date, timedelta
from random import Random

from registry.matching.measuring import Truth
from registry.matching.subjects import Source

GIVEN = [
    "JOSE",
    "MARIA",
    "JOAO",
    "ANA",
    "ANTONIO",
    "FRANCISCA",
    "CARLOS",
    "PAULO",
    "LUCAS",
    "MARCIA",
    "TEREZA",
    "EDSON",
    "RITA",
    "VERA",
    "IVAN",
    "SONIA",
    "WESLEY",
    "RAFAEL",
    "DEBORA",
    "MARCOS",
    "SIMONE",
    "TIAGO",
    "BRUNA",
    "FELIPE",
]
SURNAMES = [
    "SILVA",
    "SANTOS",
    "OLIVEIRA",
    "SOUZA",
    "LIMA",
    "FERREIRA",
    "ARAUJO",
    "BARBOSA",
    "NASCIMENTO",
    "RIBEIRO",
    "ALVES",
    "CARDOSO",
    "MELO",
    "ROCHA",
    "DIAS",
    "MOREIRA",
    "TEIXEIRA",
    "CORREIA",
    "FARIAS",
    "MENDES",
    "NUNES",
    "DUARTE",
    "PINHEIRO",
    "BORGES",
    "XAVIER",
    "BRANDAO",
    "LEITAO",
    "PAIXAO",
    "TAVARES",
    "QUEIROZ",
]


def invent(people: int = 600, seed: int = 5) -> tuple[list[Source], Truth]:
    """People of whom every third has two records, the second one with something else or missing."""
    rng = Random(seed)
    sources: list[Source] = []
    humans: dict[int, str] = {}
    for human in range(people):
        first = _source(rng, len(sources) + 1)
        sources.append(first)
        if human % 3 == 0:
            sources.append(_again(rng, first, len(sources) + 1))
        humans |= {source.id: f"H{human}" for source in sources[len(humans) :]}
    return sources, Truth(humans)


def _source(rng: Random, number: int) -> Source:
    surnames = rng.sample(SURNAMES, 3)
    return Source(
        id=number, name=f"{rng.choice(GIVEN)} {surnames[0]} {surnames[1]}",
        mother=f"{rng.choice(GIVEN)} {surnames[0]} {surnames[2]}", father=f"{rng.choice(GIVEN)} {surnames[1]}",
        birth=date(1960, 1, 1) + timedelta(days=rng.randrange(15_000)), sex=rng.choice("FM"),
        cpf=f"{rng.randrange(10**10, 10**11)}" if rng.random() < 0.7 else "",
        birthplace=f"{rng.randrange(11, 53)}{rng.randrange(100, 140):05d}",
    )  # fmt: skip


def _again(rng: Random, source: Source, number: int) -> Source:
    changed = source._replace(id=number)
    match rng.randrange(5):
        case 0:
            return changed._replace(name=source.name.replace("S", "Z"), cpf="")
        case 1 if source.birth:
            return changed._replace(birth=source.birth.replace(month=1, day=1))
        case 2:
            return changed._replace(mother="", father="")
        case 3:
            return changed._replace(name=" ".join(source.name.split()[::2]), cpf="")
        case _:
            return changed
