"""What the mirror held before is kept, with the reason it gave way; what did not change is not written."""

import pytest

from ingestion import history
from ingestion.models import LoadKind, Presence, PreviousVersion, RawRecord
from tests.factories.ingestion import State, load, make_source

pytestmark = pytest.mark.django_db(databases=["default", "audit"])


def reasons() -> list[str]:
    return list(PreviousVersion.objects.order_by("valid_to").values_list("replaced_because", flat=True))


def test_an_update_keeps_the_version_before_it_and_who_brought_both(state: State) -> None:
    state.add("vw_preso", 1)
    source = make_source(state)
    first = load(source)
    held = RawRecord.objects.get(view="vw_preso")
    state.change("vw_preso", 1, nm="JOSE INVENTADO SILVA", alt="2024-04-01 08:00")

    second = load(source)

    kept, now = PreviousVersion.objects.get(), RawRecord.objects.get(view="vw_preso")
    assert (kept.raw, kept.content_hash, kept.mapping_id) == (held.raw, held.content_hash, held.mapping_id)
    assert (kept.load, kept.replaced_by_load, now.load) == (first.pk, second.pk, second.pk)
    assert (kept.valid_from, kept.valid_to) == (held.changed_at, now.changed_at)
    assert kept.replaced_because == "updated"


def test_a_logical_deletion_and_a_return_say_so(state: State) -> None:
    state.add("vw_preso", 1)
    source = make_source(state)
    load(source)
    for alt, ativo in (("2024-04-01 08:00", "N"), ("2024-04-02 08:00", "N"), ("2024-04-03 08:00", "S")):
        state.change("vw_preso", 1, atv=ativo, alt=alt)
        load(source)

    assert reasons() == ["removed", "updated", "back"]
    assert RawRecord.objects.get(view="vw_preso").presence == Presence.PRESENT


def test_a_first_load_and_a_day_without_changes_keep_no_version(state: State) -> None:
    state.add("vw_preso", 1)
    source = make_source(state)
    load(source)
    load(source)

    assert not PreviousVersion.objects.exists()


def test_a_child_that_waits_again_keeps_no_version(state: State) -> None:
    state.add("vw_preso", 1)
    state.add("vw_preso_documento", 100)
    source = make_source(state)
    load(source)
    state.change("vw_preso_documento", 100, interno=999, alt="2024-04-01 08:00-03")

    load(source)

    assert reasons() == []


def test_the_history_of_a_row_is_whole_and_without_gaps(state: State) -> None:
    state.add("vw_preso", 1, nm="PRIMEIRA INVENTADA")
    source = make_source(state)
    load(source)
    state.change("vw_preso", 1, nm="SEGUNDA INVENTADA", alt="2024-04-01 08:00")
    load(source)
    state.run("DELETE FROM dados.vw_preso")
    load(source, LoadKind.RECONCILIATION)

    now, second, first = history.of(source.origin, "vw_preso", "1")

    assert [now.presence, second.presence, first.presence] == [Presence.GONE, Presence.PRESENT, Presence.PRESENT]
    assert (first.valid_to, second.valid_to, now.valid_to) == (second.valid_from, now.valid_from, None)
    assert ("PRIMEIRA" in first.raw, "SEGUNDA" in second.raw) == (True, True)
    assert [second.replaced_because, first.replaced_because] == ["removed", "updated"]
