"""Profile → links → a node opened → a path → the audit has each; accessible, within the window and the policy."""

import re

import pytest
from playwright.sync_api import Browser, Page, StorageState, expect

from tests.e2e.conftest import Demo, Watched, axe, sized, watch
from tests.e2e.people import two_state_prisoner
from tests.e2e.test_journey import search
from tests.e2e.test_screens import overflow


def open_links(page: Page, demo: Demo) -> None:
    """The links of a prisoner known in two states."""
    search(page, two_state_prisoner(demo)["name"])
    page.locator("[data-rows] > li").first.get_by_role("link").first.click()
    page.get_by_role("link", name="Vínculos", exact=True).click()
    expect(page).to_have_url(re.compile(r"/pessoas/[0-9a-f-]{36}/vinculos/$"))


def test_an_agent_opens_a_node_and_finds_a_path(agent: Watched, demo: Demo) -> None:
    page = agent.page
    open_links(page, demo)
    expect(page.locator("#grafo[data-ready]")).to_have_count(1)
    page.get_by_text("Pessoas do grafo, em lista").click()
    page.locator("#grafo-lista button").nth(1).click()
    page.get_by_role("button", name="Abrir vínculos no grafo").click()
    expect(page.locator("#grafo-escolhido")).to_contain_text("Recibo")
    other = page.locator("#lista tbody tr a.list-link").first.get_attribute("href")
    assert other is not None
    page.get_by_role("textbox", name="Outra pessoa").fill(other)
    page.get_by_role("button", name="Traçar").click()
    expect(page.locator("#caminho")).to_contain_text("Caminho encontrado")
    with page.expect_download() as picture:
        page.get_by_role("button", name="PNG com marca").click()
    assert picture.value.suggested_filename == "vinculos.png"
    reopened(page)
    assert (agent.violations, agent.errors, agent.outside) == ([], [], [])
    page.goto("/meus-acessos/")
    told = page.get_by_role("main")
    expect(told).to_contain_text("nos vínculos de uma pessoa")
    expect(told).to_contain_text("no caminho entre duas pessoas")


def reopened(page: Page) -> None:
    """Keep the graph on the screen, open it from the list: the same persons at the same places."""
    drawn = "() => document.getElementById('grafo').graph.cy.nodes('[kind != \"M\"]').map((one) => one.id()).sort()"
    before = page.evaluate(drawn)
    page.get_by_text("Guardar este diagrama").click()
    page.get_by_role("textbox", name="Nome do diagrama").fill("Alvos de teste")
    page.get_by_role("button", name="Guardar", exact=True).click()
    expect(page.locator("#guardar")).to_contain_text("Diagrama guardado")
    page.get_by_role("link", name="Diagramas", exact=True).click()
    page.get_by_role("link", name="Abrir o diagrama Alvos de teste").click()
    expect(page.locator("#grafo[data-ready]")).to_have_count(1)
    assert page.evaluate(drawn) == before
    assert axe(page) == []


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", [(1440, 900), (360, 740)], ids=lambda size: str(size[0]))
def test_the_screen_is_accessible_and_fits(
    browser: Browser, demo: Demo, agent_state: StorageState, size: tuple[int, int], theme: str
) -> None:
    context = sized(browser, demo, agent_state, size, theme)
    seen = watch(context, demo)
    open_links(seen.page, demo)
    seen.page.wait_for_load_state("networkidle")
    assert axe(seen.page) == []
    assert overflow(seen) == 0
    assert seen.violations == []
    seen.page.screenshot(path=str(demo.var / f"links-{size[0]}-{theme}.png"), full_page=True)
    context.close()


def test_the_table_is_there_without_javascript(browser: Browser, demo: Demo, agent_state: StorageState) -> None:
    context = browser.new_context(
        base_url=demo.url, locale="pt-BR", storage_state=agent_state, java_script_enabled=False
    )
    page = context.new_page()
    open_links(page, demo)
    expect(page.locator("#lista tbody tr").first).to_be_visible()
    expect(page.locator("#grafo")).to_be_hidden()
    context.close()
