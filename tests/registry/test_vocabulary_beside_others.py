"""Who writes the vocabulary of the search locks its keys in one order: two at once never wait for each other.

Two first loads once met so: one counted the vocabulary anew while the other added words of its own.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from registry.models import NameKey, Person
from registry.services import search_documents
from tests.factories import registry as make
from tests.registry.beside import alone, waits_for_a_lock

pytestmark = pytest.mark.usefixtures("committed")

# Against the alphabet, so that the order of keys is neither that of their ids nor that of the table.
NAMES = ("Zulmira", "Valter", "Tomas", "Rosa", "Pedro", "Nilo", "Lia", "Jonas", "Davi", "Bruno")


def refresh_everybody() -> None:
    search_documents.refresh(Person.objects.values_list("pk", flat=True))


@pytest.mark.parametrize(
    ("work", "counted"),
    [(search_documents.refresh_frequencies, 7), (refresh_everybody, 0)],
    ids=["anew", "at least one"],
)
def test_keys_are_locked_in_their_own_order(work: Callable[[], object], counted: int) -> None:
    for name in NAMES:
        record = make.make_prisoner(name=name, mother_name="", father_name="")
        search_documents.refresh([record.person_id])
    NameKey.objects.update(people=counted)
    keys = sorted(NameKey.objects.values_list("key", flat=True))
    middle = keys[len(keys) // 2]
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT FROM registry_namekey WHERE key = %s FOR UPDATE", [middle])
            working = pool.submit(alone, work)
            assert waits_for_a_lock(working)
            cursor.execute("SELECT key FROM registry_namekey WHERE key <> %s FOR UPDATE SKIP LOCKED", [middle])
            free = {key for (key,) in cursor.fetchall()}
        working.result(10)
    assert free == {key for key in keys if key > middle}
    assert set(NameKey.objects.values_list("people", flat=True)) == {1}
