"""Conectores as the administration and a state's technician use it, in a browser, against the demonstration."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, StorageState, expect

from tests.e2e.conftest import DESK, Demo, Watched, axe, enter, sized, watch
from tests.e2e.test_screens import SIZES, overflow


def _login(browser: Browser, demo: Demo, username: str) -> StorageState:
    context = browser.new_context(base_url=demo.url, locale="pt-BR")
    page = context.new_page()
    enter(page, demo.account(username))
    state = context.storage_state()
    context.close()
    return state


@pytest.fixture(scope="module")
def admin_state(browser: Browser, demo: Demo) -> StorageState:
    return _login(browser, demo, "admin")


@pytest.fixture
def admin(browser: Browser, demo: Demo, admin_state: StorageState) -> Iterator[Watched]:
    context = browser.new_context(**DESK, base_url=demo.url, storage_state=admin_state)
    yield watch(context, demo)
    context.close()


def test_a_load_is_asked_for_and_followed_to_its_end(admin: Watched) -> None:
    page = admin.page
    page.goto("/conectores/")
    page.get_by_role("link", name=re.compile("AL")).first.click()
    page.get_by_role("button", name="Carregar agora").click()
    expect(page).to_have_url(re.compile("/conectores/AL/cargas/"))
    # Nobody reloads the page: what moves is asked for until the load is over.
    expect(page.locator("#carga-resumo")).to_contain_text("Concluída", timeout=120_000)
    expect(page.locator("#carga-linhas tr").last).to_contain_text("Publicada")
    assert (admin.violations, admin.errors, admin.outside) == ([], [], [])


def test_a_source_is_paused_with_a_reason_and_resumed(admin: Watched) -> None:
    page = admin.page
    page.goto("/conectores/PE/")
    page.get_by_text("Pausar…").click()
    page.get_by_label("Motivo da pausa").fill("Manutenção prevista no estado")
    page.get_by_role("button", name="Pausar a fonte").click()
    expect(page.get_by_text("Manutenção prevista no estado")).to_be_visible()
    page.get_by_role("button", name="Retomar").click()
    expect(page.get_by_role("button", name="Carregar agora")).to_be_visible()


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES, ids=lambda size: str(size[0]))
def test_the_pages_are_accessible_and_fit(
    browser: Browser, demo: Demo, admin_state: StorageState, size: tuple[int, int], theme: str
) -> None:
    context = sized(browser, demo, admin_state, size, theme)
    seen = watch(context, demo)
    found: dict[str, object] = {}
    for path in ("/conectores/", "/conectores/AL/", "/conectores/AL/quarentena/", "/conectores/AL/codigos/"):
        seen.page.goto(path)
        found[path] = axe(seen.page)
        assert overflow(seen) == 0, path
    seen.page.goto("/conectores/AL/")
    seen.page.locator("#cargas [data-open]").first.click()
    found["load"] = axe(seen.page)
    assert overflow(seen) == 0
    context.close()
    assert {page: problems for page, problems in found.items() if problems} == {}
    assert seen.violations == []


def test_a_technician_sees_the_own_state_alone(browser: Browser, demo: Demo) -> None:
    state = _login(browser, demo, "tecnico.pe")
    context = browser.new_context(base_url=demo.url, locale="pt-BR", storage_state=state, java_script_enabled=False)
    page = context.new_page()
    page.goto("/")
    page.get_by_role("link", name="Ver conectores").click()
    expect(page).to_have_url(re.compile("/conectores/$"))
    expect(page.locator("#fontes tbody tr")).to_have_count(1)
    assert page.goto("/conectores/AL/").status == 404  # type: ignore[union-attr]
    page.goto("/conectores/PE/")
    expect(page.get_by_role("button", name="Carregar agora")).to_have_count(0)
    context.close()
