"""Signs in how an account is used: when, in which rhythm, from where.

The limits are judgements, chosen on invented use (`benchmarks/misuse.py`), not learned from real use.
"""

from datetime import timedelta
from itertools import groupby, pairwise
from statistics import mean, pstdev

from consulta.serials import serial
from oversight.signs.acts import Act, Usage
from oversight.signs.sign import Seen, Sign, Surroundings, odd_nights, seen, unexplained

LEAST_REQUESTS = 20  # below which shares and rhythms mean nothing
NIGHTS, NIGHT_HABIT = 2, 0.15
MOST_AWAKE, AWAKE = 8, 0.08  # accounts awake between working days, and their share, beyond which the agency is at work
RUN = 20  # intervals in a row
RHYTHM = 0.15  # their deviation, as a share of their mean
OPENED_SHARE, OPENING_HABIT = 0.05, 0.2
STEPS, LETTERS = 5, 8  # numbers one after another; single words in the order of the alphabet
EXPORTS, EXPORT_WINDOW = 6, timedelta(hours=1)
EXPORTING = frozenset({"links_export", "dossier", "export"})
FLIPS, FLIP_WINDOW, FLIP_SPAN = 4, timedelta(minutes=15), timedelta(hours=3)
IDLE_DAYS = 45


def _night(usage: Usage, around: Surroundings) -> Seen | None:
    """Who works by day and comes back at night. A night that kept many of the agency awake was work."""
    if usage.portrait.nights >= NIGHT_HABIT or around.sleepless > max(MOST_AWAKE, AWAKE * len(around.requests)):
        return None
    nights = odd_nights(usage)
    if len(nights) < NIGHTS:
        return None
    late = [act for acts in nights for act in acts]
    return seen(
        f"Consultou {len(late)} vezes entre meia-noite e 5h, em {len(nights)} noites entre dias de trabalho.", late
    )


def _rhythm(usage: Usage, around: Surroundings) -> Seen | None:
    # A page asks for its photographs by itself.
    asked = [act for act in usage.requests if act.action != "photo"]
    times = [act.at.timestamp() for act in asked]
    gaps = [after - before for before, after in pairwise(times)]
    start = _even(gaps)
    if start is None:
        return None
    middle = sum(gaps[start : start + RUN]) / RUN
    words = f"{RUN + 1} consultas seguidas a intervalos iguais de {middle:.1f} s: parece um programa."
    return seen(words.replace(".", ",", 1), asked[start : start + RUN + 1])


def _even(gaps: list[float]) -> int | None:
    """Where the first `RUN` even intervals begin; sums slide along, since busy accounts have thousands of them."""
    total = sum(gaps[:RUN])
    squares = sum(gap * gap for gap in gaps[:RUN])
    for start in range(len(gaps) - RUN + 1):
        if start:
            total += gaps[start + RUN - 1] - gaps[start - 1]
            squares += gaps[start + RUN - 1] ** 2 - gaps[start - 1] ** 2
        # Sums that slid are not exact: whoever passes is measured anew.
        if squares * RUN <= (1 + 4 * RHYTHM**2) * total**2:
            run = gaps[start : start + RUN]
            if pstdev(run) <= RHYTHM * mean(run):
                return start
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
    numbered = [(number, act) for digits, act in usage.numbers if (number := serial(digits)) is not None]
    longest = _longest(numbered)
    if len(longest) >= STEPS:
        return seen(f"Consultou {len(longest)} documentos de números seguidos.", longest)
    rising = _rising([(words[0], act) for words, act in usage.names if len(words) == 1])
    if len(rising) >= LETTERS:
        return seen(f"Buscou {len(rising)} nomes soltos em ordem alfabética.", rising)
    return None


def _longest(numbered: list[tuple[int, Act]]) -> list[Act]:
    """The longest run of numbers that follow one another, in whatever order and with whatever else between."""
    longest: list[Act] = []
    run: list[Act] = []
    first = dict(reversed(numbered))
    for before, number in pairwise([-1, *sorted(first)]):
        run = [*run, first[number]] if number - before == 1 else [first[number]]
        longest = max(longest, run, key=len)
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


def _devices(usage: Usage, around: Surroundings) -> Seen | None:
    """One person, two places by turns. An address that changes within a session is a telephone on its way; whoever goes
    somewhere else comes back an hour later, not again and again."""
    pages = [act for act in usage.acts if act.channel == "page" and act.session and act.address]
    places = [list(acts) for _, acts in groupby(pages, key=lambda act: (act.session, act.address))]
    flips = [
        (before[-1], after[0])
        for before, after in pairwise(places)
        if before[-1].session != after[0].session
        and before[-1].address != after[0].address
        and after[0].at - before[-1].at <= FLIP_WINDOW
    ]
    runs = zip(flips, flips[FLIPS - 1 :], strict=False)
    if not any(last[1].at - first[0].at <= FLIP_SPAN for first, last in runs):
        return None
    words = f"Passou {len(flips)} vezes de um endereço a outro em menos de 15 minutos: parece conta compartilhada."
    return seen(words, (act for flip in flips for act in flip))


def _idle(usage: Usage, around: Surroundings) -> Seen | None:
    days, asked = usage.portrait.idle_days, unexplained(usage.requests)
    if days is None or days < IDLE_DAYS or len(asked) < LEAST_REQUESTS:
        return None
    return seen(f"Fez {len(asked)} consultas que nada explica depois de {days} dias sem uso.", asked)


SIGNS: tuple[Sign, ...] = (
    Sign("rhythm", 5, "Ritmo de programa", _rhythm),
    Sign("enumeration", 5, "Números em sequência", _enumeration),
    Sign("devices", 4, "Dois lugares ao mesmo tempo", _devices),
    Sign("exports", 3, "Muitos arquivos em pouco tempo", _exports),
    Sign("idle", 3, "Conta parada que voltou", _idle),
    Sign("night", 2, "Madrugada entre dias de trabalho", _night),
    Sign("without_opening", 2, "Buscas sem abrir", _without_opening),
)
