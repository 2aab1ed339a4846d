"""An agent asks for a seal from a profile, the administration says no, the agent reads the answer."""

import re

from playwright.sync_api import Browser, Page, expect

from tests.e2e.conftest import DESK, Demo, Watched, axe, enter, watch
from tests.e2e.people import distinctive_prisoner
from tests.e2e.test_journey import search

ORDER = "Vara de Execuções fictícia, autos 10/2026"
ANSWER = "A autoridade citada não confirmou a decisão."


def asked_from_a_profile(page: Page, demo: Demo) -> None:
    search(page, distinctive_prisoner(demo)["name"])
    page.locator("[data-rows] > li").first.get_by_role("link").first.click()
    page.get_by_role("link", name="Pedir sigilo").click()
    expect(page).to_have_url(re.compile(r"/pessoas/[0-9a-f-]{36}/pedir-sigilo/$"))
    assert axe(page) == []
    page.get_by_label("Fundamento legal").select_option(index=1)
    page.get_by_label("Autoridade e decisão").fill(ORDER)
    page.get_by_label("Motivo").fill("Ameaça comunicada pela unidade.")
    page.get_by_role("button", name="Pedir sigilo").click()
    expect(page.get_by_role("region", name="Seus pedidos")).to_contain_text("Aguarda decisão")
    assert axe(page) == []


def refused(page: Page, demo: Demo) -> None:
    enter(page, demo.account("admin"))
    page.goto("/sigilos/pedidos/")
    assert axe(page) == []
    page.get_by_role("listitem").filter(has_text=ORDER).get_by_role("link", name="Decidir").click()
    assert axe(page) == []
    page.get_by_label("Motivo da recusa").fill(ANSWER)
    page.get_by_role("button", name="Recusar o pedido").click()
    expect(page.get_by_role("region", name="Pedidos que aguardam decisão")).not_to_contain_text(ORDER)


def test_a_request_for_a_seal_is_asked_refused_and_answered(agent: Watched, browser: Browser, demo: Demo) -> None:
    asked_from_a_profile(agent.page, demo)
    context = browser.new_context(**DESK, base_url=demo.url)
    keeper = watch(context, demo)
    refused(keeper.page, demo)
    context.close()
    agent.page.goto("/pedidos-de-sigilo/")
    expect(agent.page.get_by_role("region", name="Seus pedidos")).to_contain_text(ANSWER)
    for seen in (agent, keeper):
        assert (seen.violations, seen.errors, seen.outside) == ([], [], [])
