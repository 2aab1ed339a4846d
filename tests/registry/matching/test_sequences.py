"""Merges, unmerges and loads in any order leave what a rebuild from scratch would, under an adopted model."""

import pytest
from django.db import transaction

from registry.models import Judgement
from tests.registry.sequences.nation import Nation, follow
from tests.registry.sequences.running import run


@pytest.fixture
def nation(committed: None, adopted: str) -> Nation:
    with transaction.atomic():
        made = Nation()
        follow()
    return made


def test_any_sequence_leaves_what_a_rebuild_from_scratch_would(nation: Nation) -> None:
    assert {one.judge.partition(":")[0] for one in Judgement.objects.all()} == {"model"}
    run(nation, 4)
