"""A passkey in a real browser, by Chromium's virtual authenticator: made on one's own account, then used to enter."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, CDPSession, Page, expect

from tests.e2e.conftest import DESK, Demo, Watched, axe, enter, watch

# Knows its person and answers at once, as a notebook with a fingerprint reader does.
AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}
ACCOUNT = "estatistico.pe"
NAME = "chaveiro da escala"


@pytest.fixture
def seen(browser: Browser, demo: Demo) -> Iterator[Watched]:
    """A page at the name of the demonstration: a passkey belongs to a name, never to an IP address."""
    named = Demo(url=demo.url.replace("127.0.0.1", "localhost"), var=demo.var)
    context = browser.new_context(**DESK, base_url=named.url)
    yield watch(context, named)
    context.close()


def authenticator(page: Page) -> tuple[CDPSession, str]:
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    added = devtools.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
    return devtools, added["authenticatorId"]


def test_a_passkey_is_made_and_then_opens_the_account(seen: Watched, demo: Demo) -> None:
    page, account = seen.page, demo.account(ACCOUNT)
    devtools, device = authenticator(page)
    enter(page, account)
    page.goto("/minha-conta/")
    page.get_by_label("Nome da chave").fill(NAME)
    page.get_by_role("button", name="Cadastrar chave de acesso").click()
    expect(page.get_by_text("Chave de acesso cadastrada.")).to_be_visible()
    expect(page.get_by_text(NAME)).to_be_visible()
    assert axe(page) == []

    # The browser itself refuses the same key twice.
    page.get_by_label("Nome da chave").fill("outra")
    page.get_by_role("button", name="Cadastrar chave de acesso").click()
    expect(page.get_by_role("alert").filter(has_text="já está cadastrada")).to_be_visible()

    page.get_by_role("button", name="Sair").click()
    page.get_by_label("Usuário").fill(account["username"])
    page.get_by_label("Senha").fill(account["password"])
    page.get_by_role("button", name="Continuar").click()
    assert axe(page) == []

    # Whoever the authenticator does not know is told so, and the code remains.
    devtools.send("WebAuthn.setUserVerified", {"authenticatorId": device, "isUserVerified": False})
    page.get_by_role("button", name="Usar chave de acesso").click()
    expect(page.get_by_role("alert").filter(has_text="cancelada")).to_be_visible()
    devtools.send("WebAuthn.setUserVerified", {"authenticatorId": device, "isUserVerified": True})
    page.get_by_role("button", name="Usar chave de acesso").click()
    page.wait_for_url(lambda url: "/entrar/" not in url)

    page.goto("/confirmar/?next=/minha-conta/")
    assert axe(page) == []
    page.get_by_role("button", name="Usar chave de acesso").click()
    page.wait_for_url("**/minha-conta/")
    expect(page.get_by_text("abriu esta sessão")).to_be_visible()
    kept = page.evaluate("[...Object.keys(localStorage), ...Object.keys(sessionStorage)]")
    assert set(kept) <= {"htmx-current-path-for-history"}

    page.get_by_role("button", name=f"Remover {NAME}").click()
    page.wait_for_url(re.compile("/entrar/"))
    assert (seen.violations, seen.errors, seen.outside) == ([], [], [])
