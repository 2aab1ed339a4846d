"""Names found however they are written."""

import pytest

from registry.selectors.search import Precision, ReasonKind, Results
from tests.factories.registry import make_name, make_prisoner
from tests.registry.selectors.search.conftest import Find

pytestmark = pytest.mark.django_db(databases=["default", "audit"])


def names(found: Results) -> list[str]:
    return [card.name for card in found.cards]


def reasons(found: Results) -> list[str]:
    return [reason.label for reason in found.cards[0].reasons]


@pytest.mark.parametrize(
    "text",
    [
        "antonio jose de souza lima",
        "souza antonio",
        "LIMA, Antônio José",
        "antonio sousa",
        "antonio jose lima souza",
        "a. j. souza lima",
        "antonio zouza",
        "antonio souza lim",
        "antonio jsoe souza",
    ],
)
def test_a_name_is_found_in_any_order_and_spelling(find: Find, text: str) -> None:
    make_prisoner(name="ANTÔNIO JOSÉ DE SOUZA LIMA")
    make_prisoner(name="PEDRO HENRIQUE FERREIRA")
    assert names(find(text=text)) == ["Antônio José de Souza Lima"]


@pytest.mark.parametrize(
    ("written", "asked"),
    [("THIAGO", "Tiago"), ("SOUZA", "Sousa"), ("WESLEY", "Ueslei"), ("PHELIPE", "Felipe"), ("XAVIER", "Chavier")],
)
def test_phonetic_variants_are_one_name(find: Find, written: str, asked: str) -> None:
    make_prisoner(name=f"{written} MARTINS")
    found = find(text=f"{asked} martins")
    assert found.total == 1
    assert ReasonKind.SOUND in [reason.kind for reason in found.cards[0].reasons]


def test_among_equals_who_is_called_just_so_comes_first(find: Find) -> None:
    make_prisoner(name="DANIEL DOS SANTOS DA SILVA")
    make_name(record=make_prisoner(name="DANIEL EDUARDO SILVA"), kind="NOME", value="DANIEL SANTOS DA SILVA")
    make_prisoner(name="DANIEL SANTOS DA SILVA")
    found = names(find(text="daniel santos da silva"))
    assert found == ["Daniel Santos da Silva", "Daniel Eduardo Silva", "Daniel dos Santos da Silva"]


def test_the_nearest_comes_first(find: Find) -> None:
    make_prisoner(name="JOÃO CARLOS XAVIER BARBOSA")
    make_prisoner(name="CARLOS XAVIER")
    make_prisoner(name="KARLOS CHAVIER")
    make_prisoner(name="XAVIER CARLOS")
    found = find(text="carlos xavier")
    assert names(found)[0] == "Carlos Xavier"
    assert found.total == 4
    assert [card.score for card in found.cards] == sorted((card.score for card in found.cards), reverse=True)


def test_an_alcunha_finds_its_person_and_says_so(find: Find) -> None:
    record = make_prisoner(name="MARCELO TAVARES")
    make_name(record=record, value="CARLINHOS DO FAROL")
    found = find(text="carlinhos farol")
    assert names(found) == ["Marcelo Tavares"]
    assert found.cards[0].nicknames == ("Carlinhos do Farol",)
    assert "por outro nome: Carlinhos do Farol" in reasons(found)


@pytest.mark.parametrize(
    ("asked", "reason"),
    [
        ("marcelo tavares prado", "nome igual"),
        ("marcelo prado", "todas as partes do nome"),
        ("marselo tavares prado", "soa igual: Marselo / Marcelo"),
        ("m tavares prado", "inicial: M / Marcelo"),
        ("tavares prado marcelo", "ordem trocada"),
        ("marcelo tavares pradu da silva", "sem “Silva”"),
        ("marcelo tavrares prado", "grafia próxima: Tavrares / Tavares"),
    ],
)
def test_each_hit_says_why_it_appeared(find: Find, asked: str, reason: str) -> None:
    make_prisoner(name="MARCELO TAVARES PRADO")
    assert reason in reasons(find(text=asked))


def test_a_word_that_nobody_has_is_left_out_and_told(find: Find) -> None:
    make_prisoner(name="MARCELO TAVARES")
    found = find(text="xurupita tavares")
    assert names(found) == ["Marcelo Tavares"]
    assert found.dropped == ("XURUPITA",)


def test_a_wrong_word_does_not_hide_the_person(find: Find) -> None:
    make_prisoner(name="MARCELO TAVARES PRADO GUIMARAES")
    make_prisoner(name="RUBENS QUEIROZ")
    assert names(find(text="marcelo tavares prado queiroz")) == ["Marcelo Tavares Prado Guimaraes"]


def test_exact_precision_takes_no_variant(find: Find) -> None:
    make_prisoner(name="TIAGO SOUSA")
    make_prisoner(name="THIAGO SOUZA")
    assert names(find(text="thiago souza", precision=Precision.EXACT)) == ["Thiago Souza"]


def test_broad_precision_takes_half_a_name(find: Find) -> None:
    make_prisoner(name="MARCELO PRADO")
    make_prisoner(name="RUBENS TAVARES", mother_name="IVONE TAVARES")
    assert find(text="marcelo tavares").total < find(text="marcelo tavares", precision=Precision.BROAD).total


def test_who_is_not_there_is_not_found_and_the_late_states_are_told(find: Find) -> None:
    make_prisoner(name="MARCELO TAVARES")
    found = find(text="wanderlei quaresma")
    assert found.total == 0
    assert [source.code for source in found.late] == ["AL"]


@pytest.mark.parametrize(
    "asked",
    [
        "wandreley guimaraes quaresma",  # two letters exchanged
        "wanderlei guimares quaresma",  # one left out
        "wanderlei gumaraees quaresma",  # one left out, one too many
        "wandrelei guimares quaresma",  # an error in each of two words
        "vanderlei gimaraes quarezna",  # two sounds and a letter
        "marderlei guinaraes quaresma",  # two letters in one word, one in another
        "wanderlei quarema",
    ],
)
def test_one_or_two_typing_errors_do_not_hide_the_person(find: Find, asked: str) -> None:
    make_prisoner(name="WANDERLEI GUIMARAES QUARESMA")
    make_prisoner(name="WAGNER GOMES QUEIROZ")
    assert names(find(text=asked))[0] == "Wanderlei Guimaraes Quaresma"


def test_a_mistyped_word_says_which_it_stands_for(find: Find) -> None:
    make_prisoner(name="WANDERLEI QUARESMA")
    assert "grafia próxima: Quarzma / Quaresma" in reasons(find(text="wanderlei quarzma"))


@pytest.mark.parametrize(
    ("written", "asked", "reason"),
    [
        ("MARIA APARECIDA QUARESMA", "mariaaparecida quaresma", "junto ou separado: Mariaaparecida / Maria Aparecida"),
        ("ANACLARA QUARESMA", "ana clara quaresma", "junto ou separado: Ana Clara / Anaclara"),
        ("WANDERLEI DA SILVA", "wanderlei dasilva", "junto ou separado: Dasilva / Silva"),
    ],
)
def test_words_are_found_together_or_apart(find: Find, written: str, asked: str, reason: str) -> None:
    make_prisoner(name=written)
    make_prisoner(name="ANA MARIA TELES")
    found = find(text=asked)
    assert names(found)[0].upper() == written
    assert reason in reasons(found)


def test_exact_precision_forgives_no_typing_error(find: Find) -> None:
    make_prisoner(name="WANDERLEI QUARESMA")
    assert not find(text="wanderlei quarzma", precision=Precision.EXACT).total
