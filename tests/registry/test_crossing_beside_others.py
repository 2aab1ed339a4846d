"""A load that has not committed, beside those who judge the records it names or rebuild what is derived of them."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from registry.models import Origin, PendingCrossing, PendingPerson, PendingRecord, Record
from registry.services import crossing, resolution, search_documents
from tests.factories import registry as make
from tests.registry.beside import alone, waits_for_a_lock
from tests.registry.contract_rows import ROWS
from tests.registry.handing import BY, hand_over, receive_before, take_away

pytestmark = pytest.mark.usefixtures("committed")

VISIT = {"id_origem": "1", **ROWS["vw_visita"]}


def queue(of: type[PendingPerson] | type[PendingCrossing]) -> None:
    """Let everybody wait for others; at once, or the test fails."""
    persons = Record.objects.order_by("person").values_list("person", flat=True).distinct()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL lock_timeout = '2s'")
        of._default_manager.bulk_create([of(person_id=person) for person in persons])


def settle() -> int:
    return resolution.settle(by=BY).records


@pytest.mark.parametrize("view", ["vw_visita", "vw_advogado_preso", "vw_preso_foto", "vw_preso_sinal"])
def test_who_waits_is_not_judged_while_a_load_counts_on_it(view: str) -> None:
    origin = make.make_origin("AL")
    receive_before("vw_visita", origin)
    receive_before("vw_atendimento_advogado", origin)
    with ThreadPoolExecutor(1) as pool, transaction.atomic():
        hand_over(view, [{"id_origem": "1", **ROWS[view]}], origin)
        left = 3 - pool.submit(alone, settle).result(10)
    named = {"vw_visita": "PV", "vw_advogado_preso": "LP"}.get(view, "P")
    assert left == len(named)
    assert {record.kind for record in Record.objects.filter(pk__in=PendingRecord.objects.values("pk"))} == set(named)
    assert settle() == left


def test_a_load_waits_for_who_judges_and_then_leaves_the_crossings_to_others_itself() -> None:
    origin = make.make_origin("AL")
    receive_before("vw_visita", origin)
    visitor = Record.objects.get(kind="V")
    with ThreadPoolExecutor(1) as pool, transaction.atomic():
        # As `resolution.settle` does it: the records first, then their persons.
        PendingRecord.objects.all().delete()
        load = pool.submit(alone, hand_over, "vw_visita", [VISIT], origin)
        assert waits_for_a_lock(load)
        queue(PendingPerson)
    load.result(10)
    assert set(PendingCrossing.objects.values_list("person", flat=True)) == {visitor.person_id}


@pytest.mark.parametrize("coming", [True, False])
def test_a_load_does_not_hold_crossings_while_it_waits_for_persons(coming: bool) -> None:
    origin = _known_visit()
    queue(PendingPerson)
    load = (hand_over, "vw_visita", [VISIT], origin, 2) if coming else (take_away, "vw_visita", ["1"], origin)
    with ThreadPoolExecutor(1) as pool, transaction.atomic():
        # As `search_documents.refresh` does it: the persons first, then their crossings.
        PendingPerson.objects.all().delete()
        other = pool.submit(alone, *load)
        assert waits_for_a_lock(other)
        queue(PendingCrossing)
    other.result(10)
    assert PendingPerson.objects.count() == 1


def test_a_visit_that_turns_out_to_be_of_another_visitor_reaches_both() -> None:
    origin = _known_visit()
    hand_over("vw_visitante", [{"id_origem": "2", **ROWS["vw_visitante"], "nome": "RITA"}], origin)
    settle()
    search_documents.refresh()
    crossing.refresh()
    hand_over("vw_visita", [VISIT | {"id_visitante": "2"}], origin, 2)
    visitors = set(Record.objects.filter(kind="V").values_list("person", flat=True))
    assert set(PendingCrossing.objects.values_list("person", flat=True)) == visitors


def _known_visit() -> Origin:
    """A visit of which nothing waits any more."""
    origin: Origin = make.make_origin("AL")
    receive_before("vw_visita", origin)
    hand_over("vw_visita", [VISIT], origin)
    settle()
    search_documents.refresh()
    crossing.refresh()
    return origin
