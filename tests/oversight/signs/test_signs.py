"""Each signal on a pattern put into ordinary use, and none on ordinary use."""

import uuid
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import count
from random import Random
from zoneinfo import ZoneInfo

import pytest

from audit.events import Kind
from oversight.signs import amounts, conduct
from oversight.signs.acts import Act, Portrait, Usage
from oversight.signs.habit import Past, habit
from oversight.signs.ranking import Ranked, news, ranked
from oversight.signs.sign import Seen, Sign

MONDAY = datetime(2026, 5, 4, tzinfo=ZoneInfo("America/Sao_Paulo"))
ACCOUNTS = 40
PURPOSE = uuid.UUID(int=1)
_events = count(1)


def _ordinary(account: int, chance: Random) -> Usage:
    """A week of work by day: searches at any moment, most of them followed by a profile."""
    acts: list[Act] = []
    for day in range(5):
        purpose = uuid.UUID(int=chance.getrandbits(128))
        for _ in range(chance.randint(3, 9)):
            at = MONDAY + timedelta(days=day, hours=8, seconds=chance.randint(0, 9 * 3600))
            person = uuid.UUID(int=chance.getrandbits(128))
            words = f"Inquérito {chance.randint(1, 99999)}"
            acts.append(_act(at, "search", purpose, words, asked={"document": str(chance.randint(10**8, 10**9))}))
            if chance.random() < 0.6:
                acts += _open(at + timedelta(seconds=chance.randint(5, 60)), person, purpose, words)
    return Usage(account, f"agente{account}", sorted(acts, key=lambda act: act.at))


def _act(at: datetime, action: str, purpose: uuid.UUID, words: str, **fields: object) -> Act:
    return Act(at=at, kind=Kind.INTENT, action=action, purpose=purpose, purpose_text=words, **fields)  # type: ignore[arg-type]


def _open(at: datetime, person: uuid.UUID, purpose: uuid.UUID = PURPOSE, words: str = "caso") -> list[Act]:
    event = next(_events)
    shown = Act(at=at, kind=Kind.DISCLOSURE, action="profile", subjects=(person,), intent=event)
    return [_act(at, "profile", purpose, words, event=event), shown]


def _week(seed: int) -> list[Usage]:
    chance = Random(seed)
    return [_ordinary(account, chance) for account in range(ACCOUNTS)]


def _rhythm(week: list[Usage], chance: Random) -> None:
    for number in range(30):
        at = MONDAY + timedelta(hours=18, seconds=number * 7 + chance.random() * 0.5)
        week[0].acts.append(_act(at, "profile", uuid.UUID(int=1), "caso"))


def _enumeration(week: list[Usage], chance: Random) -> None:
    first = chance.randint(10**8, 9 * 10**8)
    for number in range(8):
        at = MONDAY + timedelta(hours=18, seconds=number * 40 + chance.randint(0, 20))
        document = f"{first + number:09d}{chance.randint(10, 99)}"
        week[0].acts.append(_act(at, "search", uuid.UUID(int=1), "caso", asked={"document": document}))


def _volume(week: list[Usage], chance: Random) -> None:
    for _ in range(400):
        at = MONDAY + timedelta(hours=8, seconds=chance.randint(0, 5 * 86400))
        week[0].acts += _open(at, uuid.UUID(int=chance.getrandbits(128)))


def _exports(week: list[Usage], chance: Random) -> None:
    for number in range(7):
        at = MONDAY + timedelta(hours=18, minutes=number * 5 + chance.randint(0, 4))
        week[0].acts.append(Act(at=at, kind=Kind.DISCLOSURE, action="dossier", subjects=(uuid.UUID(int=number),)))


def _surge(week: list[Usage], chance: Random) -> None:
    """Far above the account's own weeks, while its peers do as much."""
    for usage in week[:20]:
        for _ in range(90):
            at = MONDAY + timedelta(hours=8, seconds=chance.randint(0, 5 * 86400))
            usage.acts += _open(at, uuid.UUID(int=chance.getrandbits(128)))
    week[0].portrait = Portrait(weeks=(12, 15, 9, 20, 14))


def _idle(week: list[Usage], chance: Random) -> None:
    week[0].portrait = Portrait(idle_days=90)
    for _ in range(20):
        week[0].acts += _open(MONDAY + timedelta(hours=9, seconds=chance.randint(0, 30000)), PURPOSE)


def _devices(week: list[Usage], chance: Random) -> None:
    for number in range(6):
        at = MONDAY + timedelta(hours=18, minutes=4 * number)
        place = {"channel": "page", "session": f"s{number}", "address": f"10.0.0.{number % 2}"}
        week[0].acts.append(Act(at=at, kind=Kind.LOGIN, **place))


def _without_opening(week: list[Usage], chance: Random) -> None:
    week[0].acts = [act for act in week[0].acts if act.action != "profile"]
    for _ in range(20):
        at = MONDAY + timedelta(hours=8, seconds=chance.randint(0, 30000))
        week[0].acts.append(_act(at, "search", uuid.UUID(int=1), "caso"))


def _recycled(week: list[Usage], chance: Random) -> None:
    for number in range(6):
        at = MONDAY + timedelta(days=number % 2, hours=9, seconds=chance.randint(0, 30000))
        words = (
            f"Investigação · {('rotina', 's/n', 'diversos')[number // 2]} · Verificação{' ' * (number + 1)}de rotina"
        )
        week[0].acts.append(_act(at, "profile", uuid.UUID(int=number), words))


