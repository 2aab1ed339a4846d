"""Merges, unmerges and loads in any order leave what a rebuild from scratch would, under an adopted model."""

from collections.abc import Iterator
from contextlib import nullcontext

import pytest
from django.db import transaction

from registry.models import Judgement
from tests.registry.matching.remembering import RememberingScorer
from tests.registry.sequences.nation import Nation, follow
from tests.registry.sequences.running import run


@pytest.fixture
def nation(committed: None, adopted: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Nation]:
    with RememberingScorer() as scorer:
        monkeypatch.setattr("registry.services.resolution.settling.Scorer", lambda: nullcontext(scorer))
        with transaction.atomic():
            made = Nation()
            follow()
        yield made


def test_any_sequence_leaves_what_a_rebuild_from_scratch_would(nation: Nation) -> None:
    assert {one.judge.partition(":")[0] for one in Judgement.objects.all()} == {"model"}
    run(nation, 4)
