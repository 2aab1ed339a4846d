"""A month is taken out against an export that verifies, and what is left still proves that nothing else was touched."""

import io
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connections, transaction

from audit import checkpoints, recorder, retirement
from audit.events import Actor, Channel, Event, Kind
from audit.models import AccessEvent
from tests.audit.verifying import export, report

pytestmark = pytest.mark.usefixtures("committed", "handed_out")
MONTH = date(2019, 3, 1)
START, END = "'2019-03-01 00:00Z'", "'2019-04-01 00:00Z'"
BY = Actor(username="operador", channel=Channel.CLI)
PARTS = [(table, f"{table}_2019_03") for table in (retirement.EVENTS, retirement.KEYS)]


def _owner(statement: str) -> None:
    with connections["owner"].cursor() as cursor:
        cursor.execute(statement)


@pytest.fixture
def old() -> Iterator[list[int]]:
    """Three events of March 2019 in partitions of their own, and two of today, signed and handed out."""
    for table, part in PARTS:
        _owner(f"CREATE TABLE {part} PARTITION OF {table} FOR VALUES FROM ({START}) TO ({END})")
    events = []
    for day in (1, 15, 31):
        at = datetime(2019, 3, day, 23, 59, tzinfo=UTC)
        with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
            # As in 2019: the clock of the table is the only thing that the years since have changed.
            for table in (retirement.EVENTS, retirement.KEYS):
                cursor.execute(f"ALTER TABLE {table} ALTER COLUMN at SET DEFAULT '{at.isoformat()}'")
            events.append(recorder.record_with(_event(day), using="owner"))
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute(f"ALTER TABLE {retirement.EVENTS} ALTER COLUMN at SET DEFAULT now()")
            cursor.execute(f"ALTER TABLE {retirement.KEYS} ALTER COLUMN at DROP DEFAULT")
    recorder.record_now(_event(100))
    recorder.record_now(_event(101))
    assert checkpoints.sign()
    checkpoints.hand_out()
    yield events
    for _, part in PARTS:
        _owner(f"DROP TABLE IF EXISTS {part}")


def _event(number: int) -> Event:
    return Event(kind=Kind.INTENT, actor=BY, action="search", detail={"n": number})


@pytest.fixture
def file(old: list[int], tmp_path: Path) -> Path:
    path = tmp_path / "auditoria.jsonl"
    path.write_bytes(export())
    return path


def _there(events: list[int]) -> int:
    return AccessEvent.objects.using("owner").filter(pk__in=events).count()


def test_the_events_go_and_the_chain_still_verifies(old: list[int], file: Path, handed_out: Path) -> None:
    done = retirement.retire(month=MONTH, export=file, by=BY)
    assert (done.month, done.events, _there(old)) == ("2019-03", 3, 0)
    found = report([(handed_out / "baixa-2019-03.txt").read_text()])
    # Two of today, and the retirement itself.
    assert (found.wrong, found.links, found.retired) == ([], 6, 3)
    assert AccessEvent.objects.using("owner").latest("pk").action == "audit.retire"
    with pytest.raises(retirement.NotRetired, match="já foi retirado"):
        retirement.retire(month=MONTH, export=file, by=BY)
    assert checkpoints.sign()


def test_a_month_that_is_merely_dropped_is_missed(old: list[int]) -> None:
    _owner(f"DROP TABLE {PARTS[0][1]}")
    assert len(report().wrong) == 3


def test_only_the_texts_are_forgotten(old: list[int]) -> None:
    retirement.forget(month=MONTH, by=BY)
    kept = AccessEvent.objects.using("owner").get(pk=old[0])
    assert (_there(old), kept.detail) == (3, {})
    assert report().wrong == []


@pytest.mark.parametrize(
    ("harm", "why"),
    [
        (lambda data: data.replace(b'"search"', b'"edited"', 1), "não confere"),
        (lambda data: data[:-20], "não se lê"),
        (lambda data: b"".join(data.splitlines(keepends=True)[:1]), "não se lê"),
    ],
)
def test_an_export_that_does_not_verify_takes_nothing_out(old: list[int], file: Path, harm: object, why: str) -> None:
    file.write_bytes(harm(file.read_bytes()))  # type: ignore[operator]
    with pytest.raises(retirement.NotRetired, match=why):
        retirement.retire(month=MONTH, export=file, by=BY)
    assert (_there(old), report().wrong) == (3, [])


def test_a_month_that_is_still_kept_stays(old: list[int], file: Path) -> None:
    with pytest.raises(retirement.NotRetired, match="ainda é guardado"):
        retirement.retire(month=MONTH, export=file, by=BY, now=datetime(2024, 3, 31, tzinfo=UTC))
    assert _there(old) == 3
    retirement.retire(month=MONTH, export=file, by=BY, now=datetime(2024, 4, 1, tzinfo=UTC))
    assert _there(old) == 0


def test_the_command_says_what_it_did_or_why_not(old: list[int], file: Path) -> None:
    with pytest.raises(CommandError, match="não se lê"):
        call_command("audit_retire", "2019-03", "--export", str(file.with_name("outra")))
    out = io.StringIO()
    call_command("audit_retire", "2019-03", "--export", str(file), stdout=out)
    assert "Baixa de 2019-03: 3 eventos" in out.getvalue()


def test_it_does_not_make_those_wait_who_are_recording(old: list[int], file: Path) -> None:
    with transaction.atomic(using="default"):
        recorder.record_with(_event(1))
        with pytest.raises(retirement.NotRetired, match="em uso"):
            retirement.retire(month=MONTH, export=file, by=BY)
    assert (_there(old), report().wrong) == (3, [])
