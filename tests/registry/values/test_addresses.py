"""Brazilian addresses."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.values.address_words import STREETS
from registry.values.addresses import NO_NUMBER, key, normalised, parse

SAME = [
    (
        "R. Cel. Paranhos, nº 123, apto 4 - Centro - Maceió/AL - CEP 57.000-000",
        "RUA CORONEL PARANHOS 123 AP 04, CENTRO, MACEIO - AL",
    ),
    ("Rua São José, 12, Centro, Maceió - AL", "R SAO JOSÃ‰ N. 12 - CENTRO - MACEIO - AL"),
    ("Rua Sete de Setembro, 120, Centro, Arapiraca/AL", "RUA 7 DE SETEMBRO, Nº 120, ARAPIRACA - AL"),
    ("Av. Fernandes Lima, 12-A, Maceió, AL, Brasil", "AVENIDA FERNANDES LIMA 12 A, FAROL, MACEIO/AL"),
    ("Rua N. Sra. de Fátima, 33, Recife PE", "RUA NOSSA SENHORA DE FATIMA Nº 33, RECIFE - PE"),
    ("QD 4 LT 012, JD DAS FLORES, GOIANIA - GO", "Quadra 04, Lote 12, Jardim das Flores, Goiânia/GO"),
    ("QNM 12 CONJUNTO B CASA 34, CEILANDIA - DF", "QNM 12 CJ B CS 34 - Ceilândia/DF"),
    ("Rua 1, 15, Bairro Santos Dumont, Aracaju/SE", "RUA UM, 15, SANTOS DUMONT, ARACAJU - SE"),
    ("Rua Luis de Souza, 9, Maceió/AL", "RUA LUIZ SOUSA, 9, CENTRO, MACEIO/AL"),
    ("Rua das Flores, 100, CEP 57035-000", "R DAS FLORES 100 57.035-000"),
]  # fmt: skip
DIFFERENT = [
    ("Rua São José, 12, Centro, Maceió - AL", "Rua São José, 14, Centro, Maceió - AL"),
    ("Rua São José, 12, Centro, Maceió - AL", "Rua São José, 12, Centro, Penedo - AL"),
    ("Rua São José, 12, Centro, Maceió - AL", "Travessa São José, 12, Centro, Maceió - AL"),
    ("Rua São José, 12, apto 1, Maceió - AL", "Rua São José, 12, apto 2, Maceió - AL"),
    ("Rua A, 12, Farol, Maceió - AL", "Rua A, 12, Jatiúca, Maceió - AL"),
    ("Rua A, 12, Farol, Maceió - AL", "Rua B, 12, Farol, Maceió - AL"),
    ("Rua X, 12, Farol, Maceió - AL", "Rua S, 12, Farol, Maceió - AL"),
    ("Rua 15, 20, Farol, Maceió - AL", "Rua 20, 15, Farol, Maceió - AL"),
    ("Rua Bela Vista, 7, Bom Jesus - PI", "Rua Bela Vista, 7, Bom Jesus - RS"),
]
NO_DOOR = [
    "", "AL", "57035-000", "sem residência fixa", "NÃO INFORMADO", "Maceió - AL", "Rua das Flores, Maceió/AL",
    "Av. Fernandes Lima, S/N, Farol, Maceió AL", "Rua das Flores, 100", "Rua 12, 15, Maceió/AL",
    "Fazenda Boa Vista, Zona Rural, Cajueiro-AL",
    "Lote 12, Maceió/AL", "Rodovia BR-101, Messias - AL", "Casa 2, Maceió - AL",
]  # fmt: skip


@pytest.mark.parametrize(("one", "other"), SAME)
def test_one_door_has_one_key(one: str, other: str) -> None:
    assert key(one) is not None
    assert key(one) == key(other)


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_two_doors_have_two_keys(one: str, other: str) -> None:
    assert key(one) is not None
    assert key(other) is not None
    assert key(one) != key(other)


@pytest.mark.parametrize("line", NO_DOOR)
def test_a_line_that_tells_no_door_from_others_has_no_key(line: str) -> None:
    assert key(line) is None


def test_the_place_of_the_record_completes_a_line_without_one() -> None:
    assert key("Rua das Flores, 100", place="Maceió") != key("Rua das Flores, 100", place="Recife")
    assert key("Rua das Flores, 100, Centro, Penedo - AL", place="Maceió") == key("R DAS FLORES 100, PENEDO/AL")


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        (
            "R. Cel. Paranhos, nº 123, bl B apto 04 - Jd. América - Maceió/AL - CEP 57.000-000",
            (
                "RUA", "CORONEL PARANHOS", "123", ("BLOCO B", "APARTAMENTO 4"), "JARDIM AMERICA", "MACEIO", "AL",
                "57000000",
            ),
        ),
        ("AV BRASIL, 1000 - BRASILIA/DF", ("AVENIDA", "BRASIL", "1000", (), None, "BRASILIA", "DF", None)),
        ("Rua da Paz, s/nº, fundos", ("RUA", "DA PAZ", NO_NUMBER, ("FUNDOS",), None, None, None, None)),
        ("Rua 12", ("RUA", "12", None, (), None, None, None, None)),
        ("RUA X, AL", ("RUA", "X", None, (), None, None, "AL", None)),
        ("Rodovia BR 101 km 12, Zona Rural, Messias - AL",
         ("RODOVIA", "BR 101", None, ("KM 12",), "ZONA RURAL", "MESSIAS", "AL", None)),
    ],
)  # fmt: skip
def test_the_parts_of_a_line(line: str, parts: tuple[object, ...]) -> None:
    found = parse(line)
    assert found.raw == line
    assert (
        found.street_type, found.street, found.number, found.complement, found.district, found.municipality,
        found.uf, found.cep,
    ) == parts  # fmt: skip


def test_the_line_is_kept_and_stays_out_of_a_log() -> None:
    found = parse("Rua São José, 12, Centro, Maceió - AL, 57035-000")
    assert "JOSE" not in repr(found).upper()
    assert "57035" not in repr(found)


NAMES = st.sampled_from(["SAO JOSE", "CORONEL PARANHOS", "7 DE SETEMBRO", "DA PAZ", "JOAO XXIII", "DOUTOR LIMA"])
DISTRICTS = st.sampled_from(["CENTRO", "JATIUCA", "JARDIM AMERICA", "SANTOS DUMONT"])
CITIES = st.sampled_from([("MACEIO", "AL"), ("RIO LARGO", "AL"), ("SAO PAULO", "SP"), ("OLINDA", "PE")])
FORMS = ["{0} {1}, {2}, {3}, {4} - {5}", "{0} {1}, nº {2} - {3} - {4}/{5}", "{0} {1} {2}, {3}, {4}, {5}"]


@given(st.sampled_from(["RUA", "AVENIDA", "TRAVESSA"]), NAMES, st.integers(1, 9999), DISTRICTS, CITIES)
def test_the_way_a_line_is_written_changes_nothing(
    kind: str, name: str, number: int, district: str, city: tuple[str, str]
) -> None:
    short = [form for form, word in STREETS.items() if word == kind]
    lines = [form.format(form_of, name, number, district, *city) for form in FORMS for form_of in short]
    assert len({key(line) for line in lines}) == 1
    assert {normalised(line) for line in lines} == {f"{kind} {name}, {number}, {district}, {', '.join(city)}"}


@given(st.text(max_size=60))
def test_any_text_is_read(raw: str) -> None:
    assert parse(raw).raw == raw
    assert key(raw) is None or key(raw) == key(raw.upper())


@given(NAMES, st.integers(1, 9999), DISTRICTS, CITIES)
def test_the_one_form_is_read_again_as_itself(name: str, number: int, district: str, city: tuple[str, str]) -> None:
    once = normalised(f"RUA {name}, {number}, {district}, {city[0]}/{city[1]}")
    assert normalised(once) == once
