"""A source that does not open is left alone, tried now and then, and never locked out by us."""

from datetime import UTC, datetime, timedelta

import pytest

from audit.models import AccessEvent
from ingestion import health
from ingestion.models import Breaker, BreakerState, Credentials, Load, LoadStatus, LoadView, Source
from ingestion.services import breakers, loads, sources
from ingestion.tasks import load_source, probe_source
from registry.models import Origin
from senappen import servers
from tests.factories.ingestion import BY, PASSWORD, READER, State, load, make_source

pytestmark = pytest.mark.django_db(databases=["default", "audit"])


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The sources that workers were asked for."""
    asked: list[int] = []
    monkeypatch.setattr(loads, "enqueue", asked.append)
    return asked


def fail(source: Source, times: int) -> Load:
    for _ in range(times):
        stopped = load(source)
    return stopped


def cut_off(state: State) -> Source:
    """A source whose view is gone: a problem that waiting does not cure, behind a door that opens."""
    source = make_source(state)
    state.run("ALTER TABLE dados.vw_preso RENAME TO fora")
    load(source)
    return source


def test_passing_problems_open_the_breaker_after_five_in_a_row(state: State) -> None:
    source = make_source(state, port=1)

    fail(source, breakers.PATIENCE - 1)
    assert not Breaker.objects.exists()

    stopped = fail(source, 1)
    breaker = Breaker.objects.get()
    assert breaker.state == BreakerState.OPEN
    assert breaker.probe_at == stopped.retry_at
    assert "Não foi possível falar" in breaker.cause


def test_a_load_that_moved_since_its_last_stop_counts_anew(state: State) -> None:
    source = make_source(state, port=1)
    stopped = fail(source, breakers.PATIENCE - 1)
    LoadView.objects.filter(load=stopped, view="vw_preso").update(batch=7)

    stopped = fail(source, 1)

    assert stopped.failures == 1
    assert not Breaker.objects.exists()


def test_a_lasting_problem_opens_it_at_once_and_the_audit_says_so(state: State) -> None:
    cut_off(state)

    assert Breaker.objects.get().state == BreakerState.OPEN
    assert AccessEvent.objects.filter(action="breaker.open").count() == 1


def test_behind_an_open_breaker_no_worker_is_asked_nor_works(state: State) -> None:
    source = cut_off(state)
    stopped = Load.objects.get()

    load_source(source.pk)  # a message that was still on its way

    assert loads.waiting(datetime.now(UTC) + timedelta(days=30)) == []
    assert Load.objects.get().epoch == stopped.epoch


def test_refused_credentials_wait_for_a_person(state: State) -> None:
    source = make_source(state)
    sources.replace_credentials(source=source, credentials=Credentials(READER, "errada"), by=BY)

    stopped = load(source)

    assert Breaker.objects.get().probe_at is None
    assert stopped.retry_at is None
    assert breakers.to_probe(datetime.now(UTC) + timedelta(days=365)) == []


def test_new_credentials_let_the_next_attempt_decide(state: State) -> None:
    source = make_source(state)
    sources.replace_credentials(source=source, credentials=Credentials(READER, "errada"), by=BY)
    load(source)

    sources.replace_credentials(source=source, credentials=Credentials(READER, PASSWORD), by=BY)

    assert Breaker.objects.get().state == BreakerState.HALF_OPEN
    assert loads.waiting(datetime.now(UTC)) == [source.pk]
    assert load(source).status == LoadStatus.FINISHED
    assert Breaker.objects.get().state == BreakerState.CLOSED


def test_a_probe_that_fails_waits_longer(state: State, sent: list[int]) -> None:
    source = make_source(state, port=1)
    fail(source, breakers.PATIENCE)
    waits = []
    for _ in range(3):
        probe_source(source.pk)
        breaker = Breaker.objects.get()
        assert breaker.probe_at
        waits.append(breaker.probe_at - datetime.now(UTC))

    assert sent == []
    assert (breaker.state, breaker.probes) == (BreakerState.OPEN, 3)
    assert waits[2] > 2 * waits[0]
    assert Load.objects.get().epoch == breakers.PATIENCE


def test_a_probe_that_gets_through_lets_the_load_finish(state: State, sent: list[int]) -> None:
    source = make_source(state, port=1)
    fail(source, breakers.PATIENCE)
    Source.objects.update(port=servers.state_postgres().port)

    probe_source(source.pk)

    assert Breaker.objects.get().state == BreakerState.HALF_OPEN
    assert sent == [source.pk]
    load_source(source.pk)
    assert Load.objects.get().status == LoadStatus.FINISHED
    assert Breaker.objects.get().state == BreakerState.CLOSED


def test_a_trial_that_fails_opens_it_again_at_once(state: State, sent: list[int]) -> None:
    source = cut_off(state)
    probe_source(source.pk)

    load_source(source.pk)

    breaker = Breaker.objects.get()
    assert (breaker.state, breaker.probes) == (BreakerState.OPEN, 1)


def test_run_now_tries_once(state: State, sent: list[int]) -> None:
    source = cut_off(state)

    loads.start(source=source, by=BY)

    assert Breaker.objects.get().state == BreakerState.HALF_OPEN
    assert loads.waiting(datetime.now(UTC)) == [source.pk]


def test_a_probe_set_before_the_clock_went_back_is_due(state: State) -> None:
    source = cut_off(state)
    Breaker.objects.update(probe_at=datetime.now(UTC) + timedelta(days=365))

    assert breakers.to_probe(datetime.now(UTC)) == [source.pk]


def test_waits_grow_to_a_limit_and_differ_between_sources() -> None:
    longest = breakers.LONGEST_RETRY
    waits = {breakers.wait(breakers.FIRST_RETRY, longest, 40, source) for source in range(27)}

    assert len(waits) > 20
    assert all(longest <= wait <= longest * 1.25 for wait in waits)


def test_health_tells_the_breaker_and_agents_still_see_the_datas_age(state: State) -> None:
    source = make_source(state)
    load(source)
    old = datetime.now(UTC) - source.origin.fresh_for - timedelta(hours=1)
    Origin.objects.update(loaded_at=old)
    state.run("ALTER TABLE dados.vw_preso RENAME TO fora")
    load(source)

    [found] = health.sources()

    assert found.breaker is not None
    assert found.breaker.state is BreakerState.OPEN
    assert found.next_at == found.breaker.probe_at
    assert (found.loaded_at, found.fresh) == (old, False)
