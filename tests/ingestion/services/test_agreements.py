"""No agreement in force, no load; and at its end the credentials go (requirements B8 and B9)."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from audit.models import AccessEvent
from ingestion.models import Agreement, AgreementStatus, GoalStatus, Load, LoadStatus, Source
from ingestion.pipeline.work import take
from ingestion.problems import LostLoad
from ingestion.services import agreements, loads
from ingestion.services.refusals import LoadRefused
from ingestion.tasks import load_source, start_due_loads
from tests.factories.ingestion import BY, State, make_source, sign
from tests.factories.registry import make_origin

pytestmark = pytest.mark.django_db(databases=["default", "audit"])

END = date(2024, 5, 31)


def ending(state: State) -> tuple[Source, Agreement]:
    """A source whose agreement's last day is END, in Maceió (UTC-3)."""
    origin = make_origin("AL", timezone="America/Maceio")
    agreement = sign(origin, signed_on=date(2019, 5, 31), term_months=60)
    return make_source(state, origin=origin), agreement


def noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("signed_on", "months", "last"),
    [
        (date(2024, 3, 15), 60, date(2029, 3, 15)),
        (date(2024, 12, 1), 1, date(2025, 1, 1)),
        # Where the month has no such day, the next one (Código Civil, art. 132 §3).
        (date(2024, 2, 29), 60, date(2029, 3, 1)),
        (date(2024, 8, 31), 1, date(2024, 10, 1)),
    ],
)
def test_a_term_ends_on_the_same_day_months_later(signed_on: date, months: int, last: date) -> None:
    assert Agreement(signed_on=signed_on, term_months=months).ends_on == last


def test_without_an_agreement_a_source_is_kept_but_not_loaded(state: State) -> None:
    source = make_source(state)
    Agreement.objects.all().delete()

    with pytest.raises(LoadRefused, match="não tem acordo"):
        loads.start(source=source, by=BY)
    start_due_loads()
    assert not Load.objects.exists()


def test_the_last_day_counts_where_the_state_is(state: State) -> None:
    source, _ = ending(state)
    midnight = datetime(2024, 6, 1, 3, tzinfo=UTC)

    assert agreements.refusal(source.origin, midnight - timedelta(seconds=1)) == ""
    assert "terminou em 31/05/2024" in agreements.refusal(source.origin, midnight)


def test_an_agreement_does_not_count_before_it_is_signed() -> None:
    origin = make_origin("AL")
    sign(origin, signed_on=date(2024, 6, 1))

    assert "só vale a partir de 01/06/2024" in agreements.refusal(origin, noon(END))


def test_the_end_erases_the_credentials_a_day_after_it_was_noticed(state: State) -> None:
    source, agreement = ending(state)
    first = noon(END) + timedelta(days=1)

    assert agreements.close_ended(now=first, by=BY) == 0
    assert agreements.close_ended(now=first + timedelta(days=1), by=BY) == 1

    agreement.refresh_from_db()
    source.refresh_from_db()
    assert agreement.status == AgreementStatus.ENDED
    assert not source.encrypted_credentials
    actions = AccessEvent.objects.filter(kind="configured").values_list("action", flat=True)
    assert {"agreement.close", "source.erase_credentials"} <= set(actions)


def test_a_clock_that_jumped_ahead_and_came_back_erases_nothing(state: State) -> None:
    source, agreement = ending(state)
    agreements.close_ended(now=noon(END) + timedelta(days=300), by=BY)

    agreements.close_ended(now=noon(END), by=BY)
    agreements.close_ended(now=noon(END) + timedelta(days=301), by=BY)

    agreement.refresh_from_db()
    source.refresh_from_db()
    assert agreement.status == AgreementStatus.IN_FORCE
    assert source.encrypted_credentials


def test_denouncing_takes_a_running_load_from_its_worker(state: State) -> None:
    source = make_source(state)
    work = take(loads.start(source=source, by=BY, enqueued=False))

    agreements.denounce(agreement=Agreement.objects.get(), by=BY)

    with pytest.raises(LostLoad), work.transaction():
        pass
    stopped = Load.objects.get()
    assert stopped.status == LoadStatus.STOPPED
    assert "foi denunciado" in stopped.cause


def test_an_unfinished_load_is_not_gone_on_with_after_the_end(state: State) -> None:
    state.add("vw_preso", 1)
    source = make_source(state)
    loads.start(source=source, by=BY, enqueued=False)
    agreements.denounce(agreement=Agreement.objects.get(), by=BY)

    load_source(source.pk)

    assert Load.objects.get().status == LoadStatus.STOPPED


def test_a_new_agreement_needs_new_credentials(state: State) -> None:
    source = make_source(state)
    agreements.denounce(agreement=Agreement.objects.get(), by=BY)
    sign(source.origin, number="2/2024")

    with pytest.raises(LoadRefused, match="credenciais"):
        loads.start(source=source, by=BY)


def test_an_extension_puts_an_ended_agreement_in_force_again(state: State) -> None:
    source, agreement = ending(state)
    for days in (1, 2):
        agreements.close_ended(now=noon(END) + timedelta(days=days), by=BY)
    agreement.refresh_from_db()

    agreements.extend(agreement=agreement, months=1200, by=BY)

    assert agreements.refusal(source.origin, datetime.now(UTC)) == ""


def test_an_origin_has_one_agreement_in_force() -> None:
    agreement = sign(make_origin("AL"))

    with pytest.raises(IntegrityError), transaction.atomic():
        Agreement.objects.create(origin=agreement.origin, signed_on=date(2024, 1, 1))


def test_goals_are_due_by_days_from_signing() -> None:
    agreement = sign(make_origin("AL"), signed_on=date(2024, 1, 1))
    goals = list(agreement.goals.all())

    assert [goal.deadline_days for goal in goals] == [20, 45, 60]
    assert goals[0].due_on == date(2024, 1, 21)
    assert not goals[0].late_on(date(2024, 1, 21))
    assert goals[0].late_on(date(2024, 1, 22))
    goals[0].status = GoalStatus.DONE
    assert not goals[0].late_on(date(2024, 1, 22))


def test_signing_is_audited_without_the_people_named() -> None:
    sign(make_origin("AL"))

    event = AccessEvent.objects.get(action="agreement.sign")
    assert event.detail["origin"] == "AL"
    assert "Fulana" not in str(event.detail)
