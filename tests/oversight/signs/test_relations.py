"""Signs in whom somebody looked for, each beside the innocent search it must not be taken for."""

import uuid
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from audit.events import Kind
from oversight.signs import names, relations
from oversight.signs.acts import OWN_UNIT, TEAM, Act, Portrait, Usage
from oversight.signs.chance import tail
from oversight.signs.roll import Entry, Roll
from oversight.signs.sign import Seen, Surroundings, surroundings

MONDAY = datetime(2026, 5, 4, 9, tzinfo=ZoneInfo("America/Sao_Paulo"))
ANA = Portrait(name=("ANA", "PAULA", "QUARESMA"), surnames={"PAULA": 0.01, "QUARESMA": 0.0001}, common=2e-8, short=2e-6)
PERSON = uuid.UUID(int=7)


def _usage(*acts: Act, portrait: Portrait = ANA) -> Usage:
    return Usage(1, "ana", list(acts), portrait)


def _search(name: str, number: int = 0, case: str = "") -> Act:
    at, told = MONDAY + timedelta(minutes=number), f"Investigação · {case} · Averiguar" if case else ""
    return Act(at=at, kind=Kind.INTENT, action="search", event=100 + number, asked={"name": name}, purpose_text=told)


def _opened(person: uuid.UUID, number: int = 0, **fields: str) -> Act:
    at = MONDAY + timedelta(minutes=number)
    return Act(at=at, kind=Kind.DISCLOSURE, action="profile", event=200 + number, subjects=(person,), **fields)  # type: ignore[arg-type]


def _found(usage: Usage, around: Surroundings | None = None) -> dict[str, tuple[int, ...]]:
    return {name: seen.events for name, seen in _seen(usage, around).items()}


def _seen(usage: Usage, around: Surroundings | None = None) -> dict[str, Seen]:
    around = around or surroundings([usage])
    every = (*names.SIGNS, *relations.SIGNS)
    return {sign.name: seen for sign in every if (seen := sign.look(usage, around))}


@pytest.mark.parametrize("name", ["Ana Paula Quaresma", "ana paula da quaresma", "Ana Quaresma"])
def test_ones_own_name_is_seen_with_its_event(name: str) -> None:
    assert _found(_usage(_search(name)))["own_name"] == (100,)


def test_a_common_name_is_ones_own_the_less_the_more_is_searched() -> None:
    silva = Portrait(name=("JOSE", "SILVA"), surnames={"SILVA": 0.09}, common=0.005)
    others = [_search(f"Fulano Outro{chr(65 + n)}", n) for n in range(1, 20)]
    assert _seen(_usage(_search("José Silva"), portrait=silva))["own_name"] == Seen(
        "Buscou o próprio nome ou CPF 1 vez.", (100,)
    )
    assert _seen(_usage(_search("José Silva"), *others[:15], portrait=silva))["own_name"].weak
    again = [_search("José Silva", number, case=f"IP {number}/2026") for number in (30, 31)]
    assert not _seen(_usage(*again, *others, portrait=silva))["own_name"].weak
    gate = [_search(f"Fulano {chr(65 + n // 26)}{chr(65 + n % 26)}", n) for n in range(1, 200)]
    assert "own_name" not in _seen(_usage(_search("José Silva"), *gate, portrait=silva))


def test_a_target_searched_all_week_is_searched_once() -> None:
    silva = Portrait(name=("JOSE", "SILVA"), surnames={"SILVA": 0.09}, common=0.005)
    week = [_search("José Silva", number, case="IP 7/2026") for number in range(10)]
    assert len(_usage(*week, portrait=silva).named) == 1


def test_a_rare_surname_searched_three_times_is_seen_and_a_common_one_is_not() -> None:
    names = ["Rui Quaresma", "Lia Quaresma", "Ivo Quaresma", *(f"Fulano Outro{n}" for n in range(20))]
    acts = [_search(name, number) for number, name in enumerate(names) if not name[-1].isdigit()]
    assert _found(_usage(*acts))["surname"] == (100, 101, 102)
    silva = Portrait(name=("JOSE", "SILVA"), surnames={"SILVA": 0.09})
    common = [_search(f"{name} Silva", number) for number, name in enumerate(("Rui", "Lia", "Ivo"))]
    others = [_search(f"Fulano {chr(65 + n)}eiro", 9 + n) for n in range(20)]
    assert "surname" not in _found(_usage(*common, *others, portrait=silva))
    assert "surname" in _found(_usage(*common, *others[:1], portrait=silva))  # three of four


