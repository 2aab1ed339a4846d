"""The checker over an API that nobody here wrote, by rules 3 and 4, finds what it finds by SQL."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ingestion.conformity import checker
from ingestion.conformity.findings import Finding, Verdict
from ingestion.contract import VIEWS
from ingestion.mapping.reading import read
from ingestion.models import Rule, Source
from ingestion.services import sources
from senappen.embedded.certificates import Authority
from tests.factories.ingestion import BY
from tests.factories.registry import make_origin
from tests.factories.rest import make_api_source
from tests.ingestion.transports.rest.serving import datasette_mapping, serving

pytestmark = [pytest.mark.django_db(databases=["default", "audit"])]

OURS = Authority()
# What is asked of a database itself, and what depends on the machine.
OF_THE_DATABASE = {"rights", "writes", "reads", "clock", "speed"}


def findings(source: Source) -> list[Finding]:
    return checker.check(source, rows=checker.MOST_ROWS).findings


def of_the_rows(found: list[Finding]) -> set[tuple[Any, ...]]:
    """What is wrong with which field, and in how many rows."""
    return {
        (each.view, each.field, each.check, each.verdict, each.count, each.total)
        for each in found
        if each.check not in OF_THE_DATABASE
    }


@pytest.fixture(scope="module")
def datasette_over_tls(database: Path) -> Iterator[str]:
    with serving(database, OURS) as base:
        yield base


def near_by(country: Path, base: str) -> Source:
    """Another origin with the same state, by rule 3."""
    mapping = datasette_mapping(country, base).replace("origin: AL", "origin: XX")
    return make_api_source(base, mapping, origin=make_origin("XX", uf="AL"))


def over_tls(country: Path, base: str, authority: Authority) -> Source:
    """The state by rule 4."""
    mapping = datasette_mapping(country, base)
    return make_api_source(base, mapping, rule=Rule.API_INTERNET, vpn_range="", authority=authority.pem)


def test_an_api_is_checked_as_the_database_behind_it(country: Path, by_sql: dict[str, Any], datasette: str) -> None:
    text = (country / "AL" / "mapping.yaml").read_text().replace("origin: AL", "origin: XX")
    straight = findings(sources.create(origin=make_origin("XX", uf="AL"), mapping=text, by=BY, **by_sql))
    found = findings(make_api_source(datasette, datasette_mapping(country, datasette)))

    assert of_the_rows(found) == of_the_rows(straight)
    assert ("vw_atendimento_advogado", "dt_atualizacao", "future") in {(f.view, f.field, f.check) for f in found}
    assert [f.verdict for f in found if f.check == "rights"] == [Verdict.UNVERIFIED]
    assert not any(f.check == "reach" for f in found)


def test_an_api_over_the_internet_is_checked_alike(country: Path, datasette: str, datasette_over_tls: str) -> None:
    near = findings(near_by(country, datasette))
    far = findings(over_tls(country, datasette_over_tls, OURS))

    assert of_the_rows(far) == of_the_rows(near)
    assert len(near) > 5


def test_a_stranger_that_answers_for_the_api_is_what_the_report_says(country: Path, datasette_over_tls: str) -> None:
    found = findings(over_tls(country, datasette_over_tls, Authority("Outra CA")))

    mapped = read((country / "AL" / "mapping.yaml").read_text()).views
    assert [each.view for each in found if "certificado" in f"{each.said} {each.remedy}"] == [
        v for v in VIEWS if v in mapped
    ]
    assert {each.check for each in found if each.verdict is not Verdict.UNVERIFIED} <= {"view", "mapped"}


def test_a_key_that_no_record_has_is_told_by_its_field(country: Path, datasette: str) -> None:
    """Records may leave out what is empty: that all of them do is all that can be seen."""
    lines = datasette_mapping(country, datasette).splitlines()
    broken = [
        f"{line.partition(':')[0]}: nao_ha" if line.strip().startswith("naturalidade_ibge: ") else line
        for line in lines
    ]
    assert broken != lines

    wrong = of_the_rows(findings(make_api_source(datasette, "\n".join(broken))))
    right = of_the_rows(findings(near_by(country, datasette)))

    assert {each[:3] for each in wrong - right} == {("vw_preso", "naturalidade_ibge", "informed")}
