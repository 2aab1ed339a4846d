"""Signs in the names somebody looked for: one's own, one's family's, one's colleagues'.

A name says something as far as it is rare: each sign asks how likely so many searches for it were by chance, of as
many as the account made, were names drawn from the registered people.
"""

from collections.abc import Mapping
from itertools import combinations

from oversight.signs.acts import Act, Usage
from oversight.signs.chance import tail
from oversight.signs.roll import Meeting
from oversight.signs.sign import Seen, Sign, Surroundings, seen, times

FULL = 3  # words that make a name somebody's own
CHANCE_OWN = 0.04
CHANCE_KIN, LEAST_KIN = 0.02, 3
CHANCE_COLLEAGUE = 0.05
# What is so many times likelier by chance is told, but makes an alert only beside something else.
WEAKLY = 3.0


def _own_name(usage: Usage, around: Surroundings) -> Seen | None:
    by_number = [act for digits, act in usage.numbers if digits in usage.portrait.documents]
    chance, named = _self(usage)
    hits = [*by_number, *named] if chance < WEAKLY * CHANCE_OWN else by_number
    if not hits:
        return None
    weak = not by_number and chance >= CHANCE_OWN
    return seen(f"Buscou o próprio nome ou CPF {times(hits)}.", _in_order(hits), weak=weak)


def _self(usage: Usage) -> tuple[float, list[Act]]:
    """How likely so many searches for the account's own name are, the whole or its first and last word; those."""
    portrait, tries = usage.portrait, len(usage.named)
    ends = (portrait.name[0], portrait.name[-1]) if len(portrait.name) >= FULL else ()
    whole = [words for words, _ in usage.named if _is_whole(words, portrait.name)]
    short = [words for words, _ in usage.named if words == ends]
    chance = tail(len(whole), tries, portrait.common) * tail(len(short), tries, portrait.short)
    return chance, _searches(usage, [*whole, *short])


def _is_whole(asked: tuple[str, ...], own: tuple[str, ...]) -> bool:
    return len(own) > 1 and (asked == own or (len(own) >= FULL and set(own) <= set(asked)))


def _surname(usage: Usage, around: Surroundings) -> Seen | None:
    tries = len(usage.named)
    chance, share, hits = _kin(usage)
    if chance >= WEAKLY * CHANCE_KIN:
        return None
    expected = f"{share * tries:.1f}".replace(".", ",")
    words = f"{len(hits)} de {tries} buscas por nome levavam um sobrenome seu; ao acaso seriam {expected}."
    return seen(words, hits, weak=chance >= CHANCE_KIN)


def _kin(usage: Usage) -> tuple[float, float, list[Act]]:
    """How likely so many searches for names of the family are; the share of people with such a name; those searches."""
    own, best = usage.portrait.name, (1.0, 0.0, list[Act]())
    families = _families(usage.portrait.surnames)
    for family, share in families:
        hits = [act for words, act in usage.named if family <= set(words[1:]) and not _is_whole(words, own)]
        if len(hits) >= LEAST_KIN:
            chance = len(families) * tail(len(hits), len(usage.named), share)
            best = min(best, (chance, share, hits), key=lambda one: one[0])
    return best


def _families(surnames: Mapping[str, float]) -> list[tuple[set[str], float]]:
    """Each surname with its share, and each two of them together, which kin share and strangers seldom do."""
    alone = [({name}, share) for name, share in surnames.items()]
    return alone + [({*one, *other}, a * b) for (one, a), (other, b) in combinations(alone, 2)]


def _colleague(usage: Usage, around: Surroundings) -> Seen | None:
    """The first search for a colleague may be chance as likely as any colleague so rarely named is met; each further
    one, of another case, as likely as that one is met again."""
    by_number = [act for digits, act in usage.numbers if digits in usage.portrait.colleagues]
    met = [(found, words) for words, _ in usage.named if (found := around.roll.meeting(words, usage.account))]
    together = _chance([found for found, _ in met], len(usage.named))
    hits = (
        [*by_number, *_searches(usage, [words for _, words in met])]
        if together < WEAKLY * CHANCE_COLLEAGUE
        else by_number
    )
    if not hits:
        return None
    words = f"Buscou o nome ou o CPF de quem usa a plataforma no mesmo órgão {times(hits)}."
    return seen(words, _in_order(hits), weak=not by_number and together >= CHANCE_COLLEAGUE)


def _chance(met: list[Meeting], tries: int) -> float:
    known, chance = set[int](), 1.0
    for one in met:
        chance *= min(1.0, tries * (one.common if one.account in known else one.met))
        known.add(one.account)
    return chance


def _searches(usage: Usage, names: list[tuple[str, ...]]) -> list[Act]:
    """Every search for these names: chance counts a target once, evidence has them all."""
    return [act for words, act in usage.names if words in names]


def _in_order(acts: list[Act]) -> list[Act]:
    return sorted(acts, key=lambda act: act.event)


SIGNS: tuple[Sign, ...] = (
    Sign("own_name", 5, "Próprio nome ou CPF", _own_name),
    Sign("colleague", 4, "Nome ou CPF de colega", _colleague),
    Sign("surname", 3, "Próprio sobrenome", _surname),
)
