"""Crossings and the search of somebody missing, in the browser: accessible, within the window, by keyboard."""

import re

import pytest
from playwright.sync_api import Browser, Page, StorageState, expect

from tests.e2e.conftest import Demo, axe, sized, watch
from tests.e2e.test_screens import SIZES, overflow

PATHS = [
    "/cruzamentos/",
    "/cruzamentos/visitante-preso/",
    "/cruzamentos/visitante-de-muitos/?minimo=2",
    "/cruzamentos/contato-em-comum/?uf=AL",
    "/cruzamentos/fraude/?desde=2999-01-01",  # empty
    "/cruzamentos/advogado-de-muitos/motivo/",
    "/desaparecidos/",
]


def describe(page: Page) -> None:
    """Describe somebody missing of whom little is known."""
    page.goto("/desaparecidos/")
    page.get_by_label("Nome", exact=True).fill("Carlos da Silva")
    page.get_by_label("Idade aproximada").fill("30")
    page.get_by_label("Sexo").select_option("M")
    page.get_by_label("Sinais, cicatrizes e tatuagens").fill("caveira no braço")
    page.get_by_role("button", name="Procurar").click()
    expect(page).to_have_url(re.compile("/desaparecidos/[0-9a-f-]{36}/"))


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES, ids=lambda size: str(size[0]))
def test_screens_are_accessible_and_fit(
    browser: Browser, demo: Demo, agent_state: StorageState, size: tuple[int, int], theme: str
) -> None:
    context = sized(browser, demo, agent_state, size, theme)
    seen = watch(context, demo)
    found: dict[str, object] = {}
    for path in PATHS:
        seen.page.goto(path)
        found[path] = axe(seen.page)
        assert overflow(seen) == 0, path
    describe(seen.page)
    found["candidates"] = axe(seen.page)
    assert overflow(seen) == 0
    seen.page.goto("/desaparecidos/")
    seen.page.get_by_role("button", name="Procurar").click()
    expect(seen.page.get_by_text("Informe ao menos um nome")).to_be_visible()
    found["refused form"] = axe(seen.page)
    context.close()
    assert {screen: problems for screen, problems in found.items() if problems} == {}
    assert (seen.violations, seen.outside) == ([], [])


def test_a_list_is_filtered_in_place_and_leads_to_a_profile(
    browser: Browser, demo: Demo, agent_state: StorageState
) -> None:
    context = browser.new_context(base_url=demo.url, locale="pt-BR", storage_state=agent_state)
    page = watch(context, demo).page
    page.goto("/cruzamentos/")
    page.get_by_role("link", name="Visitante que é ou foi preso").click()
    page.get_by_label("UF", exact=True).select_option("AL")
    page.get_by_role("button", name="Filtrar").click()
    expect(page).to_have_url(re.compile("uf=AL"))
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/pessoas/"))
    expect(page.get_by_role("heading", name="Cruzamentos")).to_be_visible()
    context.close()


def test_lawyers_are_listed_after_a_reason_is_written(browser: Browser, demo: Demo, agent_state: StorageState) -> None:
    context = browser.new_context(base_url=demo.url, locale="pt-BR", storage_state=agent_state)
    page = watch(context, demo).page
    page.goto("/cruzamentos/advogado-de-muitos/")
    page.get_by_role("textbox", name="Motivo").fill("Apuração do inquérito fictício 1/2026.")
    page.get_by_role("button", name="Abrir a lista").click()
    expect(page).to_have_url(re.compile("motivo=[0-9a-f-]{36}$"))
    page.get_by_label("Presos, no mínimo").fill("5")
    page.get_by_role("button", name="Filtrar").click()
    expect(page.get_by_text(re.compile("atendimentos? ao todo")).first).to_be_visible()
    context.close()
