"""Signs in whom somebody looked for, each beside the innocent search it must not be taken for."""

import uuid
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from audit.events import Kind
from oversight.signs.acts import Act, Portrait, Usage
from oversight.signs.relations import SIGNS, is_rare
from oversight.signs.sign import Surroundings, surroundings

MONDAY = datetime(2026, 5, 4, 9, tzinfo=ZoneInfo("America/Sao_Paulo"))
ANA = Portrait(name=("ANA", "PAULA", "QUARESMA"), surnames={"PAULA": 0.01, "QUARESMA": 0.0001})
PERSON = uuid.UUID(int=7)


def _usage(*acts: Act, portrait: Portrait = ANA) -> Usage:
    return Usage(1, "ana", list(acts), portrait)


def _search(name: str, number: int = 0) -> Act:
    at = MONDAY + timedelta(minutes=number)
    return Act(at=at, kind=Kind.INTENT, action="search", event=100 + number, asked={"name": name})


def _opened(person: uuid.UUID, number: int = 0, **fields: str) -> Act:
    at = MONDAY + timedelta(minutes=number)
    return Act(at=at, kind=Kind.DISCLOSURE, action="profile", event=200 + number, subjects=(person,), **fields)  # type: ignore[arg-type]


def _found(usage: Usage, around: Surroundings | None = None) -> dict[str, tuple[int, ...]]:
    around = around or surroundings([usage])
    return {sign.name: seen.events for sign in SIGNS if (seen := sign.look(usage, around))}


@pytest.mark.parametrize("name", ["Ana Paula Quaresma", "ana paula da quaresma", "Ana Quaresma"])
def test_ones_own_name_is_seen_with_its_event(name: str) -> None:
    assert _found(_usage(_search(name)))["own_name"] == (100,)


def test_a_common_first_and_last_name_is_nobodys_own() -> None:
    silva = Portrait(name=("JOSE", "CARLOS", "SILVA"), surnames={"SILVA": 0.09})
    assert "own_name" not in _found(_usage(_search("José Silva"), portrait=silva))
    assert "own_name" in _found(_usage(_search("José Carlos da Silva"), portrait=silva))


def test_a_rare_surname_searched_three_times_is_seen_and_a_common_one_is_not() -> None:
    names = ["Rui Quaresma", "Lia Quaresma", "Ivo Quaresma", *(f"Fulano Outro{n}" for n in range(20))]
    acts = [_search(name, number) for number, name in enumerate(names) if not name[-1].isdigit()]
    assert _found(_usage(*acts))["surname"] == (100, 101, 102)
    silva = Portrait(name=("JOSE", "SILVA"), surnames={"SILVA": 0.09})
    common = [_search(f"{name} Silva", number) for number, name in enumerate(("Rui", "Lia", "Ivo"))]
    assert "surname" not in _found(_usage(*common, *[_search("Rui Outro", 9)], portrait=silva))


def test_kin_share_two_surnames_which_strangers_seldom_do() -> None:
    common = Portrait(name=("ANA", "SILVA", "SANTOS"), surnames={"SILVA": 0.09, "SANTOS": 0.07})
    kin = [_search(f"{name} Silva Santos", number) for number, name in enumerate(("Rui", "Lia", "Ivo", "Eva", "Noé"))]
    strangers = [_search(f"Fulano {name}", number) for number, name in enumerate(("Silva Reis", "Melo", "Paz"), 9)]
    assert _found(_usage(*kin, *strangers, portrait=common))["surname"] == tuple(range(100, 105))
    assert "surname" not in _found(_usage(*strangers, portrait=common))


def test_pages_of_one_answer_are_one_search() -> None:
    assert "surname" not in _found(_usage(*(_search("Rui Quaresma", number) for number in range(5))))


def test_a_colleagues_name_is_seen_and_ones_own_is_no_colleagues() -> None:
    around = Surroundings(colleagues={("RUI", "LEAL", "PINTO"): 2, ANA.name: 1})
    assert "colleague" in _found(_usage(_search("Rui Leal Pinto")), around)
    assert "colleague" not in _found(_usage(_search("Ana Paula Quaresma")), around)


def test_whoever_has_the_agent_as_visitor_or_lawyer() -> None:
    linked = Portrait(name=ANA.name, linked=frozenset({PERSON}))
    assert _found(_usage(_opened(PERSON), portrait=linked))["linked"] == (200,)
    assert "linked" not in _found(_usage(_opened(uuid.UUID(int=8)), portrait=linked))


def test_a_person_many_opened_is_hot_unless_their_work_explains_it() -> None:
    usages = [Usage(account, str(account), [_opened(PERSON)]) for account in range(12)]
    assert "hot" in _found(usages[0], surroundings(usages))
    worked = [Usage(account, str(account), [_opened(PERSON, explained="operação")]) for account in range(12)]
    assert "hot" not in _found(worked[0], surroundings(worked))


def test_whom_many_open_every_week_is_no_talk_of_the_town() -> None:
    usages = [Usage(account, str(account), [_opened(PERSON)]) for account in range(12)]
    around = replace(surroundings(usages), usual={PERSON: 9.0})
    assert "hot" not in _found(usages[0], around)


def test_a_name_is_rare_by_all_its_words() -> None:
    shares = {"JOSE": 0.06, "SILVA": 0.09, "QUARESMA": 0.0001, "PAULA": 0.01}
    assert not is_rare(("JOSE", "SILVA"), shares)
    assert is_rare(("JOSE", "PAULA", "QUARESMA"), shares)


def test_profiles_asked_for_and_never_shown_are_probing() -> None:
    asked = [Act(at=MONDAY, kind=Kind.INTENT, action="profile", event=number) for number in range(6)]
    assert _found(_usage(*asked))["probing"] == tuple(range(6))
    answers = [
        Act(at=MONDAY, kind=Kind.DISCLOSURE, action="profile", event=50 + act.event, intent=act.event) for act in asked
    ]
    assert "probing" not in _found(_usage(*asked, *answers))


def test_two_exceptional_openings_of_nobody_are_probing() -> None:
    empty = [Act(at=MONDAY, kind=Kind.EXCEPTIONAL_OPENED, event=number) for number in range(2)]
    assert _found(_usage(*empty))["probing"] == (0, 1)


def test_a_canary_alarms_when_opened_not_when_listed() -> None:
    around = Surroundings(canaries=frozenset({PERSON}))
    listed = Act(at=MONDAY, kind=Kind.DISCLOSURE, action="search", event=1, subjects=(PERSON,))
    assert "canary" not in _found(_usage(listed), around)
    assert _found(_usage(listed, _opened(PERSON)), around)["canary"] == (200,)
