"""Every screen, wide and narrow, light and dark: accessible, within the window, usable by keyboard."""

import re

import pytest
from playwright.sync_api import Browser, StorageState, expect

from tests.e2e.conftest import Demo, Watched, axe, sized, watch
from tests.e2e.people import distinctive_prisoner
from tests.e2e.test_journey import search

SIZES = [(1440, 900), (360, 740)]
PATHS = ["/busca/", "/unidades/", "/finalidade/", "/meus-acessos/", "/pessoas/00000000-0000-4000-8000-000000000000/"]


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
    search(seen.page, distinctive_prisoner(demo)["name"])
    found["results"] = axe(seen.page)
    assert overflow(seen) == 0
    seen.page.locator("[data-rows] > li").first.get_by_role("link").first.click()
    seen.page.wait_for_load_state()
    found["profile"] = axe(seen.page)
    assert overflow(seen) == 0
    context.close()
    assert {screen: problems for screen, problems in found.items() if problems} == {}
    assert seen.violations == []


def overflow(seen: Watched) -> int:
    """How many pixels the page is wider than the window."""
    width: int = seen.page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    return max(width, 0)


def test_the_login_screen_is_accessible(watched: Watched) -> None:
    watched.page.goto("/entrar/")
    assert axe(watched.page) == []


def test_the_keyboard_finds_the_search_and_walks_the_results(
    browser: Browser, demo: Demo, agent_state: StorageState
) -> None:
    context = browser.new_context(base_url=demo.url, locale="pt-BR", storage_state=agent_state)
    seen = watch(context, demo)
    search(seen.page, "silva")
    seen.page.keyboard.press("/")
    expect(seen.page.locator("#busca-geral")).to_be_focused()
    seen.page.keyboard.press("Escape")
    seen.page.keyboard.press("j")
    seen.page.keyboard.press("Enter")
    expect(seen.page).to_have_url(re.compile("/pessoas/"))
    context.close()


def test_reading_works_without_javascript(browser: Browser, demo: Demo, agent_state: StorageState) -> None:
    context = browser.new_context(
        base_url=demo.url,
        locale="pt-BR",
        storage_state=agent_state,
        java_script_enabled=False,
    )
    page = context.new_page()
    search(page, "santos")
    page.locator("[data-rows] > li").first.get_by_role("link").first.click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.locator("#fontes")).to_be_visible()
    context.close()


def test_no_personal_data_stays_in_the_browser(agent: Watched, demo: Demo) -> None:
    search(agent.page, distinctive_prisoner(demo)["name"])
    stored: dict[str, str] = agent.page.evaluate("({...localStorage, ...sessionStorage})")
    # htmx keeps the address it would go back to; ours are opaque.
    last = stored.pop("htmx-current-path-for-history", "/b/")
    assert last.startswith(("/b/", "/busca/"))
    assert set(stored) <= {"theme", "keys"}
