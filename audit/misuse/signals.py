"""The signals: each with a name, a weight, and the sentence that explains it to a corregedor.

The limits are judgements, chosen on invented use (tests/audit/misuse), not learned from real use; a weight says how
much a signal moves an account up the list, not how likely misuse is.
"""

import uuid
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise
from statistics import mean, median, pstdev

from audit.misuse.acts import Act, Usage

LEAST_REQUESTS = 20  # below which shares and rhythms mean nothing
SPREADS = 8.0  # so many median deviations above one's peers
LEAST_PEERS = 5
NIGHT = range(5)
NIGHT_SHARE = 0.5
RUN = 20  # requests in a row
RHYTHM = 0.15  # deviation of their intervals, as a share of the interval
OPENED_SHARE = 0.05
HOT = 10  # accounts that opened one person
STEPS = 5  # numbers one after another
EXPORTS, EXPORT_WINDOW = 5, timedelta(hours=1)
RECYCLED = 5  # purposes with the same words
EXPORTING = frozenset({"links_export", "dossier"})


@dataclass(frozen=True)
class Context:
    """What all accounts did together: requests of each, and how many opened each person."""

    requests: dict[int, int]
    openers: dict[uuid.UUID, int]


@dataclass(frozen=True)
class Signal:
    """A sign of misuse. `look` gives the explanation in pt-BR, empty when there is nothing to explain."""

    name: str
    weight: int
    label: str
    look: Callable[[Usage, Context], str]


def context(usages: Sequence[Usage]) -> Context:
    """What each account is compared with."""
    openers: dict[uuid.UUID, set[int]] = defaultdict(set)
    for usage in usages:
        for person in _opened(usage):
            openers[person].add(usage.account)
    return Context(
        requests={usage.account: len(usage.requests) for usage in usages},
        openers={person: len(accounts) for person, accounts in openers.items()},
    )


def _volume(usage: Usage, others: Context) -> str:
    peers = [count for account, count in others.requests.items() if account != usage.account]
    own = others.requests[usage.account]
    if len(peers) < LEAST_PEERS or own < LEAST_REQUESTS:
        return ""
    middle = median(peers)
    spread = max(median(abs(count - middle) for count in peers), 0.1 * middle, 1.0)
    if own <= middle + SPREADS * spread:
        return ""
    return f"Fez {own} consultas; os demais, {middle:.0f} em mediana."


def _night(usage: Usage, others: Context) -> str:
    requests = usage.requests
    late = sum(act.at.hour in NIGHT for act in requests)
    if len(requests) < LEAST_REQUESTS or late < NIGHT_SHARE * len(requests):
        return ""
    return f"{late} de {len(requests)} consultas foram entre meia-noite e 5h."


def _rhythm(usage: Usage, others: Context) -> str:
    times = [act.at.timestamp() for act in usage.requests]
    gaps = [after - before for before, after in pairwise(times)]
    for start in range(len(gaps) - RUN + 1):
        run = gaps[start : start + RUN]
        if pstdev(run) <= RHYTHM * mean(run):
            return f"{RUN + 1} consultas seguidas a intervalos iguais de {mean(run):.1f} s: parece um programa."
    return ""


def _without_opening(usage: Usage, others: Context) -> str:
    searches = sum(act.action == "search" for act in usage.requests)
    opened = len([act for act in usage.requests if act.action == "profile"])
    if searches < LEAST_REQUESTS or opened > OPENED_SHARE * searches:
        return ""
    return f"Fez {searches} buscas e abriu {opened} fichas."


def _hot(usage: Usage, others: Context) -> str:
    hot = [person for person in _opened(usage) if others.openers[person] >= HOT]
    if not hot:
        return ""
    most = max(others.openers[person] for person in hot)
    return f"Abriu {len(hot)} pessoa(s) que até {most} contas abriram no período."


def _enumeration(usage: Usage, others: Context) -> str:
    longest = run = 1
    last: int | None = None
    # Whatever was looked at between two numbers does not break their sequence.
    for number in filter(None, map(_number, usage.requests)):
        run = run + 1 if last is not None and number - last == 1 else 1
        longest, last = max(longest, run), number
    return f"Consultou {longest} documentos de números seguidos." if longest >= STEPS else ""


def _exports(usage: Usage, others: Context) -> str:
    times = [act.at for act in usage.answers if act.action in EXPORTING]
    for first, last in zip(times, times[EXPORTS - 1 :], strict=False):
        if last - first <= EXPORT_WINDOW:
            return f"Levou {EXPORTS} arquivos ou mais em uma hora."
    return ""


def _recycled(usage: Usage, others: Context) -> str:
    words: dict[str, set[uuid.UUID]] = defaultdict(set)
    for act in usage.requests:
        if act.purpose is not None:
            words[" ".join(act.purpose_text.lower().split())].add(act.purpose)
    most = max((len(purposes) for purposes in words.values()), default=0)
    return f"Declarou {most} finalidades com as mesmas palavras." if most >= RECYCLED else ""


def _opened(usage: Usage) -> Counter[uuid.UUID]:
    # A profile shows its person first; those after it are relations.
    return Counter(act.subjects[0] for act in usage.answers if act.action == "profile" and act.subjects)


def _number(act: Act) -> int | None:
    digits = "".join(letter for letter in str(act.asked.get("document", "")) if letter.isdigit())
    # The check digits of a CPF are no part of the count.
    digits = digits[:9] if len(digits) == 11 else digits
    return int(digits) if digits else None


SIGNALS: tuple[Signal, ...] = (
    Signal("rhythm", 5, "Ritmo de programa", _rhythm),
    Signal("enumeration", 5, "Números em sequência", _enumeration),
    Signal("volume", 3, "Volume acima dos demais", _volume),
    Signal("exports", 3, "Muitos arquivos em pouco tempo", _exports),
    Signal("hot", 2, "Pessoa muito aberta", _hot),
    Signal("without_opening", 2, "Buscas sem abrir", _without_opening),
    Signal("recycled", 2, "Justificativa repetida", _recycled),
    Signal("night", 1, "Madrugada", _night),
)
