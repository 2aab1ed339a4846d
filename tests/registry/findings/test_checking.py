"""Checks: what they write down, what they leave as it was, and what a crash or a crowd does to them."""

from datetime import timedelta
from itertools import cycle, product
from string import ascii_uppercase
from typing import Any

import pytest
from django.db import DatabaseError, connection, connections, transaction
from django.utils import timezone

from audit.events import Kind, system
from registry.findings.identity import MOST
from registry.models import Custody, Finding, FindingEvent, FindingStatus, PendingCheck, Prisoner, Record
from registry.services import findings, search_documents
from tests.events import recorded
from tests.factories import registry as make
from tests.registry.findings.cases import LATER, START

BY = system("test")
_SURNAMES = cycle(map("".join, product(ascii_uppercase, repeat=3)))

database = pytest.mark.django_db(databases=["default", "audit"])


def touch(*records: Record) -> None:
    PendingCheck.objects.bulk_create(PendingCheck(record_id=record.pk) for record in records)


def check(*records: Record) -> findings.Checked:
    touch(*records)
    return findings.check(by=BY)


def held_twice() -> Prisoner:
    """A prisoner with one finding; nobody's homonym, which would be another."""
    he = make.make_prisoner(mother_name=f"MARIA {next(_SURNAMES)}")
    make.make_custody(prisoner=he, started_at=START)
    make.make_custody(prisoner=he, started_at=LATER)
    return he


def history(finding: Finding) -> list[tuple[str, str, str]]:
    return list(finding.events.order_by("pk").values_list("by", "before", "after"))


@database
def test_a_finding_tells_its_records_origins_and_evidence() -> None:
    he = held_twice()

    assert check(he) == findings.Checked(records=1, opened=1)

    finding = Finding.objects.get()
    assert [record.pk for record in finding.records.all()] == [he.pk]
    assert finding.subject == str(he.pk)
    assert finding.origins == [he.origin_id]
    assert finding.evidence == {"units": 2, "states": ["AL"], "since": "2026-02-19"}
    assert history(finding) == [(BY.username, "", "open")]


@database
def test_checking_again_changes_nothing() -> None:
    he = held_twice()
    check(he)
    before = Finding.objects.values().get()

    assert check(he, he) == findings.Checked(records=2)

    after = Finding.objects.values().get()
    assert after.pop("last_seen_at") >= before.pop("last_seen_at")
    assert after == before
    assert FindingEvent.objects.count() == 1


@database
def test_what_is_gone_is_resolved_and_what_comes_back_is_the_same_finding() -> None:
    he = held_twice()
    check(he)
    first = Custody.objects.filter(prisoner=he, started_at=START)
    first.update(ended_at=LATER)

    assert check(he) == findings.Checked(records=1, closed=1)
    finding = Finding.objects.get()
    assert finding.status == FindingStatus.RESOLVED
    assert finding.closed_at is not None

    first.update(ended_at=None)
    assert check(he) == findings.Checked(records=1, opened=1)
    finding = Finding.objects.get()
    assert (finding.status, finding.closed_at) == (FindingStatus.OPEN, None)
    assert [after for _, _, after in history(finding)] == ["open", "resolved", "open"]


@database
def test_a_dismissed_finding_stays_so_until_its_evidence_changes() -> None:
    he = held_twice()
    check(he)
    findings.treat(
        finding=Finding.objects.get(),
        status=FindingStatus.DISMISSED,
        owner="",
        note="Duas alas da mesma unidade.",
        by=BY,
    )

    assert check(he) == findings.Checked(records=1)
    assert Finding.objects.get().status == FindingStatus.DISMISSED

    make.make_custody(prisoner=he, started_at=LATER + timedelta(days=1))
    assert check(he) == findings.Checked(records=1, opened=1)
    finding = Finding.objects.get()
    assert finding.status == FindingStatus.OPEN
    assert finding.events.latest("pk").note == "A evidência mudou."


@database
def test_a_finding_in_treatment_stays_so() -> None:
    he = held_twice()
    check(he)
    findings.treat(finding=Finding.objects.get(), status=FindingStatus.ACKNOWLEDGED, owner="Ana", note="", by=BY)
    make.make_custody(prisoner=he)

    check(he)

    finding = Finding.objects.get()
    assert (finding.status, finding.owner) == (FindingStatus.ACKNOWLEDGED, "Ana")
    assert finding.evidence["units"] == 3


@database
def test_a_treatment_is_in_the_history_and_in_the_audit() -> None:
    he = held_twice()
    check(he)
    finding = Finding.objects.get()

    findings.treat(finding=finding, status=FindingStatus.ACKNOWLEDGED, owner="Ana", note="Ligar para a unidade.", by=BY)

    assert history(finding)[-1] == (BY.username, "open", "acknowledged")
    [event] = recorded(Kind.FINDING_TREATED)
    assert list(event.subjects) == [he.home.public_id]
    assert (event.detail["from"], event.detail["to"]) == ("open", "acknowledged")


