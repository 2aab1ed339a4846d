"""A code that no map translates waits for a person, whose answer is a new version of the mapping."""

import pytest

from ingestion.models import MappingVersion, Rereading, Source, UnmappedCode
from ingestion.services import codes, rereading
from registry.models import Record
from tests.factories.ingestion import BY, State, load, make_source

pytestmark = pytest.mark.django_db(databases=["default", "audit"])


@pytest.fixture
def source(state: State) -> Source:
    """A prisoner with the code 9 for sex and one with a status that nobody knows."""
    state.add("vw_preso", 1, sx="9")
    state.add("vw_unidade", 1, atv="?")
    made = make_source(state)
    load(made)
    return made


def waiting(source: Source) -> list[tuple[str, str]]:
    return [(one.unmapped.field, one.unmapped.code) for one in codes.pending(source)]


def test_codes_wait_with_the_contracts_own_to_choose_from(source: Source) -> None:
    by_field = {one.unmapped.field: one for one in codes.pending(source)}

    assert set(by_field) == {"sexo", "st_registro"}
    assert dict(by_field["sexo"].choices) == {"M": "Masculino", "F": "Feminino"}
    assert by_field["sexo"].shared_with == ()
    assert "vw_preso.st_registro" in by_field["st_registro"].shared_with


def test_the_answer_is_a_new_version_and_published_rows_get_their_meaning(source: Source) -> None:
    chosen = {UnmappedCode.objects.get(field="sexo"): "F"}

    version = codes.translate(source=source, chosen=chosen, by=BY)

    source.refresh_from_db()
    assert (source.mapping, version.number) == (version, 2)
    assert waiting(source) == [("st_registro", "?")]
    assert [one.view for one in Rereading.objects.all()] == ["vw_preso"]
    rereading.work(source.origin_id, by=BY, seconds=60)
    load(source)
    assert Record.objects.get(kind="P").sex == "F"


def test_only_the_line_of_the_map_changes_in_the_file(source: Source) -> None:
    assert source.mapping is not None
    before = source.mapping.text.splitlines()

    version = codes.translate(source=source, chosen={UnmappedCode.objects.get(field="sexo"): "F"}, by=BY)

    after = version.text.splitlines()
    assert [line for line in before if line not in after] == []
    assert [line.strip() for line in after if line not in before] == ['"9": "F"']


def test_a_code_outside_the_contract_is_refused(source: Source) -> None:
    with pytest.raises(codes.WrongChoice, match=r"vw_preso\.sexo"):
        codes.translate(source=source, chosen={UnmappedCode.objects.get(field="sexo"): "X"}, by=BY)

    assert MappingVersion.objects.count() == 1
