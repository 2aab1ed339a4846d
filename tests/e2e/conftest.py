"""The demonstration, brought up as a user would, and the system's Chromium in front of it."""

import csv
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, StorageState, sync_playwright

from tests.e2e.codes import fresh_code

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
READY_TIMEOUT_S = 420
PEOPLE = "1500"
DESK: dict[str, Any] = {"viewport": {"width": 1440, "height": 900}, "locale": "pt-BR"}


@dataclass
class Demo:
    """A running demonstration."""

    url: str
    var: Path

    def account(self, username: str) -> dict[str, str]:
        """One account of `accounts.json`."""
        accounts = json.loads((self.var / "demo" / "accounts.json").read_text())
        found: dict[str, str] = next(account for account in accounts if account["username"] == username)
        return found

    def truth(self, name: str) -> list[dict[str, str]]:
        """The lines of a truth file of the fictitious country: `humans` or `records`."""
        with (self.var / "demo" / "country" / "truth" / f"{name}.csv").open(newline="") as lines:
            return list(csv.DictReader(lines))


@dataclass
class Watched:
    """A browser page whose policy violations, console errors and outside requests are kept."""

    page: Page
    violations: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """`manage.py demo` over 1,500 people in two states, on a free port and a folder of its own."""
    var, port = tmp_path_factory.mktemp("demo"), _free_port()
    var.chmod(0o755)
    command = [sys.executable, "manage.py", "demo", "--people", PEOPLE, "--states", "AL,PE", "--port", str(port)]
    environment = {k: v for k, v in os.environ.items() if k not in {"DATABASE_URL", "REDIS_URL"}}
    # A session of the whole run proves its second factor once, and is a program.
    environment |= {"STEP_UP_SECONDS": "7200", "PACE_WATCH": "0"}
    output = (var / "output.txt").open("w+")
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        stdout=output,
        stderr=output,
        env={**environment, "SENAPPEN_VAR": str(var)},
    )
    try:
        _wait_for_ready(process, var / "output.txt")
        yield Demo(url=f"http://127.0.0.1:{port}", var=var)
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(60)
        output.close()


def _wait_for_ready(process: subprocess.Popen[bytes], output: Path) -> None:
    deadline = time.monotonic() + READY_TIMEOUT_S
    while "pronto:" not in output.read_text():
        if process.poll() is not None or time.monotonic() > deadline:
            raise AssertionError(f"the demonstration did not become ready:\n{output.read_text()[-3000:]}")
        time.sleep(0.5)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The system's Chromium, headless."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture
def watched(browser: Browser, demo: Demo) -> Iterator[Watched]:
    """A fresh page at 1440 × 900 that remembers what it should not have done."""
    context = browser.new_context(**DESK, base_url=demo.url)
    yield watch(context, demo)
    context.close()


def sized(browser: Browser, demo: Demo, state: StorageState, size: tuple[int, int], theme: str) -> BrowserContext:
    """A context of somebody logged in, in a window of that size and theme."""
    return browser.new_context(
        base_url=demo.url,
        locale="pt-BR",
        viewport={"width": size[0], "height": size[1]},
        storage_state=state,
        color_scheme=theme,  # type: ignore[arg-type]
    )


def watch(context: BrowserContext, demo: Demo) -> Watched:
    """Open a page in the context and start watching it."""
    seen = Watched(context.new_page())
    context.expose_function("reportViolation", lambda violation: seen.violations.append(violation))
    context.add_init_script(
        "document.addEventListener('securitypolicyviolation', event =>"
        " window.reportViolation(event.effectiveDirective + ' ' + event.blockedURI))"
    )
    seen.page.on("console", lambda message: seen.errors.append(message.text) if message.type == "error" else None)
    seen.page.on("pageerror", lambda error: seen.errors.append(str(error)))
    seen.page.on("request", lambda request: _note_outside(request.url, demo.url, seen.outside))
    return seen


def _note_outside(url: str, inside: str, found: list[str]) -> None:
    if not url.startswith((inside, "data:", "blob:")):
        found.append(url)


def enter(page: Page, account: dict[str, str]) -> None:
    """Log in with password and verification code, as a person does."""
    page.goto("/entrar/")
    page.get_by_label("Usuário").fill(account["username"])
    page.get_by_label("Senha").fill(account["password"])
    page.get_by_role("button", name="Continuar").click()
    page.get_by_label("Código de verificação").fill(fresh_code(account))
    page.get_by_role("button", name="Verificar").click()
    page.wait_for_load_state()


def declare_purpose(page: Page) -> None:
    """Say why the consultation is made."""
    page.goto("/finalidade/")
    page.get_by_label("Atividade").select_option(index=1)
    page.get_by_label("Procedimento").fill("Operação Teste 2026/001")
    page.get_by_label("Justificativa").fill("Verificação ponta a ponta com dados fictícios.")
    page.get_by_role("button", name="Declarar e continuar").click()
    page.wait_for_load_state()


@pytest.fixture(scope="session")
def agent_state(browser: Browser, demo: Demo) -> StorageState:
    """The cookies of an agent of Alagoas, logged in once, with a purpose declared."""
    context = browser.new_context(base_url=demo.url, locale="pt-BR")
    page = context.new_page()
    enter(page, demo.account("agente.al"))
    declare_purpose(page)
    state = context.storage_state()
    context.close()
    return state


@pytest.fixture
def agent(browser: Browser, demo: Demo, agent_state: StorageState) -> Iterator[Watched]:
    """A fresh page of the agent of Alagoas."""
    context = browser.new_context(**DESK, base_url=demo.url, storage_state=agent_state)
    yield watch(context, demo)
    context.close()


def axe(page: Page) -> list[dict[str, Any]]:
    """The accessibility violations axe finds: WCAG 2.0 to 2.2, A and AA, and best practice."""
    page.evaluate((ROOT / "node_modules" / "axe-core" / "axe.min.js").read_text())
    result: dict[str, Any] = page.evaluate(
        "axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']})"
    )
    return [
        {"rule": violation["id"], "at": [node["target"] for node in violation["nodes"][:3]]}
        for violation in result["violations"]
    ]