@database
def test_a_dismissal_needs_its_reason_and_a_resolved_finding_is_nobodys() -> None:
    he = held_twice()
    check(he)
    finding = Finding.objects.get()
    words: dict[str, Any] = {"finding": finding, "owner": "", "by": BY}
    with pytest.raises(ValueError, match="dismissal"):
        findings.treat(status=FindingStatus.DISMISSED, note=" ", **words)
    with pytest.raises(ValueError, match="people"):
        findings.treat(status=FindingStatus.RESOLVED, note="pronto", **words)
    Custody.objects.filter(prisoner=he).update(ended_at=LATER)
    check(he)
    with pytest.raises(findings.NotStanding):
        findings.treat(status=FindingStatus.ACKNOWLEDGED, note="", **words)


@database
def test_history_is_neither_changed_nor_deleted() -> None:
    check(held_twice())
    for act in (FindingEvent.objects.all().delete, lambda: FindingEvent.objects.update(note="outra")):
        with pytest.raises(DatabaseError), transaction.atomic():
            act()


@database
def test_records_that_left_a_person_take_their_finding_along() -> None:
    he, other = make.make_prisoner(), make.make_prisoner(mother_name="ROSA TESTE")
    Record.objects.filter(pk=other.pk).update(person=he.person)
    make.make_custody(prisoner=he)
    make.make_custody(prisoner=other)
    check(he)
    assert Finding.objects.open().count() == 1

    Record.objects.filter(pk=other.pk).update(person=other.home)
    search_documents.refresh([he.person_id, other.home_id])
    findings.check(by=BY)

    assert Finding.objects.open().count() == 0


@database
def test_a_refreshed_person_waits_for_a_check_with_all_records() -> None:
    he, other = make.make_prisoner(), make.make_visitor()
    Record.objects.filter(pk=other.pk).update(person=he.person)

    search_documents.refresh([he.person_id])

    assert {row.record_id for row in PendingCheck.objects.all()} == {he.pk, other.pk}


@database
def test_an_interrupted_batch_waits_for_the_next_call(monkeypatch: pytest.MonkeyPatch) -> None:
    he = held_twice()
    with monkeypatch.context() as patch:
        patch.setattr("registry.services.findings.checking.recording.write", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            check(he)
    assert findings.check(by=BY).opened == 1


@database
def test_batches_check_everything_that_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("registry.services.findings.checking.BATCH", 2)
    people = [held_twice() for _ in range(5)]
    assert check(*people) == findings.Checked(records=5, opened=5)
    assert PendingCheck.objects.count() == 0


@database
def test_time_that_runs_out_leaves_the_rest_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("registry.services.findings.checking.BATCH", 1)
    touch(*[held_twice() for _ in range(3)])
    ticks = iter([0.0, 0.0, 5.0])
    monkeypatch.setattr("registry.services.findings.checking.monotonic", lambda: next(ticks))

    assert findings.check(by=BY, seconds=2) == findings.Checked(records=1, opened=1, finished=False)
    assert PendingCheck.objects.filter(record__isnull=False).count() == 2


@database
def test_checking_everything_finds_what_no_queue_told() -> None:
    he, gone = held_twice(), held_twice()
    check(gone)
    Custody.objects.filter(prisoner=gone).update(ended_at=LATER)

    assert findings.check_all(by=BY) == findings.Checked(records=2, opened=1, closed=1)

    assert [list(one.records.values_list("pk", flat=True)) for one in Finding.objects.open()] == [[he.pk]]


@database
def test_whoever_a_crowds_finding_does_not_name_changes_nothing_of_it() -> None:
    crowd = [make.make_prisoner(mother_name=f"MARIA {next(_SURNAMES)}") for _ in range(MOST + 2)]
    for sha256, people in {"a" * 64: crowd, "b" * 64: crowd[:-1]}.items():
        for one in people:
            make.make_photo(record=one, sha256=sha256)
    findings.check_all(by=BY)
    of_crowd = Finding.objects.get()
    assert (of_crowd.records.count(), of_crowd.evidence["values"]) == (MOST + 1, 2)

    # Somebody comes who leads to the last of the crowd alone, who has one of the two photographs.
    newcomer = make.make_prisoner(mother_name=f"MARIA {next(_SURNAMES)}")
    for one in (crowd[-1], newcomer):
        make.make_photo(record=one, sha256="c" * 64)
    check(newcomer)

    assert Finding.objects.standing().count() == 2
    assert Finding.objects.get(pk=of_crowd.pk).evidence == of_crowd.evidence


@database
def test_everything_is_due_where_a_finding_was_not_seen_for_a_week() -> None:
    check(held_twice())
    assert not findings.all_due(timezone.now())
    assert findings.all_due(timezone.now() + timedelta(days=7, hours=1))


@database
def test_everything_is_due_where_nothing_was_ever_found() -> None:
    assert findings.all_due(timezone.now())


@pytest.mark.usefixtures("committed")
def test_a_load_that_touches_a_record_never_waits_for_a_check() -> None:
    he = held_twice()
    touch(he)
    with transaction.atomic(), connection.cursor() as checking:
        checking.execute("DELETE FROM registry_pendingcheck")
        with transaction.atomic(using="audit"), connections["audit"].cursor() as load:
            load.execute("SET LOCAL lock_timeout = '2s'")
            load.execute("INSERT INTO registry_pendingcheck (record_id) VALUES (%s)", [he.pk])
    assert PendingCheck.objects.count() == 1
