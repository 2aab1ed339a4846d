"""The batch look-up on its page and its API: gate, audit, results of each line."""

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from audit.events import Channel, Kind
from consulta.models import Inquiry
from credentialing.models import Purpose
from tests import doors
from tests.consulta.batch.files import workbook
from tests.events import recorded
from tests.factories.credentialing import make_purpose
from tests.factories.registry import make_cpf, make_lawyer, make_prisoner
from tests.registry.selectors.search.indexing import index

pytestmark = pytest.mark.usefixtures("committed")

REASON = "Lista de presos do ofício 12 de 2026"


@pytest.fixture
def purpose(committed: None) -> Purpose:
    return make_purpose()


@pytest.fixture
def agent(purpose: Purpose) -> Client:
    return doors.session(purpose.user, purpose)


def send(client: Client, content: bytes, name: str = "lista.csv", reason: str = REASON) -> Any:
    index()
    return client.post("/lote/", {"file": SimpleUploadedFile(name, content), "reason": reason})


def text(answer: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def test_each_line_says_one_several_nobody_or_why_not(agent: Client) -> None:
    make_prisoner(name="ANTÔNIO QUARESMA", mother_name="IVONE QUARESMA")
    for _ in range(2):
        make_prisoner(name="RUBENS TAVARES")
    rows = ("Nome;Mãe;Nascimento", "antonio quarezma;ivone quaresma;", "rubens tavares;;", "wanderlei prado;;")
    posted = send(agent, "\n".join((*rows, "ana;;99/99/1990")).encode())
    assert posted.status_code == 302
    assert re.fullmatch(r"/lote/[0-9a-f-]{36}/", posted["Location"])
    shown = text(agent.get(posted["Location"]))
    assert "4 linhas: 1 com uma pessoa, 1 com várias, 1 sem ninguém, 1 não lida" in shown
    assert "Linha 2 antonio quarezma · ivone quaresma Uma pessoa" in shown
    assert "grafia próxima" in shown or "soa igual: Quarezma / Quaresma" in shown
    assert "Linha 5 ana · 99/99/1990 Não lida" in shown


def test_a_name_alone_that_finds_one_warns_of_namesakes(agent: Client) -> None:
    make_prisoner(name="ANTÔNIO QUARESMA")
    answer = agent.get(send(agent, b"Nome\nantonio quaresma\n")["Location"])
    assert "pode ser homônimo" in text(answer)


def test_a_document_finds_its_holder_in_a_workbook(agent: Client) -> None:
    number = make_cpf(7)
    make_prisoner(name="ANTÔNIO QUARESMA", cpf=number)
    answer = agent.get(send(agent, workbook(["CPF"], [int(number)]), "lista.xlsx")["Location"])
    assert "1 linha: 1 com uma pessoa" in text(answer)
    assert "pode ser homônimo" not in text(answer)


def test_the_audit_has_the_reason_every_line_and_everyone_shown(agent: Client) -> None:
    person = make_prisoner(name="ANTÔNIO QUARESMA").person
    answer = agent.get(send(agent, b"Nome\nantonio quaresma\nwanderlei prado\n")["Location"])
    intent, disclosure = recorded(Kind.INTENT, Kind.DISCLOSURE)
    assert intent.action == "batch"
    assert intent.detail["asked"]["reason"] == REASON
    assert [line["name"] for line in intent.detail["asked"]["lines"]] == ["antonio quaresma", "wanderlei prado"]
    assert disclosure.subjects == [person.public_id]
    assert disclosure.detail["lines"] == {"one": 1, "several": 0, "none": 1, "unreadable": 0}
    assert answer["X-Receipt"] == str(disclosure.receipt)


def test_sending_alone_shows_nobody_and_keeps_the_list_encrypted(agent: Client) -> None:
    make_prisoner(name="ANTÔNIO QUARESMA")
    send(agent, b"Nome\nantonio quaresma\n")
    assert recorded(Kind.INTENT, Kind.DISCLOSURE) == []
    assert b"quaresma" not in bytes(Inquiry.objects.get().token).lower()


@pytest.mark.parametrize(
    ("content", "reason", "words"),
    [
        (b"\xd0\xcf\x11\xe0", REASON, "Excel antigo"),
        (b"Nome\n", REASON, "só tem o cabeçalho"),
        (b"Nome\nana\n", "porque sim", "Motivo do lote"),
        (b"", REASON, "vazio"),
    ],
)
def test_what_cannot_be_taken_is_told_and_nothing_is_kept(
    agent: Client, content: bytes, reason: str, words: str
) -> None:
    refused = send(agent, content, reason=reason)
    assert refused.status_code == 422
    assert words in text(refused)
    assert not Inquiry.objects.exists()


def test_somebody_elses_batch_or_another_purposes_is_not_found(agent: Client, purpose: Purpose) -> None:
    address = send(agent, b"Nome\nana teste\n")["Location"]
    other, later = make_purpose(), make_purpose(purpose.user)
    assert doors.session(other.user, other).get(address).status_code == 404
    assert doors.session(purpose.user, later).get(address).status_code == 404


def test_programs_get_the_same(purpose: Purpose) -> None:
    person = make_prisoner(name="ANTÔNIO QUARESMA").person
    index()
    lines = [{"name": "antonio quaresma"}, {"name": "ana", "birth": "99/99/1990"}, {"name": "wanderlei prado"}]
    body = {"reason": REASON, "lines": lines}
    program = doors.token(purpose.user, purpose)
    answer = program.post("/api/v1/batch/", body, content_type="application/json")
    told = answer.json()
    assert told["summary"] == {"one": 1, "several": 0, "none": 1, "unreadable": 1}
    assert [line["outcome"] for line in told["lines"]] == ["one", "unreadable", "none"]
    assert told["lines"][0]["persons"][0]["id"] == str(person.public_id)
    assert told["lines"][1]["problem"].startswith("Nascimento:")
    [disclosure] = recorded(Kind.DISCLOSURE)
    assert (disclosure.channel, disclosure.subjects) == (Channel.API, [person.public_id])


@pytest.mark.parametrize(
    "body",
    [
        {"lines": [{"name": "ana"}]},
        {"reason": REASON, "lines": []},
        {"reason": REASON, "lines": [{"name": "ana"}] * 201},
        {"reason": REASON, "lines": "ana"},
    ],
)
def test_a_program_that_asks_wrongly_is_told(purpose: Purpose, body: dict[str, Any]) -> None:
    program = doors.token(purpose.user, purpose)
    assert program.post("/api/v1/batch/", body, content_type="application/json").status_code == 400
    assert recorded(Kind.INTENT) == []


def test_a_reviewers_and_an_agents_lawyers_are_counted_like_in_the_search(agent: Client) -> None:
    make_lawyer(name="CLARA QUARESMA")
    assert "1 com uma pessoa" in text(agent.get(send(agent, b"Nome\nclara quaresma\n")["Location"]))
