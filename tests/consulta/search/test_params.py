"""The query string of an answer."""

import uuid

import pytest
from django.http import QueryDict

from consulta.search.params import Params, read
from registry.selectors.search import Filters, Precision

UNIT = uuid.UUID("11111111-2222-4333-8444-555555555555")


def test_an_address_reads_back_as_it_was_written() -> None:
    params = Params(Filters(uf=("AL", "PE"), kind=("P",), unit=UNIT), Precision.BROAD, page=3)
    address = params.url("/b/x/", page=3)
    assert address.startswith("/b/x/?")
    assert read(QueryDict(address.partition("?")[2])) == params


def test_nothing_chosen_leaves_the_address_bare() -> None:
    assert Params().url("/b/x/") == "/b/x/"


def test_taking_a_filter_away_keeps_the_others_and_starts_over() -> None:
    params = Params(Filters(uf=("AL", "PE"), sex=("M",)), page=4)
    assert params.without("uf", "AL") == Params(Filters(uf=("PE",), sex=("M",)), page=1)


@pytest.mark.parametrize(
    "query",
    ["pagina=-1", "pagina=x", "pagina=99999999", "unidade=x", "uf=", "uf=%00", f"uf={'x' * 41}", "precisao=x", "q=ana"],
)
def test_what_is_not_understood_is_ignored(query: str) -> None:
    assert read(QueryDict(query)) == Params()
