"""Duplicatas by keyboard alone: twenty pairs and more, each in the audit, none shown to two reviewers."""

import re
import subprocess
import sys
import time
from collections.abc import Iterator
from statistics import median

import pytest
from playwright.sync_api import Browser, Page, StorageState, expect

from tests.e2e.conftest import DESK, ROOT, Demo, Watched, axe, enter, sized, watch
from tests.e2e.test_screens import SIZES, overflow

PAIR = re.compile(r"/duplicatas/(\d+)/")
WAITING = "90"
TO_JUDGE = 24
KEYS = "yynyhyyn"


@pytest.fixture(scope="module")
def waiting(demo: Demo) -> None:
    """Pairs that wait for a human."""
    environment = {"SENAPPEN_VAR": str(demo.var), "PATH": "/usr/bin:/bin"}
    command = [sys.executable, "-m", "tests.e2e.waiting", WAITING]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    assert int(done.stdout.split()[-1]) > TO_JUDGE


@pytest.fixture(scope="module")
def reviewer_state(browser: Browser, demo: Demo, waiting: None) -> StorageState:
    """The cookies of a reviewer, logged in once, with a purpose declared."""
    context = browser.new_context(base_url=demo.url, locale="pt-BR")
    page = context.new_page()
    enter(page, demo.account("revisor.1"))
    page.goto("/finalidade/")
    page.get_by_label("Atividade").select_option("identity_review")
    page.get_by_label("Procedimento").fill("Revisão 2026/001")
    page.get_by_label("Justificativa").fill("Julgar pares de registros com dados fictícios.")
    page.get_by_role("button", name="Declarar e continuar").click()
    page.wait_for_load_state()
    state = context.storage_state()
    context.close()
    return state


@pytest.fixture
def reviewer(browser: Browser, demo: Demo, reviewer_state: StorageState) -> Iterator[Watched]:
    """A fresh page of the reviewer."""
    context = browser.new_context(**DESK, base_url=demo.url, storage_state=reviewer_state)
    yield watch(context, demo)
    context.close()


def number(page: Page) -> int:
    """The pair on the screen."""
    found = PAIR.search(page.url)
    assert found, page.url
    return int(found[1])


def listening(page: Page) -> None:
    """Wait until the page takes keys: blind presses right after it opened are not meant for it.

    Asked from here, since a waiting function would be evaluated in the page, which its policy forbids.
    """
    while page.evaluate("performance.now()") <= 250:
        page.wait_for_timeout(20)


def press(page: Page, key: str, after: int) -> int:
    """Press a key on a pair and wait until another is in sight and may be judged; its number."""
    page.keyboard.press(key)
    page.wait_for_url(lambda url: (found := PAIR.search(url)) is not None and int(found[1]) != after)
    expect(page.get_by_role("heading", name="São a mesma pessoa?")).to_be_visible()
    listening(page)
    return number(page)


def begin(page: Page) -> int:
    """Open the queue and take the first pair, by keyboard."""
    page.goto("/duplicatas/")
    listening(page)
    page.keyboard.press("p")
    page.wait_for_url(PAIR)
    listening(page)
    return number(page)


def test_a_reviewer_judges_twenty_pairs_by_keyboard_and_each_is_audited(reviewer: Watched) -> None:
    page, judged, seconds = reviewer.page, [], []
    current = begin(page)
    for turn in range(TO_JUDGE):
        started = time.monotonic()
        following = press(page, KEYS[turn % len(KEYS)], current)
        seconds.append(time.monotonic() - started)
        judged.append(current)
        current = following
    page.close()
    assert len(set(judged)) == TO_JUDGE >= 20
    print(  # noqa: T201  the measure this test makes, shown by pytest -s
        f"\n{TO_JUDGE} pairs: {60 / (sum(seconds) / len(seconds)):.0f} a minute without thinking;"
        f" from the key to the next pair {median(seconds):.2f} s median, {max(seconds):.2f} s at most"
    )
    audit = reviewer.page.context.new_page()
    audit.goto("/meus-acessos/?evento=judged")
    told = audit.get_by_role("main").inner_text()
    while (older := audit.get_by_role("link", name=re.compile("anteriores", re.IGNORECASE))).count():
        older.first.click()
        audit.wait_for_load_state()
        told += audit.get_by_role("main").inner_text()
    assert {int(pair) for pair in re.findall(r"Votou no par (\d+):", told)} >= set(judged)
    assert reviewer.violations == []
    assert reviewer.outside == []
    assert reviewer.errors == []


def test_the_last_vote_is_undone_by_one_key(reviewer: Watched) -> None:
    first = begin(reviewer.page)
    second = press(reviewer.page, "n", first)
    assert press(reviewer.page, "z", second) == first
    expect(reviewer.page.get_by_text("Voto desfeito.")).to_be_visible()


def test_keys_switched_off_judge_nothing(reviewer: Watched) -> None:
    current = begin(reviewer.page)
    reviewer.page.keyboard.press("?")
    reviewer.page.get_by_label("Usar atalhos de uma tecla").uncheck()
    reviewer.page.keyboard.press("Escape")
    reviewer.page.keyboard.press("y")
    reviewer.page.wait_for_timeout(500)
    assert number(reviewer.page) == current


def test_leaving_a_pair_lets_it_go(reviewer: Watched) -> None:
    current = begin(reviewer.page)
    reviewer.page.goto("/duplicatas/")
    row = reviewer.page.get_by_role("row").filter(has=reviewer.page.get_by_role("rowheader", name=f"Par {current}"))
    reviewer.page.wait_for_timeout(500)
    reviewer.page.reload()
    expect(row.first).not_to_contain_text("com você")


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES, ids=lambda size: str(size[0]))
def test_the_desk_is_accessible_and_fits(
    browser: Browser, demo: Demo, reviewer_state: StorageState, size: tuple[int, int], theme: str
) -> None:
    context = sized(browser, demo, reviewer_state, size, theme)
    seen = watch(context, demo)
    found: dict[str, object] = {}
    for path in ("/duplicatas/", "/duplicatas/?uf=RR", "/duplicatas/estatisticas/", "/duplicatas/999999/"):
        seen.page.goto(path)
        found[path] = axe(seen.page)
        assert overflow(seen) == 0, path
    begin(seen.page)
    seen.page.wait_for_load_state("networkidle")
    seen.page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")
    found["pair"] = axe(seen.page)
    assert overflow(seen) == 0
    context.close()
    assert {screen: problems for screen, problems in found.items() if problems} == {}
    assert seen.violations == []


def test_a_pair_is_judged_without_javascript(browser: Browser, demo: Demo, reviewer_state: StorageState) -> None:
    context = browser.new_context(
        base_url=demo.url, locale="pt-BR", storage_state=reviewer_state, java_script_enabled=False
    )
    page = context.new_page()
    page.goto("/duplicatas/")
    page.get_by_role("button", name="Julgar o próximo par").click()
    first = number(page)
    page.get_by_role("button", name="Não sei").click()
    expect(page.get_by_text("Voto gravado: não sei.")).to_be_visible()
    assert number(page) != first
    context.close()
