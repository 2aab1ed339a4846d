"""From an agency's letter to a corregedor's verdict: everybody begins by link and code, in the browser."""

import os
import re
import subprocess
import sys
import time
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.codes import fresh_code
from tests.e2e.conftest import DESK, ROOT, Demo, Watched, axe, declare_purpose, enter, watch
from tests.e2e.people import distinctive_prisoner

AGENCY = "PP-BA"
PASSWORD = "quatro palavras sem ligação"
WHY = "Dito para a verificação ponta a ponta."
LETTER = {
    "acronym": AGENCY,
    "name": "Polícia Penal fictícia da Bahia",
    "headcount": "1200",
    "legal_basis": "Lei estadual fictícia 1/2020",
    "term": "ACT 7/2026",
}
INDICATED = {
    "focal_point": "Célia Duarte Amorim",
    "focal_point-substitute": "Davi Rocha Lins",
    "corregedor": "Elza Matos Freire",
    "corregedor-substitute": "Fábio Couto Reis",
}
# Numbers whose check digits are right, of nobody; the demonstration's conduct service has a note on those ending in 9.
MANAGER_CPF, AGENT_CPF = "111.444.777-35", "529.982.247-25"
CHECKED_WITHIN_S = 60


@dataclass
class Office:
    """Who is at their desk, each in a browser of their own."""

    browser: Browser
    demo: Demo
    seen: list[Watched] = field(default_factory=list)
    wrong: dict[str, object] = field(default_factory=dict)

    def desk(self) -> Page:
        """A new browser, watched."""
        self.seen.append(watch(self.browser.new_context(**DESK, base_url=self.demo.url), self.demo))
        return self.seen[-1].page

    def known(self, username: str) -> Page:
        """The browser of somebody of the demonstration."""
        page = self.desk()
        enter(page, self.demo.account(username))
        return page

    def begins(self, email: str, code: str) -> Page:
        """The browser of somebody new: the link from their mail, the code they were handed, then the login."""
        page = self.desk()
        page.goto(self.link(email))
        page.get_by_label("Código de entrega").fill(code)
        page.get_by_role("button", name="Continuar").click()
        self.look(page, "primeiro acesso")
        key = page.locator(".mono", has_text=re.compile(r"^[A-Z2-7]{4} ")).inner_text().replace(" ", "")
        username = page.locator("strong.mono").inner_text()
        account = {"username": username, "password": PASSWORD, "totp_secret": key}
        page.get_by_label("Senha", exact=True).fill(PASSWORD)
        page.get_by_label("Senha, de novo").fill(PASSWORD)
        page.get_by_label("Código de verificação").fill(fresh_code(account))
        page.get_by_role("button", name="Concluir").click()
        expect(page.get_by_role("main")).to_contain_text(username)
        enter(page, account)
        return page

    def link(self, email: str) -> str:
        """The address in the last letter to somebody; the demonstration writes its letters to the log."""
        letters = (self.demo.var / "demo" / "logs" / "web.log").read_text().split(f"To: {email}")
        found = re.search(r"http://\S+(/primeiro-acesso/\S+)", letters[-1])
        assert len(letters) > 1
        assert found
        return found[1]

    def look(self, page: Page, name: str) -> None:
        """What axe finds on a page, kept for the end."""
        if found := axe(page):
            self.wrong[name] = found


@pytest.fixture
def office(browser: Browser, demo: Demo) -> Office:
    return Office(browser, demo)


def adhere(office: Office) -> dict[str, str]:
    """The agency's letter, validated and approved by two; the code of each person indicated."""
    page = office.known("admin")
    page.goto("/adesoes/nova/")
    for name, value in LETTER.items():
        page.locator(f"main [name={name}]").fill(value)
    page.locator("[name=uf]").select_option("BA")
    page.locator("[name=valid_until]").fill(f"{time.gmtime().tm_year + 4}-01-31")
    for box in page.locator("[name=activities]").all():
        box.check()
    for prefix, name in INDICATED.items():
        page.locator(f"[name={prefix}-full_name]").fill(name)
        page.locator(f"[name={prefix}-email]").fill(address(name))
        page.locator(f"[name={prefix}-registration]").fill(f"M-{name[:2]}")
    office.look(page, "adesão")
    page.get_by_role("button", name="Registrar").click()
    page.get_by_role("button", name="Validar").click()
    page.get_by_role("button", name="Aprovar").click()
    expect(page.get_by_role("main")).to_contain_text("A segunda precisa ser de outra pessoa")
    path = page.url
    other = office.known("admin.2")
    other.goto(path)
    other.get_by_role("button", name="Aprovar").click()
    office.look(other, "primeiros acessos")
    cards = other.get_by_role("main").locator("section.card")
    return {card.locator("h2").inner_text(): card.locator(".people-code").inner_text() for card in cards.all()}


