"""Rows of the contract become rows of the registry."""

import pytest

from registry.models import (
    Case,
    Custody,
    Lawyer,
    Movement,
    Origin,
    PendingRecord,
    Person,
    Photo,
    Prisoner,
    Record,
    RecordDocument,
    Unit,
    Visitor,
)
from tests.factories import registry as make
from tests.registry.contract_rows import ROWS
from tests.registry.handing import hand_over, receive_before, refused, take_away

pytestmark = pytest.mark.django_db(databases=["default", "audit"])


@pytest.fixture
def origin() -> Origin:
    return make.make_origin("AL")


def test_new_record_has_a_person_of_its_own(origin: Origin) -> None:
    hand_over("vw_preso", [{"id_origem": key, **ROWS["vw_preso"]} for key in ("1", "2")], origin)
    first, second = Prisoner.objects.order_by("pk")
    assert first.person_id == first.home_id != second.home_id == second.person_id
    assert Person.objects.count() == 2


def test_public_ids_are_hard_to_guess(origin: Origin) -> None:
    hand_over("vw_preso", [{"id_origem": str(key), **ROWS["vw_preso"]} for key in range(200)], origin)
    hand_over("vw_visitante", [{"id_origem": str(key), **ROWS["vw_visitante"]} for key in range(200)], origin)
    ids = list(Person.objects.values_list("public_id", flat=True))
    assert len(set(ids)) == 400
    # Each bit is set in about half of them: none is fixed, and none tells the order.
    for bit in range(128):
        assert 120 < sum(public_id.int >> bit & 1 for public_id in ids) < 280


def test_changed_record_keeps_the_person_it_was_judged_to_be(origin: Origin) -> None:
    hand_over("vw_preso", [{"id_origem": key, **ROWS["vw_preso"]} for key in ("1", "2")], origin)
    first, second = Record.objects.order_by("pk")
    Record.objects.filter(pk=second.pk).update(person=first.home_id)
    hand_over("vw_preso", [{"id_origem": "2", **ROWS["vw_preso"], "nome": "OUTRO TESTE"}], origin)
    second.refresh_from_db()
    assert (second.name, second.person_id) == ("OUTRO TESTE", first.home_id)


def test_same_key_in_two_states_is_two_records(origin: Origin) -> None:
    row = {"id_origem": "1", **ROWS["vw_preso"]}
    hand_over("vw_preso", [row], origin)
    hand_over("vw_preso", [row], make.make_origin("PE"))
    assert Record.objects.count() == 2


def test_same_key_as_prisoner_and_visitor_is_two_records(origin: Origin) -> None:
    hand_over("vw_preso", [{"id_origem": "1", **ROWS["vw_preso"]}], origin)
    hand_over("vw_visitante", [{"id_origem": "1", **ROWS["vw_visitante"]}], origin)
    assert sorted(Record.objects.values_list("kind", flat=True)) == ["P", "V"]


def test_numbers_have_their_comparable_form(origin: Origin) -> None:
    for view in ("vw_preso", "vw_visitante", "vw_advogado", "vw_preso_documento", "vw_processo"):
        hand_over(view, [{"id_origem": "1", **ROWS[view]}], origin)
    assert Prisoner.objects.get().registration_norm == "123456"
    assert Visitor.objects.get().rg_norm == "1234567"
    assert Lawyer.objects.get().oab_number == "1234A"
    assert RecordDocument.objects.get().number == "7654321"
    assert Case.objects.get().npu_raw == "0000001-60.2020.8.02.0001"


def test_refused_document_keeps_its_text_and_the_reason(origin: Origin) -> None:
    hand_over("vw_preso", [{"id_origem": "1", **ROWS["vw_preso"]}], origin)
    hand_over(
        "vw_preso_documento", [{"id_origem": "1", "id_preso": "1", "tipo": "CPF", "numero": "123.456.789-00"}], origin
    )
    document = RecordDocument.objects.get()
    assert (document.raw, document.number, document.flaw) == ("123.456.789-00", "", "check_digit")
    assert Record.objects.get().cpf == ""


def test_prisoner_takes_the_cpf_among_its_documents(origin: Origin) -> None:
    cpf = make.make_cpf()
    hand_over("vw_preso", [{"id_origem": "1", **ROWS["vw_preso"]}], origin)
    document = {"id_origem": "1", "id_preso": "1", "tipo": "CPF", "numero": f"{cpf[:9]}-{cpf[9:]}"}
    hand_over("vw_preso_documento", [document], origin)
    assert Record.objects.get().cpf == cpf
    take_away("vw_preso_documento", ["1"], origin)
    assert Record.objects.get().cpf == ""


