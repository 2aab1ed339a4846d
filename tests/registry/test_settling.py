"""Judging what waits: in batches, after a crash, beside loads, and after changes."""

import random
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

import pytest
from django.db import connections, transaction

from audit.events import system
from registry.models import PendingRecord, Record
from registry.services import resolution
from tests.factories import registry as make
from tests.registry.contract_rows import ROWS
from tests.registry.handing import hand_over, receive_before

BY = system("test")
BORN = date(1990, 5, 17)
HE: dict[str, Any] = {"name": "JOÃO PEDRO DE TESTE", "mother_name": "MARIA DE TESTE", "birth_date": BORN}
TOUCH = (
    "INSERT INTO registry_pendingrecord (record_id, since) VALUES (%s, now())"
    " ON CONFLICT (record_id) DO UPDATE SET since = EXCLUDED.since"
)

database = pytest.mark.django_db(databases=["default", "audit"])


def wait(*records: Record) -> None:
    for record in records:
        PendingRecord.objects.get_or_create(record_id=record.pk)


def settle(*records: Record) -> resolution.Settled:
    wait(*records)
    return resolution.settle(by=BY)


@pytest.mark.usefixtures("committed")
def test_record_touched_by_a_load_that_has_not_ended_stays_waiting() -> None:
    record = make.make_prisoner()
    PendingRecord.objects.create(record_id=record.pk)
    with transaction.atomic(using="audit"), connections["audit"].cursor() as another_session:
        another_session.execute(TOUCH, [record.pk])
        assert resolution.settle(by=BY).records == 0
    assert resolution.settle(by=BY).records == 1


@pytest.mark.usefixtures("committed")
def test_waiting_record_that_a_load_touches_is_not_judged_before_the_load_ends() -> None:
    origin = make.make_origin("AL")
    receive_before("vw_custodia", origin)
    assert PendingRecord.objects.count() == 1
    held, go_on = threading.Event(), threading.Event()

    def load() -> None:
        with transaction.atomic():
            hand_over("vw_custodia", [{"id_origem": "1", **ROWS["vw_custodia"]}], origin)
            held.set()
            go_on.wait(30)
        connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        done = pool.submit(load)
        assert held.wait(30)
        try:
            assert resolution.settle(by=BY).records == 0
        finally:
            go_on.set()
        done.result()
    assert resolution.settle(by=BY).records == 1


@database
def test_batches_and_limit_leave_the_rest_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("registry.services.resolution.settling.BATCH", 2)
    records = [make.make_prisoner(**HE) for _ in range(5)]
    wait(*records)
    assert resolution.settle(by=BY, limit=3).records == 3
    assert PendingRecord.objects.count() == 2
    assert resolution.settle(by=BY).records == 2
    assert len(set(Record.objects.values_list("person", flat=True))) == 1


@database
def test_interrupted_batch_waits_for_the_next_call(monkeypatch: pytest.MonkeyPatch) -> None:
    records = [make.make_prisoner(**HE) for _ in range(2)]
    with monkeypatch.context() as patch:
        patch.setattr("registry.services.resolution.settling.persons.rebuild", lambda _: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            settle(*records)
    assert PendingRecord.objects.count() == 2
    assert resolution.settle(by=BY).records == 2
    assert len(set(Record.objects.values_list("person", flat=True))) == 1


@database
def test_judging_what_changed_gives_what_judging_everything_would() -> None:
    rolled = random.Random(7)
    cpfs = [make.make_cpf(), make.make_cpf(), ""]
    records = [make.make_prisoner(**HE) for _ in range(20)]
    settle(*records)
    for _ in range(30):
        record = rolled.choice(records)
        edit: dict[str, Any] = {
            "name": rolled.choice(["JOÃO PEDRO DE TESTE", "JOÃO TESTE", "MARCOS DE TESTE"]),
            "mother_name": rolled.choice(["MARIA DE TESTE", ""]),
            "birth_date": rolled.choice([BORN, date(1990, 5, 7), date(1990, 7, 5), None]),
            "cpf": rolled.choice(cpfs),
        }
        Record.objects.filter(pk=record.pk).update(**edit)
        settle(record)
    everything = settle(*records)
    assert (everything.records, everything.judged, everything.revoked, everything.moved) == (20, 0, 0, 0)
    assert 1 < len(set(Record.objects.values_list("person", flat=True))) < 20
