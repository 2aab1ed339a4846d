"""A load that has not committed, and somebody who judges the records it touches."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections, transaction

from registry.models import PendingRecord
from tests.factories import registry as make
from tests.registry.contract_rows import ROWS
from tests.registry.handing import hand_over, receive_before

pytestmark = pytest.mark.usefixtures("committed")


def test_who_waits_is_not_judged_while_a_load_counts_on_it() -> None:
    origin = make.make_origin("AL")
    receive_before("vw_visita", origin)
    waiting = set(PendingRecord.objects.values_list("record_id", flat=True))

    with ThreadPoolExecutor(1) as pool, transaction.atomic():
        hand_over("vw_visita", [{"id_origem": "1", **ROWS["vw_visita"]}], origin)
        free = pool.submit(_free_to_judge).result()
    [held] = waiting - free
    assert PendingRecord.objects.get(record_id=held).record.kind == "V"
    assert _free_to_judge() == waiting


def _free_to_judge() -> set[int]:
    """Those waiting that a batch would take now (`resolution.taking`)."""
    try:
        with transaction.atomic():
            free = PendingRecord.objects.select_for_update(skip_locked=True)
            return set(free.values_list("record_id", flat=True))
    finally:
        connections["default"].close()