def test_cpf_follows_its_document_to_another_prisoner(origin: Origin) -> None:
    hand_over("vw_preso", [{"id_origem": key, **ROWS["vw_preso"]} for key in ("1", "2")], origin)
    document = {"id_origem": "1", "tipo": "CPF", "numero": make.make_cpf()}
    hand_over("vw_preso_documento", [{**document, "id_preso": "1"}], origin)
    hand_over("vw_preso_documento", [{**document, "id_preso": "2"}], origin)
    assert list(Record.objects.order_by("pk").values_list("cpf", flat=True)) == ["", document["numero"]]


def test_visitor_keeps_only_a_valid_cpf(origin: Origin) -> None:
    cpf = make.make_cpf()
    rows = [
        {"id_origem": "1", **ROWS["vw_visitante"], "cpf": cpf},
        {"id_origem": "2", **ROWS["vw_visitante"], "cpf": "1"},
    ]
    hand_over("vw_visitante", rows, origin)
    assert list(Record.objects.order_by("origin_key").values_list("cpf", flat=True)) == [cpf, ""]


def test_photo_of_lawyer_goes_to_the_lawyer(origin: Origin) -> None:
    hand_over("vw_advogado", [{"id_origem": "7", **ROWS["vw_advogado"]}], origin)
    hand_over("vw_visitante_foto", [{"id_origem": "1", "id_pessoa": "7", "sha256": "c" * 64}], origin)
    assert Photo.objects.get().record_id == Lawyer.objects.get().pk


def test_movement_without_units_is_accepted_and_with_an_unknown_one_refused(origin: Origin) -> None:
    hand_over("vw_preso", [{"id_origem": "1", **ROWS["vw_preso"]}], origin)
    row = {**ROWS["vw_movimentacao"], "id_origem": "1"}
    received = hand_over("vw_movimentacao", [row, {**row, "id_origem": "2", "id_unidade_destino": "x"}], origin)
    assert (received.inserted, received.refused) == (1, 1)
    assert refused() == [("2", "orphan:id_unidade_destino")]
    assert Movement.objects.get().unit_to_id is None


def test_code_longer_than_any_code_does_not_stop_the_load(origin: Origin) -> None:
    hand_over("vw_preso", [{"id_origem": "1", **ROWS["vw_preso"], "sexo": "MASCULINO", "n_filhos": 99999}], origin)
    prisoner = Prisoner.objects.get()
    assert (prisoner.sex, prisoner.children) == ("M", None)


def test_disabilities_are_separated(origin: Origin) -> None:
    hand_over("vw_preso", [{"id_origem": "1", **ROWS["vw_preso"], "deficiencia": " física, visual "}], origin)
    assert Prisoner.objects.get().disabilities == ["física", "visual"]


def test_touched_records_wait_to_be_judged(origin: Origin) -> None:
    receive_before("vw_visita", origin)
    PendingRecord.objects.all().delete()
    for view, touches in (("vw_falta_disciplinar", 0), ("vw_visita", 0), ("vw_custodia", 1), ("vw_visitante", 2)):
        hand_over(view, [{"id_origem": "1", **ROWS[view]}], origin)
        assert PendingRecord.objects.count() == touches, view


def test_custody_moved_to_another_prisoner_touches_both(origin: Origin) -> None:
    receive_before("vw_custodia", origin)
    hand_over("vw_custodia", [{"id_origem": "1", **ROWS["vw_custodia"]}], origin)
    hand_over("vw_preso", [{"id_origem": "2", **ROWS["vw_preso"]}], origin)
    PendingRecord.objects.all().delete()
    hand_over("vw_custodia", [{"id_origem": "1", **ROWS["vw_custodia"], "id_preso": "2"}], origin)
    assert PendingRecord.objects.count() == 2
    assert Custody.objects.count() == 1


def test_unit_keeps_its_public_id(origin: Origin) -> None:
    hand_over("vw_unidade", [{"id_origem": "1", **ROWS["vw_unidade"]}], origin)
    before = Unit.objects.get().public_id
    hand_over("vw_unidade", [{"id_origem": "1", **ROWS["vw_unidade"], "nome": "Presídio Dois"}], origin)
    assert (Unit.objects.get().public_id, Unit.objects.get().name) == (before, "Presídio Dois")
