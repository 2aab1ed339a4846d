"""What first loads changed in the database can be taken back, and made again, on a base with rows."""

import pytest
from django.db import IntegrityError

from audit.events import system
from registry.models import Movement, Origin, PersonSearch, Record
from registry.services import origins, resolution, search_documents
from tests.registry.contract_rows import ROWS
from tests.registry.handing import hand_over, receive_before
from tests.schema import owner

PEOPLE = "0010_people_without_needless_checks"
PARTITIONS = "0014_partitions_filled_before_indexed"
KEYS = "0015_search_keys_by_batch"
AUDIENCES = "0024_documents_by_audience"
LARGE = ("registry_movement", "registry_visit", "registry_lawyerattendance")
BY = system("test")

# What the three migrations touch, but for partitions: those that taking back makes stay.
SHAPE = """
SELECT conrelid::regclass::text, contype::text, pg_get_constraintdef(o.oid), convalidated::text FROM pg_constraint o
JOIN pg_class c ON c.oid = conrelid WHERE c.relname LIKE 'registry%' AND NOT c.relispartition
UNION ALL SELECT oid::regprocedure::text, prosecdef::text, proacl::text, prosrc FROM pg_proc
WHERE proname LIKE 'registry%'
UNION ALL SELECT relname, reloptions::text, '', '' FROM pg_class WHERE relname = 'search_keys'
ORDER BY 1, 2, 3
"""
COUNTS = "SELECT (SELECT count(*) FROM registry_movement), (SELECT count(*) FROM registry_record)"
BY_KEY = "SELECT count(*) FROM registry_personsearch WHERE keys @> (SELECT min(keys) FROM registry_personsearch)"
OPTIONS = "SELECT reloptions::text FROM pg_class WHERE relname = 'search_keys'"
REST = "names, mothers, fathers, births, sex, kinds, ufs, uf, unit_id, regime, modality, situation, keys"
LOSE_A_PERSON = "UPDATE registry_record SET person_id = -1 WHERE kind = 'V'"


@pytest.fixture
def base(committed: None) -> Origin:
    """A state with a person who moved, and one that never sent a movement."""
    origin = origins.register(code="AL", name="AL", uf="AL", timezone="America/Maceio", by=BY)
    for view in ("vw_visita", "vw_movimentacao"):
        receive_before(view, origin)
        hand_over(view, [{"id_origem": "1", **ROWS[view]}], origin)
    origins.register(code="SE", name="SE", uf="SE", timezone="America/Maceio", by=BY)
    resolution.settle(by=BY)
    search_documents.refresh()
    assert (Movement.objects.count(), Record.objects.count(), PersonSearch.objects.count()) == (1, 2, 2)
    return origin


def test_taken_back_and_made_again_they_leave_rows_and_schema_alone(base: Origin) -> None:
    with owner("registry") as schema:
        before = schema.ask(SHAPE)
        for name in (KEYS, PARTITIONS, PEOPLE):
            schema.take_back(name)
            assert schema.ask(COUNTS) == [(1, 2)]
        for name in (PEOPLE, PARTITIONS, KEYS):
            schema.make_again(name)
            assert schema.ask(COUNTS) == [(1, 2)]
        assert schema.ask(SHAPE) == before


def test_without_the_batches_of_keys_each_enters_its_index_at_once(base: Origin) -> None:
    with owner("registry") as schema:
        schema.run("SET LOCAL enable_seqscan = off")
        found = schema.ask(BY_KEY)
        assert found > [(0,)]
        schema.take_back(KEYS)
        assert (schema.ask(OPTIONS), schema.ask(BY_KEY)) == ([("{fastupdate=off}",)], found)
        schema.make_again(KEYS)
        assert (schema.ask(OPTIONS), schema.ask(BY_KEY)) == ([("{fastupdate=on}",)], found)


def test_without_filling_first_every_origin_has_its_partitions(base: Origin) -> None:
    with owner("registry") as schema:
        wanted = {(f"{table}_o{pk}",) for table in LARGE for pk in Origin.objects.values_list("pk", flat=True)}
        there = "SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhparent::regclass::text LIKE 'registry%'"
        assert len(wanted) == len(LARGE) * 2
        schema.take_back(PARTITIONS)
        assert wanted <= set(schema.ask(there))
        schema.make_again(PARTITIONS)
        assert wanted <= set(schema.ask(there))


def test_with_row_checks_back_no_record_loses_its_person(base: Origin) -> None:
    with owner("registry") as schema:
        schema.take_back(PEOPLE)
        with pytest.raises(IntegrityError, match="person_id"):
            schema.run(f"SET CONSTRAINTS ALL IMMEDIATE; {LOSE_A_PERSON}")


def test_row_checks_do_not_come_back_over_a_record_without_its_person(base: Origin) -> None:
    with owner("registry") as schema:
        schema.run(LOSE_A_PERSON)
        with pytest.raises(IntegrityError, match="person_id"):
            schema.take_back(PEOPLE)


def test_a_lawyer_who_is_something_else_waits_for_a_second_document_after_it(base: Origin) -> None:
    prisoner, other = Record.objects.order_by("pk")[:2]
    documents = "SELECT audience, person_id FROM registry_personsearch ORDER BY 2"
    added = f"INSERT INTO registry_personsearch (person_id, audience, {REST}) SELECT person_id, 'O', {REST}"
    hers = f"WHERE person_id = {prisoner.person_id}"
    with owner("registry") as schema:
        schema.run(f"UPDATE registry_personsearch SET kinds = '{{L,P}}' {hers}")
        schema.run(f"{added} FROM registry_personsearch {hers}")
        schema.take_back(AUDIENCES)
        assert schema.ask("SELECT count(*) FROM registry_personsearch") == [(2,)]
        schema.make_again(AUDIENCES)
        assert schema.ask(documents) == [("L", prisoner.person_id), ("E", other.person_id)]
        assert schema.ask("SELECT person_id FROM registry_pendingperson") == [(prisoner.person_id,)]
