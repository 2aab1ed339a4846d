"""Work kept, the whole way: search → profile → follow → folder → dossier → the audit knows the file."""

import hashlib
import re
from pathlib import Path

from playwright.sync_api import expect

from tests.e2e.conftest import Demo, Watched, axe, enter
from tests.e2e.people import distinctive_prisoner
from tests.e2e.test_journey import search

PAGES = ("/inicio/", "/ajuda/", "/recentes/", "/buscas/", "/pastas/", "/exportacoes/", "/acompanhamentos/", "/avisos/")


def test_from_a_search_to_a_file_that_tells_where_it_came_from(
    agent: Watched, watched: Watched, demo: Demo, tmp_path: Path
) -> None:
    page, wanted = agent.page, distinctive_prisoner(demo)
    page.goto("/pastas/")
    page.get_by_label("Título").fill("Pasta da jornada")
    page.get_by_label("Procedimento ou operação").fill("IP 123/2026")
    page.get_by_role("button", name="Abrir pasta").click()
    search(page, wanted["name"])
    page.locator("[data-rows] > li").first.get_by_role("link").first.click()
    profile = page.url

    page.get_by_role("link", name="Acompanhar", exact=True).click()
    page.get_by_label("Fundamento legal").fill("Inquérito 123/2026")
    page.get_by_label("Motivo").fill("Alvo de investigação em curso, autorizada.")
    page.get_by_role("button", name="Pedir acompanhamento").click()
    expect(page.get_by_role("main")).to_contain_text("Aguarda aprovação")

    page.goto(profile)
    page.get_by_role("link", name="Guardar em pasta").click()
    page.get_by_label("Por que está aqui").fill("alvo principal")
    page.get_by_role("button", name="Guardar").click()
    expect(page.get_by_role("main")).to_contain_text("alvo principal")
    assert axe(page) == []

    page.goto(profile)
    page.get_by_role("link", name="Dossiê").click()
    assert axe(page) == []
    with page.expect_download() as taken:
        page.get_by_role("button", name="Gerar PDF").click()
    file = tmp_path / "dossie.pdf"
    taken.value.save_as(file)
    receipt = re.search(r"dossie-([0-9a-f-]{36})\.pdf", taken.value.suggested_filename)
    assert receipt
    assert (agent.violations, agent.outside, agent.errors) == ([], [], [])

    enter(watched.page, demo.account("corregedor.al"))
    watched.page.goto("/auditoria/conferir/")
    watched.page.get_by_label("Arquivo").set_input_files(file)
    watched.page.get_by_role("button", name="Conferir").click()
    told = watched.page.get_by_role("main")
    expect(told).to_contain_text(receipt[1])
    expect(told).to_contain_text(hashlib.sha256(file.read_bytes()).hexdigest())
    expect(told).to_contain_text("agente.al")
    assert axe(watched.page) == []


def test_the_pages_of_kept_work_are_accessible_and_keep_the_policy(agent: Watched) -> None:
    for path in PAGES:
        agent.page.goto(path)
        assert axe(agent.page) == [], path
    agent.page.set_viewport_size({"width": 320, "height": 700})
    for path in PAGES:
        agent.page.goto(path)
        wide = agent.page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
        assert not wide, path
    assert (agent.violations, agent.outside, agent.errors) == ([], [], [])


def test_the_home_page_shows_recents_when_asked(agent: Watched, demo: Demo) -> None:
    page = agent.page
    search(page, distinctive_prisoner(demo)["name"])
    page.locator("[data-rows] > li").first.get_by_role("link").first.click()
    page.goto("/inicio/")
    expect(page.locator("#inicio-recentes li")).to_have_count(0)
    page.get_by_role("link", name="Mostrar recentes").click()
    expect(page.locator("#inicio-recentes li")).not_to_have_count(0)
    page.keyboard.press("Escape")
    page.locator("body").press("g")
    page.locator("body").press("f")
    expect(page).to_have_url(re.compile("/pastas/$"))
