"""With the audit's table locked, nothing is shown: in the page and in the API."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from senappen.embedded import Postgres
from tests.e2e.codes import fresh_code
from tests.e2e.conftest import Demo, Watched
from tests.e2e.people import distinctive_prisoner


@contextmanager
def locked_audit(var: Path) -> Iterator[None]:
    """Hold the audit's table in a transaction of the owner's."""
    with psycopg.connect(Postgres(var / "postgres").url(name="senappen")) as connection:
        connection.execute("LOCK TABLE audit_accessevent IN ACCESS EXCLUSIVE MODE")
        yield
        connection.rollback()


def test_the_page_answers_503_and_names_nobody(agent: Watched, demo: Demo) -> None:
    wanted = distinctive_prisoner(demo)
    with locked_audit(demo.var):
        agent.page.goto("/unidades/")
        assert "Auditoria indisponível" in agent.page.content()
        csrf = next(c["value"] for c in agent.page.context.cookies() if c.get("name") == "csrftoken")
        answer = agent.page.request.post(
            "/busca/",
            form={"q": wanted["name"], "csrfmiddlewaretoken": csrf},
            headers={"Referer": demo.url},
        )
    assert answer.status == 503
    assert wanted["mother_name"] not in answer.text()


def test_the_api_answers_503(agent: Watched, demo: Demo) -> None:
    account = demo.account("agente.pe")
    request = agent.page.request
    login = {"username": account["username"], "password": account["password"], "totp": fresh_code(account)}
    token = request.post("/api/v1/tokens/", data=login).json()["token"]
    bearer = {"Authorization": f"Bearer {token}"}
    purpose = request.post(
        "/api/v1/purposes/",
        headers=bearer,
        data={
            "activity": "locate_person",
            "case_reference": "Teste 1/2026",
            "justification": "Verificação ponta a ponta da API.",
        },
    ).json()["id"]
    headers = {**bearer, "X-Purpose": purpose}
    assert request.post("/api/v1/search/", headers=headers, data={"text": "silva"}).status == 200
    with locked_audit(demo.var):
        answer = request.post("/api/v1/search/", headers=headers, data={"text": "silva"})
    assert answer.status == 503
    assert set(answer.json()) == {"status", "detail", "reference"}
