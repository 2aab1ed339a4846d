"""A load that would remove too much asks first, and does what it is told."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from audit.models import AccessEvent
from ingestion.models import Load, LoadStatus, LoadView, Rejection, RejectionStatus, Source, ViewState
from ingestion.services import loads, mappings
from registry.models import Prisoner
from tests.factories.ingestion import BY, State, load, make_mapping, make_source, with_field

pytestmark = pytest.mark.django_db(databases=["default", "audit"])


@pytest.fixture(autouse=True)
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """In a small state, two removals are many."""
    monkeypatch.setattr("ingestion.pipeline.removals.FEW", 1)


@pytest.fixture
def emptied(state: State) -> Source:
    """Five prisoners were loaded, and the state has excluded two of them."""
    for cod in range(1, 6):
        state.add("vw_preso", cod)
    source = make_source(state)
    load(source)
    for cod in (1, 2):
        state.change("vw_preso", cod, atv="N", alt="2024-04-01 08:00")
    return source


def standing() -> set[str]:
    return set(Prisoner.objects.filter(removed_at=None).values_list("origin_key", flat=True))


def answer(asking: Load, *, approve: bool) -> None:
    loads.answer_removals(load=asking, view="vw_preso", approve=approve, by=BY, enqueued=False)


def test_too_many_logical_deletions_stop_the_load_before_writing(emptied: Source) -> None:
    stopped = load(emptied)

    view = LoadView.objects.get(load=stopped, view="vw_preso")
    assert (stopped.status, view.state) == (LoadStatus.STOPPED, ViewState.ASKING)
    assert (view.asked_count, view.asked_of) == (2, 5)
    assert "excluiria 2 de 5 linhas de vw_preso (40 %)" in stopped.cause
    assert len(standing()) == 5


def test_a_load_that_asks_is_not_taken_up_by_itself(emptied: Source) -> None:
    load(emptied)

    assert loads.waiting(datetime.now(UTC) + timedelta(days=9)) == []


def test_asked_again_it_stops_again(emptied: Source) -> None:
    first = load(emptied)

    again = load(emptied)

    assert (again.pk, again.status) == (first.pk, LoadStatus.STOPPED)
    assert len(standing()) == 5


def test_approved_removals_are_published(emptied: Source) -> None:
    answer(load(emptied), approve=True)

    done = load(emptied)

    assert done.status == LoadStatus.FINISHED
    assert standing() == {"3", "4", "5"}
    assert LoadView.objects.get(load=done, view="vw_preso").removed_count == 2


def test_an_approval_covers_no_more_than_was_asked(emptied: Source, state: State) -> None:
    asking = load(emptied)
    answer(asking, approve=True)
    state.change("vw_preso", 3, atv="N", alt="2024-04-02 08:00")
    # Another mapping makes the view be read again.
    mappings.put_in_use(source=emptied, text=make_mapping(repair=["trim"]), by=BY)

    assert load(emptied).status == LoadStatus.STOPPED
    assert LoadView.objects.get(load=asking, view="vw_preso").asked_count == 3


def test_refused_removals_are_put_aside_and_the_rest_is_published(emptied: Source, state: State) -> None:
    state.add("vw_preso", 6, alt="2024-04-01 09:00")
    answer(load(emptied), approve=False)

    done = load(emptied)

    view = LoadView.objects.get(load=done, view="vw_preso")
    assert done.status == LoadStatus.FINISHED
    assert len(standing()) == 6
    assert (view.refused_count, view.removed_count, view.new_count) == (2, 0, 1)
    refused = Rejection.objects.filter(status=RejectionStatus.REFUSED)
    assert {rejection.origin_key for rejection in refused} == {"1", "2"}
    assert refused[0].reasons[0]["code"] == "exclusion_refused"


def test_refused_removals_are_asked_about_again_while_the_state_says_so(emptied: Source, state: State) -> None:
    answer(load(emptied), approve=False)
    load(emptied)

    asking = load(emptied)

    assert asking.status == LoadStatus.STOPPED
    answer(asking, approve=True)
    load(emptied)
    assert standing() == {"3", "4", "5"}
    assert not Rejection.objects.filter(status=RejectionStatus.REFUSED).exists()


def test_refused_removals_that_the_state_takes_back_are_settled(emptied: Source, state: State) -> None:
    answer(load(emptied), approve=False)
    load(emptied)
    for cod in (1, 2):
        state.change("vw_preso", cod, atv="S", alt="2024-04-05 08:00")

    assert load(emptied).status == LoadStatus.FINISHED
    assert set(Rejection.objects.values_list("status", flat=True)) == {RejectionStatus.SUPERSEDED}
    assert len(standing()) == 5


def test_a_corrected_mapping_answers_the_question(emptied: Source) -> None:
    load(emptied)
    views: Any = with_field("vw_preso", "st_registro", {"value": "A"})
    mappings.put_in_use(source=emptied, text=make_mapping(views=views), by=BY)

    assert load(emptied).status == LoadStatus.FINISHED
    assert len(standing()) == 5


def test_few_removals_ask_nothing(emptied: Source, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ingestion.pipeline.removals.FEW", 2)

    assert load(emptied).status == LoadStatus.FINISHED


def test_a_small_share_asks_nothing(emptied: Source, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ingestion.pipeline.removals.SHARE", 0.4)

    assert load(emptied).status == LoadStatus.FINISHED


def test_an_answer_is_audited_with_counts(emptied: Source) -> None:
    answer(load(emptied), approve=True)

    event = AccessEvent.objects.get(kind="removals_answered")
    assert (event.actor, event.detail["removals"], event.detail["answer"]) == (BY.username, 2, "approved")


def test_only_a_view_that_asks_is_answered(emptied: Source) -> None:
    asking = load(emptied)

    with pytest.raises(ValueError, match="não espera resposta"):
        loads.answer_removals(load=asking, view="vw_unidade", approve=True, by=BY)
    answer(asking, approve=True)
    with pytest.raises(ValueError, match="não espera resposta"):
        answer(asking, approve=False)