def _night(week: list[Usage], chance: Random) -> None:
    for number in range(12):
        at = MONDAY + timedelta(days=1 + number % 3, seconds=chance.randint(0, 4 * 3600))
        week[0].acts.append(_act(at, "profile", uuid.UUID(int=1), "caso"))
    for day in range(5):
        week[0].acts.append(_act(MONDAY + timedelta(days=day, hours=10), "search", uuid.UUID(int=1), "caso"))


PATTERNS: dict[str, Callable[[list[Usage], Random], None]] = {
    "rhythm": _rhythm,
    "enumeration": _enumeration,
    "volume": _volume,
    "exports": _exports,
    "surge": _surge,
    "idle": _idle,
    "devices": _devices,
    "without_opening": _without_opening,
    "recycled": _recycled,
    "night": _night,
}


def _found(week: list[Usage], account: int = 0) -> set[str]:
    return {sign.name for one in ranked(week) if one.usage.account == account for sign, _ in one.reasons}


def test_every_sign_of_conduct_has_a_pattern() -> None:
    assert {sign.name for sign in (*conduct.SIGNS, *amounts.SIGNS)} == set(PATTERNS)


@pytest.mark.parametrize("pattern", PATTERNS)
def test_the_pattern_is_found_in_every_week(pattern: str) -> None:
    missed = []
    for seed in range(5):
        week = _week(seed)
        PATTERNS[pattern](week, Random(seed))
        week[0].acts.sort(key=lambda act: act.at)
        if pattern not in _found(week):
            missed.append(seed)
    assert missed == []


def test_ordinary_use_hardly_ever_shows_a_sign() -> None:
    alerts = sum(len(ranked(_week(seed))) for seed in range(12))
    assert alerts * 1000 / (12 * ACCOUNTS) <= 20  # for each 1,000 accounts and week


def test_the_heaviest_come_first_with_reasons_in_words() -> None:
    week = _week(1)
    _enumeration(week, Random(1))
    _recycled(week, Random(1))
    _exports(week[1:], Random(1))
    week[0].acts.sort(key=lambda act: act.at)
    first, second = ranked(week)[:2]
    assert (first.usage.username, second.usage.username) == ("agente0", "agente1")
    assert first.score > second.score
    assert "Consultou 8 documentos de números seguidos." in [seen.words for _, seen in first.reasons]


def test_what_is_explained_counts_for_no_volume() -> None:
    week = _week(3)
    _volume(week, Random(3))
    week[0].acts = [replace(act, explained="operação") for act in week[0].acts]
    assert "volume" not in {sign.name for one in ranked(week) if one.usage.account == 0 for sign, _ in one.reasons}


def test_a_night_shift_is_a_habit() -> None:
    week = _week(3)
    _night(week, Random(3))
    week[0].portrait = Portrait(nights=0.5)
    assert "night" not in _found(week)


def test_who_screens_visitors_is_not_fishing() -> None:
    week = _week(3)
    _without_opening(week, Random(3))
    week[0].portrait = Portrait(opening=0.02, weeks=(50, 60, 40, 55))
    assert "without_opening" not in _found(week)


def test_the_same_case_day_after_day_is_work() -> None:
    week = _week(3)
    for number in range(9):
        at = MONDAY + timedelta(hours=9 + number)
        week[0].acts.append(_act(at, "profile", uuid.UUID(int=number), "Investigação · IP 123/2026 · Localizar o alvo"))
    assert "recycled" not in _found(week)


def test_one_routine_without_a_number_day_after_day_is_work() -> None:
    week = _week(3)
    for number in range(20):
        at = MONDAY + timedelta(days=number % 5, hours=9 + number // 5)
        week[0].acts.append(_act(at, "profile", uuid.UUID(int=number), "Segurança · rotina da unidade · Conferência"))
    assert "recycled" not in _found(week)


def test_a_night_that_kept_the_agency_awake_is_work() -> None:
    week = _week(3)
    for number in range(10):
        _night(week[number:], Random(number))
    for usage in week:
        usage.acts.sort(key=lambda act: act.at)
    assert "night" not in _found(week)


def test_numbers_in_sequence_are_seen_in_any_order_and_between_others() -> None:
    week = _week(3)
    first = 200_000_000
    for place, number in enumerate((3, 0, 4, 1, 2)):
        at = MONDAY + timedelta(days=place, hours=9)
        week[0].acts.append(_act(at, "search", PURPOSE, "caso", asked={"document": f"{first + number}{place:02d}"}))
    assert "enumeration" in _found(week)


def test_one_week_unlike_the_others_is_no_habit() -> None:
    weeks = [Past(requests=40, nights=0, searches=25, profiles=15) for _ in range(7)]
    odd = habit([*weeks, Past(requests=600, nights=300, searches=0, profiles=600)])
    assert (odd["nights"], odd["opening"]) == (0.0, 0.6)
    assert habit([])["opening"] is None


def _said(*found: tuple[str, Seen]) -> Ranked:
    return Ranked(Usage(1, "ana"), tuple((Sign(name, 2, name, lambda *_: None), seen) for name, seen in found))


def test_weak_signs_make_an_alert_together() -> None:
    weak = Seen("Talvez.", (1,), weak=True)
    assert news(_said(("surname", weak)), {}) is None
    assert news(_said(("surname", weak), ("colleague", weak)), {}) is not None
    assert news(_said(("surname", Seen("Sim.", (1,)))), {}) is not None


def test_a_justified_habit_is_news_again_when_it_has_doubled() -> None:
    told = _said(("recycled", Seen("De novo.", (1, 2, 3))))
    assert news(told, {"recycled": 2}) is None
    assert news(told, {"recycled": 1}) is not None
    assert news(_said(("canary", Seen("De novo.", (1,)))), {"canary": 9}) is not None
