"""Many searches at once."""

import pytest

from registry.scope import Scope
from registry.selectors.search import Criteria, Outcome, look_up_all
from registry.selectors.search.batch import MOST_SHOWN
from tests.factories.registry import make_cpf, make_lawyer, make_prisoner
from tests.registry.selectors.search.indexing import index

pytestmark = pytest.mark.django_db(databases=["default", "audit"])


def test_each_line_has_its_own_answer_in_order() -> None:
    number = make_cpf()
    make_prisoner(name="RUBENS QUEIROZ", cpf=number)
    for _ in range(MOST_SHOWN + 2):
        make_prisoner(name="JOÃO PEREIRA")
    index()
    asked = [Criteria(name="joão pereira"), Criteria(name="wanderlei prado"), Criteria(document=number)]
    many, nobody, holder = look_up_all(asked, Scope())
    assert (many.outcome, many.total, len(many.cards)) == (Outcome.SEVERAL, MOST_SHOWN + 2, MOST_SHOWN)
    assert (nobody.outcome, nobody.cards) == (Outcome.NONE, ())
    assert (holder.outcome, holder.by_document) == (Outcome.ONE, True)
    assert [card.name for card in holder.cards] == ["Rubens Queiroz"]


def test_who_is_only_a_little_like_the_one_asked_for_is_no_answer() -> None:
    make_prisoner(name="JOÃO PEREIRA LIMA")
    index()
    [found] = look_up_all([Criteria(name="joão tavares lima")], Scope())
    assert found.outcome is Outcome.NONE


def test_lawyers_are_nobody_for_who_may_not_see_them() -> None:
    make_lawyer(name="CLARA ADVOGADA", oab_number="4321")
    index()
    asked = [Criteria(name="clara advogada"), Criteria(document="OAB/AL 4321")]
    assert [match.outcome for match in look_up_all(asked, Scope())] == [Outcome.NONE] * 2
    assert [match.outcome for match in look_up_all(asked, Scope(lawyers=True))] == [Outcome.ONE] * 2


def test_nothing_asked_finds_nothing() -> None:
    assert look_up_all([], Scope()) == ()
