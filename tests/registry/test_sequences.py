"""Merges, unmerges and loads in any order leave what a rebuild from scratch would, under the exact rules."""

import pytest
from django.db import transaction

from tests.registry.sequences.nation import Nation, follow
from tests.registry.sequences.running import run


@pytest.mark.usefixtures("committed")
def test_any_sequence_leaves_what_a_rebuild_from_scratch_would() -> None:
    with transaction.atomic():
        nation = Nation()
        follow()
    run(nation, 9)
