"""Programs at the gate: what tells them from people, and that they are slowed, challenged and frozen at once."""

from collections.abc import Iterator
from random import Random

import pytest
from django.test import Client
from pytest_django import Settings

from audit.events import Kind
from consulta import pace
from consulta.pace import Mark, Measure, judge
from credentialing.models import AccountFreeze, FreezeCause, Purpose, UserSession
from tests import doors
from tests.events import recorded


def rhythm(gaps: list[float], numbers: list[int] | None = None) -> list[Mark]:
    """Requests at these intervals, newest first."""
    at, marks = 1_000_000.0, [Mark(1_000_000.0, numbers[0] if numbers else None)]
    for position, gap in enumerate(gaps, start=1):
        at += gap
        marks.append(Mark(at, numbers[position] if numbers else None))
    return marks[::-1][: pace.KEPT]


@pytest.mark.parametrize("seconds", [0.2, 3.0, 60.0])
def test_even_intervals_are_a_program_however_slow(seconds: float) -> None:
    chance = Random(1)
    even = [seconds * chance.uniform(0.95, 1.05) for _ in range(60)]
    assert judge(rhythm(even[:30]), 31).measure is Measure.CHALLENGE
    assert judge(rhythm(even), 61).measure is Measure.FREEZE


def test_people_of_every_kind_are_left_alone() -> None:
    """Readers, skimmers, and pages whose cards come by themselves; a thousand hours of each."""
    chance = Random(2)
    for _ in range(1000):
        hasty = [chance.expovariate(1 / 8) + 1 for _ in range(119)]
        steady = [max(0.5, chance.gauss(15, 4)) for _ in range(119)]
        cards = [0.05 if chance.random() < 0.6 else chance.expovariate(1 / 20) for _ in range(119)]
        numbers = [chance.randint(10**8, 10**9) for _ in range(120)]
        for gaps in (hasty, steady, cards):
            assert judge(rhythm(gaps, numbers), 120).measure is Measure.NONE


def test_consecutive_numbers_in_any_order_are_a_program() -> None:
    chance = Random(3)
    numbers = [*range(123456, 123456 + 25), *(chance.randint(10**8, 10**9) for _ in range(80))]
    chance.shuffle(numbers)
    gaps = [chance.expovariate(1 / 9) for _ in numbers[1:]]
    found = judge(rhythm(gaps, numbers), 100)
    assert (found.measure, found.cause) == (Measure.FREEZE, FreezeCause.ENUMERATION)
    family = [*range(123456, 123456 + 6), *numbers[60:]]
    assert judge(rhythm(gaps[: len(family) - 1], family), 50).measure is Measure.NONE


@pytest.mark.parametrize(
    ("recent", "measure"),
    [(300, Measure.NONE), (301, Measure.SLOW), (501, Measure.CHALLENGE), (801, Measure.FREEZE)],
)
def test_more_than_hands_can_do(recent: int, measure: Measure) -> None:
    assert judge([], recent).measure is measure


class TestAtTheGate:
    """Requests through the doors."""

    pytestmark = pytest.mark.django_db(databases=["default", "audit"])

    @pytest.fixture(autouse=True)
    def _watched(self, settings: Settings, purpose: Purpose) -> Iterator[None]:
        settings.PACE_WATCH = True
        yield
        keys = pace._redis().keys(f"senappen:pace:{purpose.user_id}:*")
        if keys:
            pace._redis().delete(*keys)

    def _ask(self, client: Client) -> int:
        return client.get("/unidades/").status_code

    def test_a_program_is_challenged_and_a_proof_lets_go_on(
        self, agent: Client, purpose: Purpose, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(pace, "EVEN_RUN", 5)
        monkeypatch.setattr(pace, "EVEN", 10.0)
        answers = [self._ask(agent) for _ in range(7)]
        assert answers == [200] * 5 + [302] * 2
        assert [event.detail["cause"] for event in recorded(Kind.CHALLENGED)] == [FreezeCause.RHYTHM]
        UserSession.objects.open_of(purpose.user).update(proven_at="2099-01-01T00:00:00Z")
        assert self._ask(agent) == 200

    def test_who_goes_on_without_proof_is_frozen(
        self, agent: Client, purpose: Purpose, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(pace, "EVEN_RUN", 2)
        monkeypatch.setattr(pace, "EVEN", 10.0)
        monkeypatch.setattr(pace, "MOST_IGNORED", 2)
        assert [self._ask(agent) for _ in range(6)] == [200, 200, 302, 302, 302, 403]
        purpose.user.refresh_from_db()
        assert purpose.user.frozen_at is not None
        assert "provar" in AccountFreeze.objects.get().reason

    def test_a_sweep_by_token_is_frozen_and_shows_nobody_more(
        self, purpose: Purpose, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(pace, "STEPS", 99)
        monkeypatch.setattr(pace, "TOO_MANY_STEPS", 8)
        program = doors.token(purpose.user, purpose)
        answers = [
            program.post("/api/v1/search/", {"document": f"{10_000_000 + number}"}, content_type="application/json")
            for number in range(10)
        ]
        assert [answer.status_code for answer in answers] == [200] * 7 + [403, 401, 401]
        assert AccountFreeze.objects.get().cause == FreezeCause.ENUMERATION
        assert len(recorded(Kind.ACCOUNT_FROZEN)) == 1

    def test_the_slowed_are_told_to_wait(self, agent: Client, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(pace, "SLOW", 2)
        answers = [self._ask(agent) for _ in range(3)]
        assert answers == [200, 200, 429]
        assert recorded(Kind.LIMIT_REACHED)[0].detail["window"] == "pace"
