"""Random sequences of steps, each from the same base and taken back, and what is checked after them."""

import copy
import os
from typing import Any, Final

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from registry.models import Verdict
from tests.registry.sequences import checks
from tests.registry.sequences.nation import SLOTS, VALUES, Nation, follow, undone

# Long ones: what steps do to each other is what is looked for, and each costs its checks at the end once.
SHORTEST, LONGEST = 6, 12
# Shrinking takes minutes: only when asked for.
PHASES: Final = tuple(Phase) if "SHRINK" in os.environ else (Phase.generate,)
KINDS: Final = {"judge", "contradict", "revoke", "load", "remove", "hold"}
_record = st.integers(0, len(SLOTS) - 1)
_human = st.integers(0, 1)
_judge = st.tuples(st.just("judge"), _record, _record, st.sampled_from(Verdict), _human)
_contradict = st.tuples(
    st.just("contradict"), _record, _record, _human, st.sampled_from((Verdict.SAME, Verdict.DIFFERENT))
)
_revoke = st.tuples(st.just("revoke"), st.integers(0, 30), _human)
_load = st.tuples(st.just("load"), _record, st.sampled_from(sorted(VALUES)), st.integers(0, 3))
_remove = st.tuples(st.just("remove"), _record)
_hold = st.tuples(st.just("hold"), _record, st.booleans())
_step = st.one_of(_judge, _judge, _contradict, _revoke, _load, _load, _remove, _hold)
_steps = st.lists(_step, min_size=1 if "SHRINK" in os.environ else SHORTEST, max_size=LONGEST)
# Everything made anew costs more than the steps: of the suite's own in one of three, of random ones in all.
_to_the_end = st.just(True) if "SEQUENCES" in os.environ else st.sampled_from((False, True, False))


def run(nation: Nation, sequences: int) -> None:
    """Run so many sequences, the same at each call, or as many random ones as the variable SEQUENCES says.

    Among them every kind of step is taken.
    """
    kinds = set[str]()

    @settings(
        max_examples=int(os.environ.get("SEQUENCES", sequences)),
        derandomize="SEQUENCES" not in os.environ,
        deadline=None,
        database=None,
        phases=PHASES,
        print_blob=True,
        report_multiple_bugs=False,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )
    @given(_steps, _record, _record, _to_the_end)
    def sequence(steps: list[tuple[Any, ...]], a: int, b: int, to_the_end: bool) -> None:
        taken = copy.copy(nation)
        kinds.update(step[0] for step in steps)
        with undone():
            _go(taken, steps)
            if to_the_end:
                _end(taken, (a, b))

    sequence()
    assert kinds == KINDS


def _go(nation: Nation, steps: list[tuple[Any, ...]]) -> None:
    born, hung = checks.homes(), checks.facts()
    for step in steps:
        nation.take(step)
        now = checks.homes()
        assert {pk: now[pk] for pk in born} == born
        assert [fact for fact in checks.facts() if fact in hung] == hung
        checks.persons_follow_the_judgements()
        checks.contradictions_wait()
        checks.nobody_waits_for_documents()
        born, hung = now, checks.facts()
    checks.rebuilding_changes_nothing()
    checks.words_of_humans_are_audited_once(nation)


def _end(nation: Nation, pair: tuple[int, int]) -> None:
    follow()
    checks.ids_lead_to_their_records()
    checks.deriving_changes_nothing()
    before = checks.derived()
    nation.merge_and_unmerge(*pair, between=follow)
    follow()
    assert checks.derived() == before
    checks.rebuilding_changes_nothing()
    checks.words_of_humans_are_audited_once(nation)
