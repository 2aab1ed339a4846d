"""The search in the browser: typing errors forgiven, a list looked up at once; accessible and within the window."""

import re

import pytest
from playwright.sync_api import Browser, Page, StorageState, expect

from tests.e2e.conftest import Demo, Watched, axe, sized, watch
from tests.e2e.people import distinctive_prisoner
from tests.e2e.test_screens import SIZES, overflow


def mistyped(name: str) -> str:
    """The name with two letters of its longest word exchanged."""
    words = name.split()
    at = max(range(len(words)), key=lambda i: len(words[i]))
    word = words[at]
    cut = next(i for i in range(1, len(word) - 1) if word[i] != word[i + 1])
    words[at] = word[:cut] + word[cut + 1] + word[cut] + word[cut + 2 :]
    return " ".join(words)


def send(page: Page, content: str, name: str = "lista.csv") -> None:
    """Send a list."""
    page.goto("/lote/")
    page.get_by_label("Arquivo CSV ou XLSX").set_input_files(
        {"name": name, "mimeType": "text/csv", "buffer": content.encode()}
    )
    page.get_by_label("Motivo do lote").fill("Lista de presos da operação de teste")
    page.get_by_role("button", name="Consultar").click()


def test_a_mistyped_name_finds_its_person_first_and_says_why(agent: Watched, demo: Demo) -> None:
    wanted = distinctive_prisoner(demo)
    page = agent.page
    page.goto("/busca/")
    page.get_by_role("main").get_by_label(re.compile("^Nome")).first.fill(mistyped(wanted["name"]))
    page.get_by_role("main").get_by_label("Nascimento").fill(f"{wanted['birth_date'][:4]}±1")
    page.get_by_role("main").get_by_role("button", name="Buscar").click()
    first = page.locator("[data-rows] > li").first
    expect(first).to_contain_text(wanted["birth_date"][:4])
    expect(first).to_contain_text("Por que apareceu")
    assert not agent.violations + agent.errors + agent.outside


def test_a_list_is_looked_up_line_by_line(agent: Watched, demo: Demo) -> None:
    wanted = distinctive_prisoner(demo)
    year = wanted["birth_date"][:4]
    send(agent.page, f"Nome;Nascimento\n{mistyped(wanted['name'])};{year}\nXyzwq Kbvtrp;\nana;99/99/1990\n")
    expect(agent.page).to_have_url(re.compile(r"/lote/[0-9a-f-]{36}/$"))
    told = agent.page.get_by_role("main")
    for words in ("3 linhas", "Uma pessoa", "Ninguém", "Não lida"):
        expect(told).to_contain_text(words)
    agent.page.locator(".batch-people a").first.click()
    expect(agent.page).to_have_url(re.compile(r"/pessoas/[0-9a-f-]{36}/$"))
    assert not agent.violations + agent.errors + agent.outside


def test_a_wrong_file_is_refused_in_words(agent: Watched) -> None:
    send(agent.page, "Nome\n")
    expect(agent.page.get_by_role("main")).to_contain_text("só tem o cabeçalho")


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES, ids=lambda size: str(size[0]))
def test_screens_are_accessible_and_fit(
    browser: Browser, demo: Demo, agent_state: StorageState, size: tuple[int, int], theme: str
) -> None:
    context = sized(browser, demo, agent_state, size, theme)
    seen = watch(context, demo)
    seen.page.goto("/busca/")
    seen.page.get_by_text("Mais filtros").click()
    assert axe(seen.page) == []
    assert overflow(seen) == 0
    send(seen.page, f"Nome\n{distinctive_prisoner(demo)['name']}\nJosé da Silva\nXyzwq Kbvtrp\n")
    seen.page.wait_for_url(re.compile(r"/lote/[0-9a-f-]{36}/$"))
    assert axe(seen.page) == []
    assert overflow(seen) == 0
    context.close()
