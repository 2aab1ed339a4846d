"""Numbers are found however a state, or an agent, punctuates them."""

import pytest

from tests.factories.registry import make_prisoner, make_visitor
from tests.registry.selectors.search.conftest import Find


@pytest.mark.parametrize("typed", ["12.345-6", "123456", "12345-6"])
def test_registration_is_found_in_any_punctuation(find: Find, typed: str) -> None:
    make_prisoner(registration="12.345-6")
    assert find(document=typed).total == 1


@pytest.mark.parametrize("typed", ["1.234.567", "1234567", "RG 1.234.567"])
def test_visitor_is_found_by_rg(find: Find, typed: str) -> None:
    make_visitor(rg="1.234.567 SSP/AL")
    assert find(document=typed).total == 1
