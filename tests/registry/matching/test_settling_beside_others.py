"""While pairs are scored nobody waits: what humans judge and loads write meanwhile counts when the batch is applied."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

import pytest
from django.db import connections, transaction

from audit.events import Actor, Channel, system
from registry.models import Judgement, MatchSubject, PendingRecord, Record, Verdict
from registry.services import locks, resolution
from registry.services.resolution import linking
from tests.factories import registry as make

pytestmark = pytest.mark.usefixtures("committed", "adopted")

BY = system("test")
HUMAN = Actor(username="revisora", channel=Channel.PAGE)
HE: dict[str, Any] = {
    "name": "JOSE CARLOS PEREIRA ROCHA", "mother_name": "MARIA LUCIA PEREIRA", "birth_date": date(1990, 5, 17),
    "cpf": make.make_cpf(710_001), "name_norm": "", "mother_norm": "",
}  # fmt: skip
SOON = 30  # seconds: whoever waits for a whole batch waits for ever here, since the batch waits for them


@pytest.fixture
def meanwhile(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[], object]], None]:
    """Have something done by another session, to its end, when the next batch has been scored and not applied."""

    def plan(act: Callable[[], object]) -> None:
        real, left = linking.score, [act]

        def score(*given: Any) -> None:
            real(*given)
            if left:
                with ThreadPoolExecutor(1) as pool:
                    pool.submit(_in_a_session_of_its_own, left.pop()).result(SOON)

        monkeypatch.setattr("registry.services.resolution.linking.score", score)

    return plan


def _in_a_session_of_its_own(act: Callable[[], object]) -> None:
    try:
        act()
    finally:
        connections.close_all()


def settle(*records: Record) -> resolution.Settled:
    for record in records:
        PendingRecord.objects.get_or_create(record_id=record.pk)
    return resolution.settle(by=BY)


def persons(*records: Record) -> int:
    return len(set(Record.objects.filter(pk__in=[one.pk for one in records]).values_list("person", flat=True)))


def test_human_who_judges_meanwhile_neither_waits_nor_is_outvoted(meanwhile: Any) -> None:
    one, other = make.make_prisoner(**HE), make.make_prisoner(**HE)
    meanwhile(lambda: resolution.judge(a=one, b=other, verdict=Verdict.DIFFERENT, by=HUMAN))

    assert settle(one, other).records == 2

    assert set(Judgement.objects.standing().values_list("verdict", flat=True)) == {Verdict.SAME, Verdict.DIFFERENT}
    assert persons(one, other) == 2


def test_pair_that_a_human_takes_back_meanwhile_is_not_joined_again(meanwhile: Any) -> None:
    one, other = make.make_prisoner(**HE), make.make_prisoner(**HE)
    settle(one, other)
    assert persons(one, other) == 1
    joined = Judgement.objects.standing().get()
    Record.objects.filter(pk=other.pk).update(name="JOSE C PEREIRA ROCHA")
    meanwhile(lambda: resolution.revoke(judgement=joined, by=HUMAN, note="Engano."))

    settle(other)

    assert Judgement.objects.standing().get().verdict == Verdict.UNSURE
    assert persons(one, other) == 2


def test_record_that_a_load_changes_meanwhile_waits_and_is_linked_as_it_is_then(meanwhile: Any) -> None:
    one, other, third = (make.make_prisoner(**HE) for _ in range(3))

    def load() -> None:
        with transaction.atomic(), connections["default"].cursor() as cursor:
            locks.writing_records(cursor)
            someone = {"name": "MARCIA LIMA DUARTE", "mother_name": "RITA LIMA", "cpf": "", "sex": "F"}
            Record.objects.filter(pk=other.pk).update(**someone)

    meanwhile(load)
    for record in (one, other, third):
        PendingRecord.objects.create(record_id=record.pk)
    assert resolution.settle(by=BY, limit=3).records == 2 + 1
    assert persons(one, third) == 1
    assert persons(one, other) == 2
    assert not Judgement.objects.standing().filter(verdict=Verdict.SAME, b=other.pk).exists()
    assert MatchSubject.objects.get(pk=other.pk).name == "MARCIA LIMA DUARTE"
    assert not PendingRecord.objects.exists()


def test_record_that_changes_back_and_forth_is_linked_though_its_form_is_known(meanwhile: Any) -> None:
    one, other = make.make_prisoner(**HE), make.make_prisoner(**HE)
    names = ["MARCIA LIMA DUARTE", HE["name"]]
    meanwhile(lambda: Record.objects.filter(pk=other.pk).update(name=names[0]))
    for record in (one, other):
        PendingRecord.objects.create(record_id=record.pk)
    resolution.settle(by=BY, limit=1)
    Record.objects.filter(pk=other.pk).update(name=names[1])

    resolution.settle(by=BY)

    assert persons(one, other) == 1