def address(name: str) -> str:
    """The functional e-mail of somebody invented."""
    first, *_, last = re.sub(r"[áâã]", "a", name.lower()).replace("é", "e").replace("í", "i").split()
    return f"{first}.{last}@orgao.example"


def ask_access(office: Office, page: Page, name: str, cpf: str, role: str) -> str:
    """An access request; its path, once the conduct service has answered."""
    page.goto("/solicitacoes/nova/")
    for label, value in {"Nome completo": name, "CPF": cpf, "E-mail funcional": address(name)}.items():
        page.get_by_label(label, exact=True).fill(value)
    page.get_by_label("Matrícula funcional").fill(cpf[:3])
    page.get_by_label("Perfil").select_option(label=role)
    for box in page.locator("main [name=activities]").all():
        box.check()
    office.look(page, "nova solicitação")
    page.get_by_role("button", name="Solicitar").click()
    expect(page.locator("h1")).to_have_text(name)
    path = page.url
    ends = time.monotonic() + CHECKED_WITHIN_S
    while "nada consta" not in page.get_by_role("main").inner_text().lower() and time.monotonic() < ends:
        time.sleep(1)
        page.goto(path)
    return path


def approve(office: Office, page: Page, path: str) -> str:
    """Approve a request; the code to hand over."""
    page.goto(path)
    page.get_by_role("button", name="Aprovar e criar a conta").click()
    office.look(page, "primeiro acesso entregue")
    return page.locator(".people-code").inner_text()


def answer(page: Page, path: str, button: str, **choices: str) -> None:
    """Write the words that somebody waits for."""
    page.goto(path)
    for name, value in choices.items():
        page.locator(f"main [name={name}]").select_option(value)
    page.locator("main textarea[name=words]").fill(WHY)
    page.get_by_role("button", name=button).click()
    page.wait_for_load_state()


def look_for_misuse(demo: Demo) -> None:
    """What beat starts every day."""
    command = [sys.executable, "manage.py", "audit_misuse", "--agency", AGENCY]
    environment = {**os.environ, "SENAPPEN_VAR": str(demo.var)}
    subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True, timeout=120)


def test_an_agency_adheres_and_an_agent_who_looked_for_themself_is_judged(office: Office, demo: Demo) -> None:
    codes = {name.split(" ")[0]: code for name, code in adhere(office).items()}
    focal = office.begins(address(INDICATED["focal_point"]), codes["Célia"])
    asked = ask_access(office, focal, "Gil Castro Veiga", MANAGER_CPF, "Gestor regional")
    code = approve(office, office.known("admin"), asked)
    manager = office.begins(address("Gil Castro Veiga"), code)
    asked = ask_access(office, manager, "Ivo Nunes Prado", AGENT_CPF, "Usuário")
    agent = office.begins(address("Ivo Nunes Prado"), approve(office, focal, asked))

    declare_purpose(agent)
    for wanted in (distinctive_prisoner(demo)["name"], AGENT_CPF):
        agent.goto("/busca/")
        agent.get_by_role("main").get_by_label(re.compile("^Nome")).first.fill(wanted)
        agent.get_by_role("main").get_by_role("button", name="Buscar").click()
        agent.wait_for_load_state()
    look_for_misuse(demo)

    corregedor = office.begins(address(INDICATED["corregedor"]), codes["Elza"])
    corregedor.goto("/desvios/")
    expect(corregedor.get_by_role("main")).to_contain_text("Próprio nome ou CPF", ignore_case=True)
    corregedor.get_by_role("link", name="Ivo Nunes Prado").first.click()
    case = corregedor.url
    office.look(corregedor, "alerta")
    answer(corregedor, case, "Registrar", step="ask")
    answer(agent, "/explicacoes/", "Enviar explicação")
    answer(manager, "/confirmacoes/", "Responder à corregedoria", confirmed="nao")
    answer(corregedor, case, "Registrar", step="misuse")
    expect(corregedor.get_by_role("main")).to_contain_text("uso indevido")

    assert office.wrong == {}
    assert [one for seen in office.seen for one in seen.violations + seen.outside + seen.errors] == []