def test_kin_share_two_surnames_which_strangers_seldom_do() -> None:
    common = Portrait(name=("ANA", "SILVA", "SANTOS"), surnames={"SILVA": 0.09, "SANTOS": 0.07})
    kin = [_search(f"{name} Silva Santos", number) for number, name in enumerate(("Rui", "Lia", "Ivo", "Eva", "Noé"))]
    strangers = [_search(f"Fulano {name}", number) for number, name in enumerate(("Silva Reis", "Melo", "Paz"), 9)]
    assert _found(_usage(*kin, *strangers, portrait=common))["surname"] == tuple(range(100, 105))
    assert "surname" not in _found(_usage(*strangers, portrait=common))


def test_pages_of_one_answer_are_one_search() -> None:
    assert "surname" not in _found(_usage(*(_search("Rui Quaresma", number) for number in range(5))))


RUI = Entry(2, ("RUI", "LEAL", "PINTO"))
SHARES = {"RUI": 0.002, "LEAL": 0.001, "PINTO": 0.003, "JOSE": 0.06, "SILVA": 0.09}


def test_a_colleagues_name_is_seen_and_ones_own_is_no_colleagues() -> None:
    around = Surroundings(roll=Roll([RUI, Entry(1, ANA.name)], SHARES))
    assert "colleague" in _found(_usage(_search("Rui Leal Pinto")), around)
    assert "colleague" not in _found(_usage(_search("Ana Paula Quaresma")), around)


def test_a_colleague_of_a_common_name_is_nobody_unless_looked_for_again() -> None:
    around = Surroundings(roll=Roll([RUI, Entry(3, ("JOSE", "SILVA"))], SHARES))
    others = [_search(f"Fulano {chr(65 + n)}eiro", n) for n in range(1, 24)]
    assert "colleague" not in _found(_usage(_search("José Silva"), *others), around)
    again = [_search("José Silva", 30 + number, case=f"IP {number}/2026") for number in range(3)]
    assert _found(_usage(*again, *others), around)["colleague"] == (130, 131, 132)


def test_the_more_colleagues_the_likelier_one_is_met_and_less_so_in_ones_own_unit() -> None:
    many = [Entry(10 + n, ("JOSE", f"N{n}"), "U1") for n in range(50)]
    shares = {**SHARES, **{f"N{n}": 0.001 for n in range(50)}}
    alone = Roll([RUI], shares).meeting(RUI.name, 1)
    crowd = Roll([replace(RUI, name=("JOSE", "N0")), *many[1:]], shares).meeting(("JOSE", "N0"), 1)
    near = Roll([Entry(2, ("JOSE", "N0"), "U2"), Entry(1, ANA.name, "U2"), *many[1:]], shares)
    assert alone is not None
    assert crowd is not None
    assert (met := near.meeting(("JOSE", "N0"), 1)) is not None
    assert alone.met < met.met < crowd.met


def test_chance_is_exact_for_the_rare_and_for_the_common() -> None:
    assert tail(1, 10, 0.1) == pytest.approx(1 - 0.9**10)
    assert tail(2, 3, 0.5) == pytest.approx(0.5)
    assert tail(3, 900, 1e-6) == pytest.approx(1.2e-10, rel=0.02)
    assert (tail(0, 5, 0.5), tail(6, 5, 0.5), tail(1, 5, 1.0)) == (1.0, 0.0, 1.0)


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


def test_an_operations_target_is_not_hot_and_whoever_hides_under_it_is() -> None:
    team = [Usage(account, str(account), [_opened(PERSON, explained=TEAM)]) for account in range(12)]
    assert "hot" not in _found(team[0], surroundings(team))
    curious = [Usage(account, str(account), [_opened(PERSON)]) for account in range(1, 12)]
    assert "hot" in _found(team[0], surroundings([team[0], *curious]))
    unit = [Usage(account, str(account), [_opened(PERSON, explained=OWN_UNIT)]) for account in range(12)]
    assert "hot" in _found(unit[0], surroundings(unit))


def test_a_person_the_accounts_of_many_agencies_opened_is_hot() -> None:
    usage = _usage(_opened(PERSON))
    assert "hot" not in _found(usage, Surroundings(openers={PERSON: 3}, nation={PERSON: 14}))
    talked_of = Surroundings(openers={PERSON: 3}, nation={PERSON: 15})
    assert "de vários órgãos" in _seen(usage, talked_of)["hot"].words
    assert "hot" not in _found(usage, replace(talked_of, usual_nation={PERSON: 6.0}))


def test_whoever_lives_at_the_agents_address() -> None:
    near = replace(ANA, neighbours=frozenset({PERSON}))
    assert _found(_usage(_opened(PERSON), portrait=near))["neighbour"] == (200,)
    assert "neighbour" not in _found(_usage(_opened(uuid.UUID(int=8)), portrait=near))


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
