"""The base as matching reads it, and the life of its models."""

import json
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from audit.events import Kind, system
from registry.matching.model import Model
from registry.models import MatchingModel
from registry.services import matching
from tests.events import recorded
from tests.factories import registry as make

pytestmark = pytest.mark.django_db(databases=["default", "audit"])

BY = system("test")


def keep(version: str = "a" * 12, adopted: bool = False) -> MatchingModel:
    parameters = Model({}, {}).to_json()
    return MatchingModel.objects.create(version=version, parameters=parameters, records=1, adopted=adopted)


def test_sources_carry_what_all_tables_say_of_a_record() -> None:
    cpf, born = make.make_cpf(), date(1990, 5, 17)
    prisoner = make.make_prisoner(name="ANA TESTE", birth_date=born, cpf=cpf, rji="18012345678", birthplace="2704302")
    make.make_document(record=prisoner, kind="RG", raw="1.234-5", number="12345", issuer="SSP/AL")
    make.make_name(record=prisoner, kind="NOME", value="ANINHA TESTE")
    make.make_name(record=prisoner, kind="ALCUNHA", value="NINHA")
    [found] = matching.sources()
    assert found.id == prisoner.pk
    assert (found.name, found.alias, found.birth) == ("ANA TESTE", "ANINHA TESTE", born)
    assert (found.cpf, found.rji, found.rg, found.rg_uf) == (cpf, "18012345678", "12345", "AL")
    assert found.birthplace == "2704302"


def test_cpf_of_wrong_check_digits_comes_as_it_was_typed() -> None:
    prisoner = make.make_prisoner(cpf="")
    make.make_document(record=prisoner, kind="CPF", raw="111.222.333-00", number="")
    assert [found.cpf for found in matching.sources()] == ["111.222.333-00"]


def test_lawyer_comes_with_the_inscription() -> None:
    make.make_lawyer(oab_uf="AL", oab_number="1234A")
    assert [found.oab for found in matching.sources()] == ["AL1234A"]


def test_keys_lead_from_origin_to_record() -> None:
    visitor = make.make_visitor()
    assert matching.keys() == {(visitor.origin.code, "V", visitor.origin_key): visitor.pk}


def test_adopting_takes_the_place_of_the_adopted_and_is_recorded() -> None:
    first, second = keep("a" * 12, adopted=True), keep("b" * 12)
    matching.adopt(version=second.version, by=BY)
    assert list(MatchingModel.objects.filter(adopted=True)) == [second]
    assert [event.action for event in recorded(Kind.CONFIGURED)] == ["matching.adopt"]
    first.refresh_from_db()
    assert not first.adopted


@pytest.mark.parametrize("version", ["b" * 12, None])
def test_model_that_is_not_there_is_not_loaded(version: str | None) -> None:
    keep()
    with pytest.raises(matching.UnknownModel):
        matching.load(version)


def test_empty_base_trains_nothing() -> None:
    with pytest.raises(CommandError, match="registros"):
        call_command("matching_model", "train")


def test_from_training_to_figures(tmp_path: Path) -> None:
    surnames = ["SILVA", "SOUZA", "LIMA", "COSTA", "ROCHA", "MELO", "DIAS", "NUNES"]
    people = [
        {
            "name": f"{given} {surname} TESTE",
            "mother_name": f"MARIA {surname} {given}",
            "birth_date": date(1980 + i, 2, 3 + j),
        }
        for i, given in enumerate(["JOSE", "ANA", "PAULO", "RITA", "IVAN", "VERA"])
        for j, surname in enumerate(surnames)
    ]
    lines = ["human_id,origin,view,id_origem,noise"]
    for number, fields in enumerate(people):
        for _ in range(1 + number % 2):
            record = make.make_prisoner(**fields)
            lines.append(f"H{number},{record.origin.code},vw_preso,{record.origin_key},")
    (tmp_path / "records.csv").write_text("\n".join(lines))
    (tmp_path / "humans.csv").write_text("human_id,mother_name,birth_date\n")
    call_command("matching_model", "train", stdout=StringIO())
    version = MatchingModel.objects.get().version
    call_command("matching_model", "adopt", version, stdout=StringIO())
    told = StringIO()
    files = {"html": tmp_path / "modelo.html", "json": tmp_path / "modelo.json"}
    call_command("evaluate_matching", truth=tmp_path, stdout=told, **files)
    figures = json.loads(told.getvalue())
    assert (figures["model"], figures["true_pairs"], figures["blocking_ceiling"]) == (version, 24, 1.0)
    measures = MatchingModel.objects.get().measures
    assert measures["true_pairs"] == 24
    assert measures["weights"]
    assert json.loads(files["json"].read_text()) == {"model": version, **measures}
    assert version in files["html"].read_text()
    listed = StringIO()
    call_command("matching_model", "list", stdout=listed)
    assert f"{version} " in listed.getvalue()
    assert "adotado" in listed.getvalue()


def test_evaluation_without_a_model_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="treine"):
        call_command("evaluate_matching", truth=tmp_path)
