"""People hear of what is wrong once, without anybody's data, until it is over."""

from datetime import UTC, date, datetime, timedelta
from io import StringIO

import pytest
from django.core import mail
from django.core.management import call_command
from django.test import override_settings

from audit.models import AccessEvent
from ingestion import lanes
from ingestion.alerts import conditions
from ingestion.models import Agreement, Alert, AlertKind, Heartbeat, Source
from ingestion.services import alerts, heartbeats
from registry.models import Origin
from tests.factories.ingestion import BY, State, load, make_source

pytestmark = pytest.mark.django_db(databases=["default", "audit"])

NOW = datetime.now(UTC)


@pytest.fixture(autouse=True)
def _alive() -> None:
    """The clock and a worker of every queue have just given a sign."""
    heartbeats.tell(heartbeats.CLOCK, NOW)
    heartbeats.tell("celery@teste", NOW, [lanes.DEFAULT, lanes.SHORT, lanes.LONG])


def standing() -> list[AlertKind]:
    alerts.evaluate(NOW)
    return [AlertKind(alert.kind) for alert in Alert.objects.filter(closed_at=None).order_by("id")]


def late(state: State) -> Source:
    source = make_source(state)
    load(source)
    Origin.objects.update(loaded_at=NOW - timedelta(days=3))
    return source


def test_nothing_is_wrong_with_a_source_that_loads(state: State) -> None:
    load(make_source(state))

    assert standing() == []


def test_what_stands_is_one_alert_until_it_is_over(state: State) -> None:
    late(state)

    assert standing() == standing() == [AlertKind.LATE]
    Origin.objects.update(loaded_at=NOW)
    assert standing() == []
    assert Alert.objects.get().closed_at == NOW


def test_a_paused_source_is_not_late(state: State) -> None:
    late(state)
    Source.objects.update(enabled=False)

    assert standing() == []


def test_a_breaker_that_opened_says_what_to_do(state: State) -> None:
    source = make_source(state)
    state.run("DROP TABLE dados.vw_preso")
    load(source)

    assert standing() == [AlertKind.BREAKER]
    assert "confira relation no mapeamento" in Alert.objects.get().text


@pytest.mark.parametrize(("days", "limit"), [(91, None), (90, "90"), (30, "30"), (7, "7"), (-2, "7")])
def test_an_agreement_near_its_end_is_told_three_times(state: State, days: int, limit: str | None) -> None:
    make_source(state)
    agreement = Agreement.objects.get()
    agreement.term_months, agreement.signed_on = 1, date.today() + timedelta(days=days)
    # A month earlier than the wanted end, whatever the month's length.
    while agreement.ends_on > date.today() + timedelta(days=days):
        agreement.signed_on -= timedelta(days=1)
    agreement.save()

    alerts.evaluate(NOW)

    assert [alert.subject for alert in Alert.objects.filter(kind=AlertKind.AGREEMENT)] == ([limit] if limit else [])


def test_a_quarantine_that_grows_is_told(state: State, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(conditions, "QUARANTINE_A_DAY", 2)
    state.add("vw_preso", 1, nasc="ontem")
    source = make_source(state)
    load(source)
    assert standing() == []

    state.add("vw_preso", 2, nasc="ontem", alt="2024-03-02 08:00")
    load(source)
    assert standing() == [AlertKind.QUARANTINE]


@pytest.mark.parametrize(
    ("name", "kind"), [(heartbeats.CLOCK, [AlertKind.CLOCK]), ("celery@teste", 3 * [AlertKind.WORKER])]
)
def test_a_process_that_gives_no_sign_is_told(name: str, kind: list[AlertKind]) -> None:
    Heartbeat.objects.filter(name=name).update(seen_at=NOW - timedelta(minutes=6))

    assert standing() == kind


@override_settings(ALERT_EMAILS=["plantao@senappen.example"])
def test_those_responsible_are_told_once(state: State) -> None:
    late(state)
    alerts.evaluate(NOW)

    assert alerts.notify() == 3
    assert alerts.notify() == 0
    told = {address for message in mail.outbox for address in message.to}
    assert told == {"plantao@senappen.example", "fulana@senappen.example", "beltrano@estado.example"}
    assert "AL: a última carga concluída é de 3 dias atrás" in mail.outbox[0].body


def test_no_message_holds_a_rows_data(state: State) -> None:
    state.add("vw_preso", 1, nasc="ontem")
    late(state)
    state.run("DROP TABLE dados.vw_preso")
    load(Source.objects.get())
    alerts.evaluate(NOW)
    alerts.notify()

    assert mail.outbox
    assert "INVENTAD" not in "".join(message.body + message.subject for message in mail.outbox)


@override_settings(EMAIL_BACKEND="django.core.mail.backends.smtp.EmailBackend", EMAIL_HOST="127.0.0.1", EMAIL_PORT=1)
def test_what_could_not_be_sent_is_sent_the_next_time(state: State) -> None:
    late(state)
    alerts.evaluate(NOW)

    assert alerts.notify() == 0
    assert Alert.objects.get().notified_at is None


def test_an_acknowledgement_names_who_gave_it(state: State) -> None:
    late(state)
    alerts.evaluate(NOW)

    alerts.acknowledge(alert=Alert.objects.get(), by=BY)

    assert Alert.objects.get().acknowledged_by == BY.username
    assert AccessEvent.objects.filter(action="alert.acknowledge").count() == 1


def test_the_command_finds_dead_processes_without_them() -> None:
    Heartbeat.objects.all().delete()
    out = StringIO()

    call_command("check_alerts", stdout=out)

    assert "Relógio das cargas parado" in out.getvalue()
    assert "loads.long" in out.getvalue()
