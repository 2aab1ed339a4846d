"""Documents that intake does not read because they are their own number."""

import random

import pytest
from django.db import connection
from hypothesis import example, given, settings
from hypothesis import strategies as st
from psycopg import sql

from registry.models import Prisoner, RecordDocument
from registry.services.intake import lookups
from registry.values.cpf import check_digits
from registry.values.documents import PARSERS, normalise_document
from tests.factories import registry as make
from tests.registry.contract_rows import ROWS
from tests.registry.handing import hand_over, receive_before

KINDS = [*PARSERS, "CERTIFICADO"]
TEXTS = st.text(st.sampled_from("0123456789AZbç .-\n$^"), min_size=1, max_size=14)


def is_clean(kind: str, raw: str) -> bool:
    query = sql.SQL("SELECT {} FROM (SELECT %s::text AS kind, %s::text AS raw) d").format(
        lookups.clean(sql.Identifier("kind"), sql.Identifier("raw"))
    )
    with connection.cursor() as cursor:
        cursor.execute(query, [kind, raw])
        return bool(cursor.fetchone()[0])


@pytest.mark.django_db
@settings(max_examples=400, deadline=None)
@given(kind=st.sampled_from(KINDS), raw=TEXTS | st.from_regex("[0-9]{3,13}", fullmatch=True))
@example(kind="RG", raw="1111111")
@example(kind="CPF", raw="11111111111")
@example(kind="RJI", raw="18012345678")
@example(kind="MATRICULA", raw="7777")
@example(kind="MATRICULA", raw="777")
@example(kind="MATRICULA", raw="P77\n")
def test_what_is_not_read_is_its_own_number(kind: str, raw: str) -> None:
    if is_clean(kind, raw):
        assert normalise_document(kind, raw).number == raw


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["CPF", "CIN"])
def test_a_cpf_is_not_read_if_and_only_if_its_check_digits_agree(kind: str) -> None:
    rolled = random.Random(11)
    bases = [*(f"{rolled.randrange(10**9):09d}" for _ in range(8)), "000000000", "100000000"]
    for base in bases:
        for last in [*rolled.sample(range(100), 3), int(check_digits(base))]:
            number = f"{base}{last:02d}"
            assert is_clean(kind, number) == (normalise_document(kind, number).number == number), number


@pytest.mark.django_db
@pytest.mark.parametrize("state", ["00", "01", "02", "17", "28", "29"])
def test_a_voter_number_is_not_read_where_its_check_digits_agree(state: str) -> None:
    rolled = random.Random(12)
    for base in [*(f"{rolled.randrange(10**8):08d}{state}" for _ in range(4)), f"00000000{state}"]:
        numbers = [f"{base}{last:02d}" for last in range(100)]
        good = [number for number in numbers if normalise_document("TITULO", number).number == number]
        unread = [number for number in numbers if is_clean("TITULO", number)]
        # Of the forms that two states write of some numbers, one.
        assert unread == good[:1], base


@pytest.mark.django_db
@pytest.mark.parametrize(("kind", "raw"), [("RG", "1234567"), ("RJI", "18012345678"), ("MATRICULA", "P1234")])
def test_most_numbers_are_not_read(kind: str, raw: str) -> None:
    assert is_clean(kind, raw)


@pytest.mark.django_db(databases=["default", "audit"])
def test_read_and_unread_documents_of_one_load() -> None:
    origin = make.make_origin("AL")
    receive_before("vw_preso_documento", origin)
    given = {
        "1": ("RG", "1234567"),
        "2": ("RG", "1.234.567 SSP/AL"),
        "3": ("CPF", "048.123.456-01"),
        "4": ("SUS", "11111"),
    }
    rows = [
        {"id_origem": key, **ROWS["vw_preso_documento"], "tipo": kind, "numero": raw}
        for key, (kind, raw) in given.items()
    ]
    hand_over("vw_preso_documento", rows, origin)
    found = {document.origin_key: (document.number, document.flaw) for document in RecordDocument.objects.all()}
    assert found == {"1": ("1234567", ""), "2": ("1234567", ""), "3": ("", "check_digit"), "4": ("", "repeated")}


@pytest.mark.django_db(databases=["default", "audit"])
@pytest.mark.parametrize(("written", "number"), [("P123", "P123"), ("p-123", "P123"), (None, ""), ("9999", "")])
def test_registration_number(written: str | None, number: str) -> None:
    origin = make.make_origin("AL")
    hand_over("vw_preso", [{"id_origem": "1", **ROWS["vw_preso"], "prontuario": written}], origin)
    assert Prisoner.objects.get().registration_norm == number
