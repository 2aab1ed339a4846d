"""Signs in how an account is used: how much, when, in which rhythm, from where, with which words.

The limits are judgements, chosen on invented use (`benchmarks/misuse.py`), not learned from real use.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import groupby, pairwise
from statistics import mean, median, pstdev

from oversight.signs.acts import Act, Usage
from oversight.signs.sign import Seen, Sign, Surroundings, seen, unexplained
from registry.values.names import tokens

LEAST_REQUESTS = 20  # below which shares and rhythms mean nothing
SPREADS = 8.0  # so many median deviations above one's peers
LEAST_PEERS = 5
LEAST_WEEKS = 4  # of an account's own past, to know its habit by
ABOVE_HABIT = 2.0  # times its usual week, besides being above its peers
SURGE, SURGE_REQUESTS = 4.0, 60  # times its busiest week, peers or no peers
NIGHT, DAY = range(5), range(8, 18)
NIGHT_REQUESTS, NIGHTS, NIGHT_HABIT = 3, 2, 0.15
RUN = 20  # intervals in a row
RHYTHM = 0.15  # their deviation, as a share of their mean
OPENED_SHARE, OPENING_HABIT = 0.05, 0.2
STEPS, LETTERS = 5, 8  # numbers one after another; single words in the order of the alphabet
EXPORTS, EXPORT_WINDOW = 6, timedelta(hours=1)
EXPORTING = frozenset({"links_export", "dossier", "export"})
RECYCLED, UNNUMBERED, DIGITS = 12, 5, 3
FLIPS, FLIP_WINDOW = 4, timedelta(minutes=15)
IDLE_DAYS = 45


def _volume(usage: Usage, around: Surroundings) -> Seen | None:
    peers = [count for account, count in around.requests.items() if account != usage.account]
    own = around.requests.get(usage.account, 0)
    if len(peers) < LEAST_PEERS or own < LEAST_REQUESTS:
        return None
    middle = median(peers)
    spread = max(median(abs(count - middle) for count in peers), 0.1 * middle, 1.0)
    weeks = usage.portrait.weeks
    used_to_it = len(weeks) >= LEAST_WEEKS and own <= ABOVE_HABIT * median(weeks)
    if own <= middle + SPREADS * spread or used_to_it:
        return None
    return seen(
        f"Fez {own} consultas que nada explica; os demais, {middle:.0f} em mediana.", unexplained(usage.requests)
    )


def _surge(usage: Usage, around: Surroundings) -> Seen | None:
    weeks, asked = usage.portrait.weeks, unexplained(usage.requests)
    if len(weeks) < LEAST_WEEKS or len(asked) < SURGE_REQUESTS or len(asked) <= SURGE * max(weeks):
        return None
    return seen(f"Fez {len(asked)} consultas que nada explica; a sua semana mais cheia tinha {max(weeks)}.", asked)


def _night(usage: Usage, around: Surroundings) -> Seen | None:
    """Who works by day and comes back at night; a night shift neither works by day nor breaks a habit."""
    if usage.portrait.nights >= NIGHT_HABIT:
        return None
    asked = unexplained(usage.requests)
    by_day = {act.at.date() for act in usage.requests if act.at.hour in DAY}
    nights: dict[date, list[Act]] = defaultdict(list)
    for act in asked:
        if act.at.hour in NIGHT:
            nights[act.at.date()].append(act)
    # The small hours of a day belong to the working day before as much as to that day.
    odd = [
        acts for day, acts in nights.items() if len(acts) >= NIGHT_REQUESTS and {day, day - timedelta(days=1)} <= by_day
    ]
    if len(odd) < NIGHTS:
        return None
    late = [act for acts in odd for act in acts]
    return seen(
        f"Consultou {len(late)} vezes entre meia-noite e 5h, em {len(odd)} noites entre dias de trabalho.", late
    )


def _rhythm(usage: Usage, around: Surroundings) -> Seen | None:
    # A page asks for its photographs by itself.
    asked = [act for act in usage.requests if act.action != "photo"]
    times = [act.at.timestamp() for act in asked]
    gaps = [after - before for before, after in pairwise(times)]
    for start in range(len(gaps) - RUN + 1):
        run = gaps[start : start + RUN]
        if pstdev(run) <= RHYTHM * mean(run):
            words = f"{RUN + 1} consultas seguidas a intervalos iguais de {mean(run):.1f} s: parece um programa."
            return seen(words.replace(".", ",", 1), asked[start : start + RUN + 1])
    return None


def _without_opening(usage: Usage, around: Surroundings) -> Seen | None:
    searches = [act for act in unexplained(usage.requests) if act.action == "search"]
    opened = sum(act.action == "profile" for act in usage.requests)
    # Who screens visitors hardly ever opens anybody: that is a habit, not a sign.
    if len(searches) < LEAST_REQUESTS or opened > OPENED_SHARE * len(searches):
        return None
    if usage.portrait.opening is not None and usage.portrait.opening < OPENING_HABIT:
        return None
    return seen(f"Fez {len(searches)} buscas e abriu {opened} fichas.", searches)


def _enumeration(usage: Usage, around: Surroundings) -> Seen | None:
    numbered = [(number, act) for act in usage.requests if (number := _number(act)) is not None]
    # Whatever was looked at between two numbers does not break their sequence.
    longest = _longest(numbered)
    if len(longest) >= STEPS:
        return seen(f"Consultou {len(longest)} documentos de números seguidos.", longest)
    single = [(words[0], act) for act in usage.requests if len(words := asked_name(act)) == 1]
    rising = _rising(single)
    if len(rising) >= LETTERS:
        return seen(f"Buscou {len(rising)} nomes soltos em ordem alfabética.", rising)
    return None


def _longest(numbered: list[tuple[int, Act]]) -> list[Act]:
    longest: list[Act] = []
    run: list[tuple[int, Act]] = []
    for one in numbered:
        run = [*run, one] if run and one[0] - run[-1][0] == 1 else [one]
        longest = max(longest, [act for _, act in run], key=len)
    return longest


def _rising(single: list[tuple[str, Act]]) -> list[Act]:
    longest: list[Act] = []
    run: list[tuple[str, Act]] = []
    for one in single:
        run = [*run, one] if run and one[0] > run[-1][0] else [one]
        longest = max(longest, [act for _, act in run], key=len)
    return longest


def _exports(usage: Usage, around: Surroundings) -> Seen | None:
    taken = [act for act in unexplained(usage.answers) if act.action in EXPORTING]
    for first, last in zip(taken, taken[EXPORTS - 1 :], strict=False):
        if last.at - first.at <= EXPORT_WINDOW:
            return seen(f"Levou {EXPORTS} arquivos ou mais em uma hora.", taken)
    return None


def _recycled(usage: Usage, around: Surroundings) -> Seen | None:
    """The same words for many cases, or cases that are none. The same case day after day is work."""
    by_words: dict[str, dict[str, Act]] = defaultdict(dict)
    unnumbered: dict[object, Act] = {}
    for act in usage.requests:
        case, why = _declared(act)
        if act.purpose is None or not case:
            continue
        by_words[why].setdefault(case, act)
        if sum(letter.isdigit() for letter in case) < DIGITS:
            unnumbered.setdefault(act.purpose, act)
    most = max(by_words.values(), key=len, default={})
    if len(most) >= RECYCLED:
        return seen(f"Declarou as mesmas palavras para {len(most)} procedimentos.", most.values())
    if len(unnumbered) >= UNNUMBERED:
        return seen(f"Declarou {len(unnumbered)} finalidades sem número de procedimento.", unnumbered.values())
    return None


def _declared(act: Act) -> tuple[str, str]:
    """The case and the justification of `activity · case · justification`, in plain words."""
    parts = act.purpose_text.lower().split(" · ", 2)
    parts = parts if len(parts) == 3 else ["", "", ""]
    return " ".join(parts[1].split()), " ".join(parts[2].split())


def _devices(usage: Usage, around: Surroundings) -> Seen | None:
    """One person, two places by turns. An address that changes within a session is a telephone on its way."""
    pages = [act for act in usage.acts if act.channel == "page" and act.session and act.address]
    places = [list(acts) for _, acts in groupby(pages, key=lambda act: (act.session, act.address))]
    flips = [
        (before[-1], after[0])
        for before, after in pairwise(places)
        if before[-1].session != after[0].session
        and before[-1].address != after[0].address
        and after[0].at - before[-1].at <= FLIP_WINDOW
    ]
    if len(flips) < FLIPS:
        return None
    words = f"Passou {len(flips)} vezes de um endereço a outro em menos de 15 minutos: parece conta compartilhada."
    return seen(words, (act for flip in flips for act in flip))


def _idle(usage: Usage, around: Surroundings) -> Seen | None:
    days, asked = usage.portrait.idle_days, unexplained(usage.requests)
    if days is None or days < IDLE_DAYS or len(asked) < LEAST_REQUESTS:
        return None
    return seen(f"Fez {len(asked)} consultas que nada explica depois de {days} dias sem uso.", asked)


def asked_name(act: Act) -> tuple[str, ...]:
    """The words of the name a search asked for, comparable; empty when it asked for none."""
    return next(_names(act), ())


def _names(act: Act) -> Iterator[tuple[str, ...]]:
    for field in ("name", "text"):
        words = tokens(str(act.asked.get(field, "")))
        if words and not any(letter.isdigit() for word in words for letter in word):
            yield words


def asked_number(act: Act) -> str:
    """The digits of the document a search asked for; empty when it asked for none."""
    text = str(act.asked.get("document", "") or act.asked.get("text", ""))
    return "".join(letter for letter in text if letter.isdigit())


def _number(act: Act) -> int | None:
    digits = asked_number(act)
    # The check digits of a CPF are no part of the count.
    digits = digits[:9] if len(digits) == 11 else digits
    return int(digits) if digits and len(digits) < 19 else None


SIGNS: tuple[Sign, ...] = (
    Sign("rhythm", 5, "Ritmo de programa", _rhythm),
    Sign("enumeration", 5, "Números em sequência", _enumeration),
    Sign("devices", 4, "Dois lugares ao mesmo tempo", _devices),
    Sign("volume", 3, "Volume acima dos demais", _volume),
    Sign("surge", 3, "Volume acima do próprio", _surge),
    Sign("exports", 3, "Muitos arquivos em pouco tempo", _exports),
    Sign("idle", 3, "Conta parada que voltou", _idle),
    Sign("night", 2, "Madrugada entre dias de trabalho", _night),
    Sign("without_opening", 2, "Buscas sem abrir", _without_opening),
    Sign("recycled", 2, "Justificativa repetida ou sem procedimento", _recycled),
)
