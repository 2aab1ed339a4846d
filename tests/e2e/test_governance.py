"""The pages of those who govern: accessible, within the window and the policy, without an error."""

from typing import Final

import pytest
from playwright.sync_api import Browser, StorageState

from tests.e2e.conftest import Demo, axe, enter, sized, watch
from tests.e2e.test_screens import overflow

PAGES: Final = {
    "admin": (
        "/", "/orgaos/", "/orgaos/1/", "/adesoes/nova/", "/acordos/", "/sigilos/", "/sigilos/ordenar/",
        "/sigilos/pedidos/", "/solicitacoes/", "/contas/", "/relatorios/", "/balanco/", "/avisos-do-sistema/",
        "/desvios/", "/desvios/iscas/",
    ),
    "corregedor.al": ("/", "/desvios/", "/relatorios/", "/auditoria/", "/explicacoes/"),
    "pontofocal.al": (
        "/", "/solicitacoes/", "/solicitacoes/nova/", "/contas/", "/relatorios/", "/confirmacoes/",
        "/pedidos-de-sigilo/", "/pedidos-de-sigilo/novo/",
    ),
    "gestor.al": ("/", "/solicitacoes/", "/contas/", "/confirmacoes/", "/aprovacoes/"),
}  # fmt: skip
OF_AGENTS: Final = (
    "/minha-conta/", "/sessoes/", "/explicacoes/", "/diagramas/", "/buscas/", "/pedidos-de-sigilo/", "/sigilos/",
)  # fmt: skip
WINDOWS: Final = (((1440, 900), "light"), ((360, 740), "light"), ((1440, 900), "dark"))


def wrong(browser: Browser, demo: Demo, state: StorageState, pages: tuple[str, ...]) -> dict[str, object]:
    """What is wrong with each page in each window; a picture of each stays with the demonstration."""
    found: dict[str, object] = {}
    for size, theme in WINDOWS:
        context = sized(browser, demo, state, size, theme)
        seen = watch(context, demo)
        for path in pages:
            answer = seen.page.goto(path)
            assert answer is not None
            name = f"{path.strip('/').replace('/', '-') or 'inicio'}-{size[0]}-{theme}"
            seen.page.screenshot(path=str(demo.var / f"governance-{name}.png"), full_page=True)
            refused = path == "/sigilos/" and pages is OF_AGENTS
            problems = [f"{answer.status}"] if answer.status != (403 if refused else 200) else []
            problems += [str(one) for one in axe(seen.page)]
            problems += [f"{wide} pixels too wide" for wide in [overflow(seen)] if wide]
            if problems:
                found[f"{path} {size[0]} {theme}"] = problems
        # The browser itself writes a line for the page that is refused.
        found |= {"errors": seen.errors} if [one for one in seen.errors if "403" not in one] else {}
        found |= {"policy": seen.violations + seen.outside} if seen.violations or seen.outside else {}
        context.close()
    return found


@pytest.mark.parametrize("username", PAGES)
def test_pages_of_those_who_govern(browser: Browser, demo: Demo, username: str) -> None:
    context = browser.new_context(base_url=demo.url, locale="pt-BR")
    enter(context.new_page(), demo.account(username))
    state = context.storage_state()
    context.close()
    assert wrong(browser, demo, state, PAGES[username]) == {}


def test_pages_of_agents(browser: Browser, demo: Demo, agent_state: StorageState) -> None:
    assert wrong(browser, demo, agent_state, OF_AGENTS) == {}
