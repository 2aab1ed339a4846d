"""Rows without the row they refer to are found at night, told, and told no more once they are whole."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from psycopg import sql

from ingestion import lanes
from ingestion.metrics import exposition
from ingestion.models import Alert, AlertKind, RawRecord, ReferenceCheck
from ingestion.selectors.alerts import of_platform
from ingestion.services import alerts, heartbeats
from ingestion.services import references as checking
from ingestion.tasks import check_references
from registry.selectors import references
from tests.factories import registry as make
from tests.factories.ingestion import State, load, make_source

pytestmark = pytest.mark.django_db(databases=["default", "audit"])

NOW = datetime.now(UTC)
LATER = NOW + timedelta(hours=25)


def run(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def broken() -> dict[str, int]:
    return dict(ReferenceCheck.objects.filter(missing__gt=0).values_list("reference", "missing"))


def told() -> list[str]:
    heartbeats.tell(heartbeats.CLOCK, NOW)
    heartbeats.tell("celery@teste", NOW, [lanes.DEFAULT, lanes.SHORT, lanes.LONG])
    alerts.evaluate(NOW)
    return list(Alert.objects.filter(closed_at=None, kind=AlertKind.REFERENCES).values_list("subject", flat=True))


def test_a_whole_base_is_checked_and_silent(state: State) -> None:
    state.add("vw_preso", 1)
    load(make_source(state))
    check_references()

    checked = set(
        ReferenceCheck.objects.filter(missing=0, finished_at__isnull=False).values_list("reference", flat=True)
    )
    assert checked == {str(one) for one in references.unchecked()}
    assert {"ingestion_rawrecord.mapping_id", "ingestion_previousversion.origin_id"} <= checked
    assert told() == []
    assert 'senappen_ingestion_rows_without_parent{reference="ingestion_rawrecord.origin_id"} 0.0' in (
        exposition().decode()
    )


def test_a_deleted_parent_is_an_alert_and_a_metric_until_it_is_back() -> None:
    custody = make.make_custody(prisoner=make.make_prisoner())
    run(f"CREATE TEMP TABLE kept AS SELECT * FROM registry_prisoner WHERE record_ptr_id = {custody.prisoner_id}")
    run(f"DELETE FROM registry_prisoner WHERE record_ptr_id = {custody.prisoner_id}")
    checking.check(NOW)

    assert broken() == {"registry_custody.prisoner_id": 1}
    assert told() == ["registry_custody.prisoner_id"]
    assert "registry_prisoner a que se referem: 1." in of_platform()[0].text
    assert 'senappen_ingestion_rows_without_parent{reference="registry_custody.prisoner_id"} 1.0' in (
        exposition().decode()
    )

    run("INSERT INTO registry_prisoner SELECT * FROM kept")
    checking.check(LATER)
    assert (broken(), told()) == ({}, [])


def test_a_mirror_without_its_mapping_is_found(state: State) -> None:
    state.add("vw_preso", 1)
    load(make_source(state))
    RawRecord.objects.update(mapping_id=-1)
    checking.check(NOW)

    assert broken() == {"ingestion_rawrecord.mapping_id": RawRecord.objects.count()}


def test_counting_ends_where_enough_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(references, "MOST", 2)
    for _ in range(3):
        make.make_custody(prisoner=make.make_prisoner())
    run("UPDATE registry_custody SET prisoner_id = -1")
    checking.check(NOW)

    assert broken() == {"registry_custody.prisoner_id": 2}
    assert told()
    assert "referem: 2 ou mais." in of_platform()[0].text


def test_each_reference_is_checked_once_a_day() -> None:
    make.make_custody(prisoner=make.make_prisoner())
    checking.check(NOW)
    run("UPDATE registry_custody SET prisoner_id = -1")

    soon = datetime.now(UTC) + timedelta(hours=23)
    checking.check(soon)
    assert broken() == {}
    checking.check(LATER)
    assert broken() == {"registry_custody.prisoner_id": 1}


def test_what_takes_too_long_is_left_and_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(references, "SECONDS", 1)
    one = references.unchecked()[0]
    monkeypatch.setattr(references, "unchecked", lambda: [one])
    monkeypatch.setattr(references, "_query", lambda _: sql.SQL("SELECT 1 FROM pg_sleep(30)"))
    checking.check(NOW)

    assert list(ReferenceCheck.objects.values_list("missing", "finished_at")) == [(None, None)]
    assert told() == []
    ReferenceCheck.objects.update(begun_at=NOW - timedelta(hours=1))
    assert told() == [str(one)]
    with pytest.raises(Exception, match="não puderam ser conferidas"):
        call_command("check_references")
