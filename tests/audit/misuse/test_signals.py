"""Each signal on a pattern put into ordinary use, and none on ordinary use."""

import uuid
from collections.abc import Callable
from datetime import datetime, timedelta
from io import StringIO
from random import Random
from zoneinfo import ZoneInfo

import pytest
from django.core.management import call_command

from audit import recorder, selectors
from audit.events import Actor, Channel, Event, Kind
from audit.misuse.acts import Act, Usage
from audit.misuse.ranking import ranked
from audit.misuse.signals import SIGNALS

MONDAY = datetime(2026, 5, 4, tzinfo=ZoneInfo("America/Sao_Paulo"))
ACCOUNTS = 40
PURPOSE = uuid.UUID(int=1)


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
    shown = Act(at=at, kind=Kind.DISCLOSURE, action="profile", subjects=(person,))
    return [_act(at, "profile", purpose, words), shown]


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
    for number in range(6):
        at = MONDAY + timedelta(hours=18, minutes=number * 5 + chance.randint(0, 4))
        week[0].acts.append(Act(at=at, kind=Kind.DISCLOSURE, action="dossier", subjects=(uuid.UUID(int=number),)))


def _hot(week: list[Usage], chance: Random) -> None:
    for usage in week[:12]:
        usage.acts += _open(MONDAY + timedelta(hours=10, seconds=chance.randint(0, 9999)), uuid.UUID(int=9))


def _without_opening(week: list[Usage], chance: Random) -> None:
    week[0].acts = [act for act in week[0].acts if act.action != "profile"]
    for _ in range(20):
        at = MONDAY + timedelta(hours=8, seconds=chance.randint(0, 30000))
        week[0].acts.append(_act(at, "search", uuid.UUID(int=1), "caso"))


def _recycled(week: list[Usage], chance: Random) -> None:
    for number in range(6):
        at = MONDAY + timedelta(hours=9, seconds=chance.randint(0, 30000))
        week[0].acts.append(_act(at, "profile", uuid.UUID(int=number), f"Verificação{' ' * (number + 1)}de rotina"))


def _night(week: list[Usage], chance: Random) -> None:
    for _ in range(90):
        at = MONDAY + timedelta(days=chance.randint(0, 4), seconds=chance.randint(0, 4 * 3600))
        week[0].acts.append(_act(at, "profile", uuid.UUID(int=1), "caso"))


PATTERNS: dict[str, Callable[[list[Usage], Random], None]] = {
    "rhythm": _rhythm,
    "enumeration": _enumeration,
    "volume": _volume,
    "exports": _exports,
    "hot": _hot,
    "without_opening": _without_opening,
    "recycled": _recycled,
    "night": _night,
}


def _found(week: list[Usage], account: int = 0) -> set[str]:
    return {signal.name for one in ranked(week) if one.usage.account == account for signal, _ in one.reasons}


def test_every_signal_has_a_pattern() -> None:
    assert {signal.name for signal in SIGNALS} == set(PATTERNS)


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
    assert "Consultou 8 documentos de números seguidos." in [words for _, words in first.reasons]


@pytest.mark.usefixtures("committed", "as_in_production")
def test_the_command_reads_one_agency_and_is_itself_on_record() -> None:
    for agency, username in (("PP-AL", "fulana"), ("PP-SP", "sicrano")):
        actor = Actor(id=7, username=username, agency=agency, channel=Channel.PAGE)
        for number in range(8):
            asked = {"asked": {"document": str(123456780 + number)}}
            recorder.record_now(Event(kind=Kind.INTENT, actor=actor, action="search", detail=asked))
    out = StringIO()
    call_command("audit_misuse", "--agency", "PP-AL", stdout=out)
    assert "fulana" in out.getvalue()
    assert "Consultou 8 documentos de números seguidos." in out.getvalue()
    assert "sicrano" not in out.getvalue()
    assert selectors.of_all().filter(kind=Kind.AUDIT_READ, action="misuse").get().detail["count"] == 8
