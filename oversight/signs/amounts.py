"""Signs in how much an account looks at, and with how few words it says why.

An account is compared with its colleagues of the same week and with its own weeks before, in what nothing explains. The
limits are judgements, chosen on invented use (`benchmarks/misuse.py`), not learned from real use.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from statistics import median

from oversight.signs.acts import Act, Usage
from oversight.signs.habit import busy
from oversight.signs.sign import Crowd, Seen, Sign, Surroundings, seen, unexplained

LEAST_REQUESTS = 20  # below which an amount means nothing
SPREADS = 8.0  # so many median deviations above one's peers
LEAST_WEEKS = 4  # of an account's own past, to know its habit by
ABOVE_HABIT = 4.0  # times its usual week, besides being above its peers
ABOVE_BUSIEST = 1.5  # times the busiest twentieth of its peers, where there is no habit
SURGE, SURGE_REQUESTS = 3.0, 50  # times its busy weeks, peers or no peers
RECYCLED, UNNUMBERED, DIGITS = 12, 6, 3  # cases of the same words; days and cases without a number


def _volume(usage: Usage, around: Surroundings) -> Seen | None:
    portrait = usage.portrait
    for what, asked, many, crowd, weeks in (
        ("Abriu {} pessoas", usage.opened, around.opened, around.opening, portrait.openings),
        ("Fez {} consultas", usage.requests, around.requests, around.asking, portrait.weeks),
    ):
        own = many.get(usage.account, 0)
        if crowd and _is_above(own, crowd, weeks):
            words = f"{what.format(own)} sem que nada explique; os demais, {crowd.middle:.0f} em mediana."
            return seen(words, unexplained(asked))
    return None


def _is_above(own: int, crowd: Crowd, weeks: Sequence[int]) -> bool:
    """Far above the others of the week, and above the account's own weeks."""
    if own < LEAST_REQUESTS or own <= crowd.middle + SPREADS * crowd.spread:
        return False
    return own > (ABOVE_HABIT * median(weeks) if len(weeks) >= LEAST_WEEKS else ABOVE_BUSIEST * crowd.busiest)


def _surge(usage: Usage, around: Surroundings) -> Seen | None:
    weeks, asked = usage.portrait.weeks, unexplained(usage.requests)
    if len(weeks) < LEAST_WEEKS or len(asked) < SURGE_REQUESTS or len(asked) <= SURGE * busy(weeks):
        return None
    words = f"Fez {len(asked)} consultas que nada explica; as suas semanas mais cheias tinham {busy(weeks):.0f}."
    return seen(words, asked)


def _recycled(usage: Usage, around: Surroundings) -> Seen | None:
    """The same words for many cases, or cases that are none. The same case day after day is work; so is one routine
    without a number, day after day: several of them in one day are whatever comes to mind."""
    by_words: dict[str, dict[str, Act]] = defaultdict(dict)
    unnumbered: dict[tuple[date, str], Act] = {}
    for act in usage.requests:
        case, why = act.declared
        if act.purpose is None or not case:
            continue
        by_words[why].setdefault(case, act)
        if sum(letter.isdigit() for letter in case) < DIGITS:
            unnumbered.setdefault((act.at.date(), case), act)
    most = max(by_words.values(), key=len, default={})
    if len(most) >= RECYCLED:
        return seen(f"Declarou as mesmas palavras para {len(most)} procedimentos.", most.values())
    if len(unnumbered) >= UNNUMBERED:
        return seen(f"Declarou {len(unnumbered)} vezes um procedimento sem número.", unnumbered.values())
    return None


SIGNS: tuple[Sign, ...] = (
    Sign("volume", 3, "Volume acima dos demais", _volume),
    Sign("surge", 3, "Volume acima do próprio", _surge),
    Sign("recycled", 2, "Justificativa repetida ou sem procedimento", _recycled),
)
