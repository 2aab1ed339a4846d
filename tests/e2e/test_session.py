"""The end of a session, in a real browser and with limits of seconds: told, extended, seen by every tab, enforced."""

import os
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings as configured
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from credentialing.models import User
from tests import doors
from tests.e2e.conftest import DESK, axe
from tests.factories.credentialing import make_user

# Half of it is the warning; pages take seconds to open on a busy machine.
IDLE_S = 20
# Playwright's synchronous interface keeps an event loop in this thread, where Django would refuse the database.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"


@pytest.fixture
def server(committed: None, settings: Any) -> Iterator[str]:
    """Our pages with an idle limit of seconds, over the tests' own database."""
    settings.SESSION_IDLE_SECONDS = IDLE_S
    running = LiveServer("127.0.0.1")
    yield running.url
    running.stop()


@pytest.fixture
def user(server: str) -> User:
    return make_user()


@pytest.fixture
def context(browser: Browser, server: str, user: User) -> Iterator[BrowserContext]:
    opened = browser.new_context(**DESK, base_url=server)
    opened.add_cookies([_cookie(doors.session(user), server)])
    yield opened
    opened.close()


def _cookie(client: Client, server: str) -> Any:
    name = configured.SESSION_COOKIE_NAME
    return {"name": name, "value": client.cookies[name].value, "url": server}


def _page(context: BrowserContext) -> Page:
    page = context.new_page()
    page.goto("/ajuda/")
    return page


def test_the_end_is_told_and_going_on_extends_it_in_every_tab(context: BrowserContext) -> None:
    first, second = _page(context), _page(context)
    dialogs = [page.get_by_role("dialog", name="Sua sessão vai terminar") for page in (first, second)]
    expect(dialogs[0]).to_be_hidden()
    for page, dialog in zip((first, second), dialogs, strict=True):
        page.bring_to_front()
        expect(dialog).to_be_visible(timeout=IDLE_S * 1000)
    expect(dialogs[1]).to_contain_text("segundo")
    assert axe(second) == []
    expect(dialogs[1].get_by_role("button", name="Continuar conectado")).to_be_focused()
    second.keyboard.press("Enter")
    for dialog in dialogs:
        expect(dialog).to_be_hidden(timeout=IDLE_S * 500)
    # htmx notes the address of the page, which never holds personal data; nothing else is kept.
    kept = second.evaluate("[...Object.keys(localStorage), ...Object.keys(sessionStorage)]")
    assert set(kept) <= {"htmx-current-path-for-history"}
    first.wait_for_timeout(IDLE_S * 500)
    first.goto("/ajuda/")  # past the first limit, and still inside
    assert first.url.endswith("/ajuda/")


def test_an_unattended_page_is_cleared_and_leads_to_the_login(context: BrowserContext) -> None:
    page = _page(context)
    expect(page.get_by_role("dialog", name="Sua sessão vai terminar")).to_be_visible(timeout=IDLE_S * 1000)
    page.keyboard.press("Escape")
    page.wait_for_url("**/entrar/**", timeout=(IDLE_S + 6) * 1000)
    expect(page.get_by_text("acabou por falta de uso")).to_be_visible()


def test_near_the_longest_time_nothing_is_offered_that_would_not_help(context: BrowserContext, settings: Any) -> None:
    settings.SESSION_IDLE_SECONDS, settings.SESSION_COOKIE_AGE = 3 * IDLE_S, IDLE_S
    page = _page(context)
    dialog = page.get_by_role("dialog", name="Sua sessão vai terminar")
    expect(dialog).to_contain_text("tempo máximo")
    expect(dialog.get_by_role("button", name="Continuar conectado")).to_be_hidden()
    assert axe(page) == []
    page.wait_for_url("**/entrar/**", timeout=(IDLE_S + 6) * 1000)
    expect(page.get_by_text("chegou ao tempo máximo")).to_be_visible()
