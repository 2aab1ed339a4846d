"""The whole way: login → purpose → search → profile → the audit shows it."""

import re

from playwright.sync_api import Page, expect

from tests.e2e.conftest import Demo, Watched, enter
from tests.e2e.people import distinctive_prisoner, two_state_prisoner

OPAQUE = re.compile(r"/b/[0-9a-f-]{36}/$")


def search(page: Page, name: str) -> None:
    """Search a name in the form."""
    page.goto("/busca/")
    page.get_by_role("main").get_by_label(re.compile("^Nome")).first.fill(name)
    page.get_by_role("main").get_by_role("button", name="Buscar").click()
    page.wait_for_load_state()


def test_an_agent_finds_a_person_first(agent: Watched, demo: Demo) -> None:
    wanted = distinctive_prisoner(demo)
    search(agent.page, wanted["name"])
    expect(agent.page).to_have_url(OPAQUE)
    first = agent.page.locator("[data-rows] > li").first
    expect(first).to_contain_text(wanted["birth_date"][:4])
    first.get_by_role("link").first.click()
    expect(agent.page).to_have_url(re.compile(r"/pessoas/[0-9a-f-]{36}/$"))


def test_a_person_of_two_states_shows_both(agent: Watched, demo: Demo) -> None:
    search(agent.page, two_state_prisoner(demo)["name"])
    agent.page.locator("[data-rows] > li").first.get_by_role("link").first.click()
    timeline = agent.page.locator("#movimentacoes")
    expect(timeline).to_contain_text("AL")
    expect(timeline).to_contain_text("PE")


def test_nothing_leaves_the_host_and_the_policy_holds(agent: Watched, demo: Demo) -> None:
    search(agent.page, distinctive_prisoner(demo)["name"])
    agent.page.locator("[data-rows] > li").first.get_by_role("link").first.click()
    agent.page.goto("/unidades/")
    agent.page.get_by_role("main").get_by_role("link").filter(has_text=re.compile(".+")).last.click()
    agent.page.wait_for_load_state("networkidle")
    assert agent.violations == []
    assert agent.outside == []
    assert agent.errors == []


def test_the_users_own_page_tells_what_they_did(agent: Watched, demo: Demo) -> None:
    search(agent.page, distinctive_prisoner(demo)["name"])
    agent.page.goto("/meus-acessos/")
    told = agent.page.get_by_role("main")
    expect(told).to_contain_text("Pediu uma busca de pessoas")
    expect(told).to_contain_text("Operação Teste 2026/001")


def test_the_corregedor_sees_who_looked_but_searches_nobody(agent: Watched, watched: Watched, demo: Demo) -> None:
    search(agent.page, distinctive_prisoner(demo)["name"])
    enter(watched.page, demo.account("corregedor.al"))
    watched.page.goto("/auditoria/")
    told = watched.page.get_by_role("main")
    expect(told).to_contain_text("agente.al")
    expect(told).to_contain_text("Operação Teste 2026/001")
    answer = watched.page.goto("/busca/")
    assert answer is not None
    assert answer.status == 403


def test_without_a_purpose_the_search_asks_for_one(watched: Watched, demo: Demo) -> None:
    enter(watched.page, demo.account("agente.pe"))
    watched.page.goto("/busca/")
    expect(watched.page).to_have_url(re.compile("/finalidade/"))
