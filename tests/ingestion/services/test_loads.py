"""Which sources are due, and who may be asked to work on them."""

from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest

from audit.models import AccessEvent
from ingestion.models import Load, LoadStatus, Source
from ingestion.services import loads, sources
from ingestion.tasks import load_source, start_due_loads
from tests.factories.ingestion import BY, State, load, make_source

pytestmark = pytest.mark.django_db(databases=["default", "audit"])

NOW = datetime(2024, 3, 10, 12, tzinfo=UTC)


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The sources that workers were asked for."""
    asked: list[int] = []
    monkeypatch.setattr(loads, "enqueue", asked.append)
    return asked


def finished(source: Source, at: datetime) -> None:
    made = Load.objects.create(source=source, status=LoadStatus.FINISHED, requested_by="x")
    Load.objects.filter(pk=made.pk).update(created_at=at)


@pytest.mark.parametrize(
    ("schedule", "last", "due"),
    [
        ({"interval": timedelta(hours=6)}, None, True),
        ({"interval": timedelta(hours=6)}, NOW - timedelta(hours=6), True),
        ({"interval": timedelta(hours=6)}, NOW - timedelta(hours=5), False),
        # 03:00 in Maceió is 06:00 UTC.
        ({"daily_at": time(3)}, None, True),
        ({"daily_at": time(3)}, datetime(2024, 3, 10, 5, 59, tzinfo=UTC), True),
        ({"daily_at": time(3)}, datetime(2024, 3, 10, 6, 1, tzinfo=UTC), False),
        ({"daily_at": time(22)}, datetime(2024, 3, 10, 1, 1, tzinfo=UTC), False),
        ({}, None, False),
    ],
)
def test_a_source_is_due_by_its_schedule(
    state: State, schedule: dict[str, Any], last: datetime | None, due: bool
) -> None:
    source = make_source(state, **schedule)
    if last:
        finished(source, last)

    assert (source in loads.due(NOW)) is due


def test_a_paused_source_is_not_due(state: State) -> None:
    source = make_source(state, interval=timedelta(hours=1))
    sources.set_enabled(source=source, enabled=False, by=BY)

    assert list(loads.due(NOW)) == []


def test_starting_twice_is_one_load_with_one_audit_event(state: State, sent: list[int]) -> None:
    source = make_source(state)

    first, second = loads.start(source=source, by=BY), loads.start(source=source, by=BY)

    assert first.pk == second.pk
    assert AccessEvent.objects.filter(kind="load_started").count() == 1


def test_a_source_without_mapping_says_what_to_do(state: State) -> None:
    source = make_source(state)
    source.mapping = None
    source.save()

    with pytest.raises(ValueError, match="envie um"):
        loads.start(source=source, by=BY)


def test_beat_opens_due_loads_and_calls_workers_for_them(state: State, sent: list[int]) -> None:
    source = make_source(state, interval=timedelta(hours=1))

    start_due_loads()
    start_due_loads()

    assert Load.objects.filter(source=source).count() == 1
    assert set(sent) == {source.pk}


def test_a_stopped_load_waits_for_its_time_to_be_tried_again(state: State, sent: list[int]) -> None:
    source = make_source(state, port=1)
    stopped = load(source)

    assert stopped.retry_at is not None
    assert loads.waiting(stopped.retry_at - timedelta(seconds=1)) == []
    assert loads.waiting(stopped.retry_at + timedelta(seconds=1)) == [source.pk]


def test_each_stop_in_a_row_waits_longer(state: State) -> None:
    source = make_source(state, port=1)
    waits = []
    for _ in range(3):
        stopped = load(source)
        assert stopped.retry_at
        assert stopped.beat_at
        waits.append(stopped.retry_at - stopped.beat_at)

    assert waits == sorted(waits)
    assert waits[2] > 3 * waits[0]


def test_a_task_without_an_unfinished_load_does_nothing(state: State) -> None:
    source = make_source(state)

    load_source(source.pk)

    assert not Load.objects.exists()


def test_a_task_finishes_the_load_and_the_audit_says_so(state: State, sent: list[int]) -> None:
    state.add("vw_preso", 1)
    source = make_source(state)
    loads.start(source=source, by=BY)

    load_source(source.pk)

    assert Load.objects.get().status == LoadStatus.FINISHED
    kinds = AccessEvent.objects.filter(kind__startswith="load_").order_by("id").values_list("kind", flat=True)
    assert list(kinds) == ["load_started", "load_finished"]
