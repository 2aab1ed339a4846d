"""Numbers of documents check as the public rules say, each computed here in another way."""

from random import Random

import pytest

from fictitious import documents, tables


def weighted(digits: str, weights: list[int]) -> int:
    return sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=True))


def cpf_checks(number: str) -> bool:
    first = weighted(number[:9], list(range(1, 10))) % 11 % 10
    second = weighted(number[:10], list(range(10))) % 11 % 10
    return number[9:] == f"{first}{second}"


def test_a_cpf_checks_and_is_of_the_reserved_range() -> None:
    for number in range(500):
        cpf = documents.cpf(number, "AL")
        assert cpf_checks(cpf)
        assert cpf[0] == "9"
        assert cpf[8] == "4"  # the fiscal region of Alagoas


def test_humans_of_one_fiscal_region_have_distinct_cpfs() -> None:
    assert len({documents.cpf(number, uf) for number in range(20_000) for uf in ("AL", "SP")}) == 40_000


def test_more_people_than_reserved_cpfs_are_refused() -> None:
    with pytest.raises(ValueError, match="reserved"):
        documents.cpf(documents.CPF_SPACE, "SP")


def test_a_wrong_cpf_does_not_check() -> None:
    rng = Random(1)
    assert not any(cpf_checks(documents.wrong_cpf(rng, documents.cpf(number, "PE"))) for number in range(300))


@pytest.mark.parametrize("uf", sorted(tables.states()))
def test_a_case_number_leaves_rest_one(uf: str) -> None:
    rng = Random(uf)
    for _ in range(50):
        npu = documents.npu(rng, uf, 2024)
        assert len(npu) == 20
        assert int(npu[:7] + npu[9:] + npu[7:9]) % 97 == 1
        assert npu[13:16] == "8" + tables.states()[uf]["npu"]


def test_a_nis_checks() -> None:
    rng = Random(2)
    for _ in range(200):
        number = documents.nis(rng)
        digit = 11 - weighted(number[:10], [3, 2, 9, 8, 7, 6, 5, 4, 3, 2]) % 11
        assert int(number[10]) == (0 if digit > 9 else digit)


def test_a_voter_number_names_its_state_and_checks() -> None:
    rng = Random(3)
    for _ in range(200):
        number = documents.titulo(rng, "AL")
        assert number[8:10] == "17"
        first = weighted(number[:8], [2, 3, 4, 5, 6, 7, 8, 9]) % 11 % 10
        second = weighted(number[8:11], [7, 8, 9]) % 11 % 10
        assert number[10:] == f"{first}{second}"


def test_an_identity_card_of_sao_paulo_has_its_check_digit() -> None:
    rng = Random(4)
    for _ in range(200):
        number = documents.rg(rng, "SP")
        digit = 10 if number[8] == "X" else int(number[8])
        assert (weighted(number[:8], [2, 3, 4, 5, 6, 7, 8, 9]) + 100 * digit) % 11 == 0
