"""Signs in whom an account looked for: oneself, family, colleagues, whom everybody looks at, planted records."""

from collections.abc import Iterable, Mapping
from itertools import combinations
from math import comb, prod

from audit.events import Kind
from oversight.signs.acts import Act, Usage
from oversight.signs.conduct import asked_name, asked_number
from oversight.signs.sign import Seen, Sign, Surroundings, seen, unexplained

HOT, SUDDEN = 10, 3.0  # accounts that opened one person, and so many times the usual number
# Share of people with exactly the same name, were its words independent, above which a name means nobody in particular.
RARE_NAME = 1e-6
CHANCE, LEAST_SURNAMES = 1e-5, 3  # of so many searches by one's surname, were it as rare as in the base
RARE = 0.01  # share of persons with a surname below which first and last name alone mean somebody
FULL = 3  # words that make a name somebody's own
UNANSWERED, EMPTY_OPENINGS = 5, 2


def _own_name(usage: Usage, around: Surroundings) -> Seen | None:
    own, numbers = usage.portrait.name, usage.portrait.documents
    share = usage.portrait.surnames.get(own[-1], 1.0) if own else 1.0
    hits = [act for act in usage.requests if asked_number(act) in numbers or _is_named(asked_name(act), own, share)]
    return seen(f"Buscou o próprio nome ou CPF {_times(hits)}.", hits) if hits else None


def _is_named(asked: tuple[str, ...], own: tuple[str, ...], share: float) -> bool:
    if len(own) < 2 or len(asked) < 2:
        return False
    if len(own) >= FULL and set(own) <= set(asked):
        return True
    return asked in {own, (own[0], own[-1])} and (len(asked) >= FULL or share < RARE)


def _surname(usage: Usage, around: Surroundings) -> Seen | None:
    # The pages of one answer are one search.
    asked = {(act.purpose, name): act for act in usage.requests if len(name := asked_name(act)) > 1}
    named = [(name, act) for (_, name), act in asked.items()]
    for family, share in _families(usage.portrait.surnames):
        hits = [act for name, act in named if family <= set(name[1:])]
        if len(hits) >= LEAST_SURNAMES and _tail(len(hits), len(named), share) < CHANCE:
            chance = f"{share * len(named):.1f}".replace(".", ",")
            words = f"{len(hits)} de {len(named)} buscas por nome levavam um sobrenome seu; ao acaso seriam {chance}."
            return seen(words, hits)
    return None


def _families(surnames: Mapping[str, float]) -> list[tuple[set[str], float]]:
    """Each surname with its share, and each two of them together, which kin share and strangers seldom do."""
    alone = [({name}, share) for name, share in surnames.items()]
    return alone + [({*one, *other}, a * b) for (one, a), (other, b) in combinations(alone, 2)]


def _tail(hits: int, tries: int, share: float) -> float:
    """How likely at least so many hits are by chance (binomial)."""
    below = sum(comb(tries, n) * share**n * (1 - share) ** (tries - n) for n in range(hits))
    return max(0.0, 1.0 - below)


def is_rare(name: tuple[str, ...], shares: Mapping[str, float]) -> bool:
    """True if hardly anybody else can be expected to have exactly this name; `shares` of its words among people."""
    return prod(shares.get(word, 1.0) for word in name) < RARE_NAME


def _colleague(usage: Usage, around: Surroundings) -> Seen | None:
    hits = [
        act
        for act in usage.requests
        if asked_number(act) in usage.portrait.colleagues
        or around.colleagues.get(asked_name(act), usage.account) != usage.account
    ]
    return (
        seen(f"Buscou o nome ou o CPF de quem usa a plataforma no mesmo órgão {_times(hits)}.", hits) if hits else None
    )


def _linked(usage: Usage, around: Surroundings) -> Seen | None:
    hits = [act for act in usage.opened if act.subjects[0] in usage.portrait.linked]
    words = "Abriu a ficha de quem tem como visitante ou advogado alguém com o nome completo do agente"
    return seen(f"{words} {_times(hits)}.", hits) if hits else None


def _hot(usage: Usage, around: Surroundings) -> Seen | None:
    # Whom many open every week is somebody of the house; whom many open all of a sudden is talked about.
    hits = [
        act
        for act in unexplained(usage.opened)
        if (many := around.openers.get(act.subjects[0], 0)) >= HOT
        and many >= SUDDEN * around.usual.get(act.subjects[0], 0.0)
    ]
    if not hits:
        return None
    people = {act.subjects[0] for act in hits}
    most = max(around.openers[person] for person in people)
    return seen(f"Abriu {len(people)} pessoa(s) que até {most} contas abriram no período sem que nada explique.", hits)


def _probing(usage: Usage, around: Surroundings) -> Seen | None:
    """Trying what is hidden: exceptional access that found nobody, profiles asked for and never shown."""
    empty = [act for act in usage.acts if act.kind is Kind.EXCEPTIONAL_OPENED and not act.subjects]
    answered = {act.intent for act in usage.answers}
    refused = [act for act in usage.requests if act.action == "profile" and act.event not in answered]
    if len(empty) < EMPTY_OPENINGS and len(refused) < UNANSWERED:
        return None
    words = f"Tentou {len(refused)} fichas que não pôde ver e {len(empty)} acessos excepcionais que nada abriram."
    return seen(words, _in_order([*empty, *refused]))


def _canary(usage: Usage, around: Surroundings) -> Seen | None:
    hits = [act for act in usage.answers if act.action != "search" and set(act.subjects[:1]) & around.canaries]
    return seen(f"Abriu um registro-isca {_times(hits)}.", hits) if hits else None


def _in_order(acts: Iterable[Act]) -> list[Act]:
    return sorted(acts, key=lambda act: act.event)


def _times(hits: list[Act]) -> str:
    return "1 vez" if len(hits) == 1 else f"{len(hits)} vezes"


SIGNS: tuple[Sign, ...] = (
    Sign("canary", 10, "Registro-isca aberto", _canary),
    Sign("own_name", 5, "Próprio nome ou CPF", _own_name),
    Sign("linked", 5, "Ligação com o agente", _linked),
    Sign("colleague", 4, "Nome ou CPF de colega", _colleague),
    Sign("probing", 4, "Tentativa de ver o que é sigiloso", _probing),
    Sign("surname", 3, "Próprio sobrenome", _surname),
    Sign("hot", 2, "Pessoa muito aberta", _hot),
)
