"""Exports: typed cells, no formulas, a cap, and above it a second person and one file."""

import hashlib
import io
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from knox.models import AuthToken
from openpyxl import load_workbook
from pytest_django import Settings

from audit.events import Kind
from consulta.models import ExportRequest, ExportState, Folder
from credentialing.models import Purpose
from credentialing.roles import Role
from tests import doors
from tests.events import recorded
from tests.factories.credentialing import make_user
from tests.factories.registry import make_custody, make_prisoner
from tests.registry.selectors.search.indexing import index

pytestmark = pytest.mark.usefixtures("committed")

REASON = "Levantamento ordenado na operação."


def _search(agent: Client, text: str = "antonio souza") -> str:
    index()
    address: str = agent.post("/busca/", {"q": text})["Location"]
    return address


def _people(count: int) -> None:
    for _ in range(count):
        make_prisoner(name="ANTÔNIO DE SOUZA")


def _decide(decision: str = "aprovar", role: Role = Role.REGIONAL_MANAGER, **given: str) -> int:
    client = doors.session(make_user(role=role))
    address = f"/aprovacoes/exportacoes/{ExportRequest.objects.get().pk}/"
    return client.post(address, {"decision": decision, **given}).status_code


def _old(purpose: Purpose) -> Client:
    """A browser whose person proved the second factor a while ago."""
    return doors.session(purpose.user, purpose, elevated=False)


def _rows(content: bytes) -> list[tuple[Any, ...]]:
    return list(load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True))  # type: ignore[union-attr]


def test_a_sheet_has_dates_as_dates_and_documents_as_texts(agent: Client) -> None:
    record = make_prisoner(name="ANTÔNIO DE SOUZA", birth_date=date(1990, 5, 17), rji="01801234567")
    make_custody(prisoner=record)
    answer = agent.post(f"{_search(agent)}exportar/", {"formato": "xlsx"})
    stamp, head, row = _rows(answer.content)
    told = dict(zip(head, row, strict=True))
    assert told["Nascimento"] == datetime(1990, 5, 17)
    assert isinstance(told["Desde"], datetime)
    assert isinstance(told["RJI"], str)
    assert told["RJI"].startswith("018")
    assert answer["X-Receipt"] in str(stamp[0])


def test_no_cell_is_a_formula(agent: Client) -> None:
    make_prisoner(name="=ANTÔNIO SOUZA", mother_name="@SUM(A1)")
    address = _search(agent)
    sheet = load_workbook(io.BytesIO(agent.post(f"{address}exportar/", {"formato": "xlsx"}).content)).active
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "inlineStr", "n", "d"}  # type: ignore[union-attr]
    text = agent.post(f"{address}exportar/", {"formato": "csv"}).content.decode("utf-8-sig")
    assert not any(
        cell.strip('"').startswith(("=", "+", "-", "@")) for line in text.splitlines() for cell in line.split(";")
    )


def test_everybody_in_the_file_is_disclosed_with_its_digest(agent: Client) -> None:
    _people(25)
    answer = agent.post(f"{_search(agent)}exportar/", {"formato": "csv"})
    event = recorded(Kind.DISCLOSURE)[-1]
    assert (event.action, len(event.subjects)) == ("export", 25)
    assert event.detail["sha256"] == hashlib.sha256(answer.content).hexdigest()


def test_the_filters_of_the_address_hold(agent: Client) -> None:
    _people(3)
    assert len(_rows(agent.post(f"{_search(agent)}exportar/?sexo=F", {"formato": "xlsx"}).content)) == 2


def test_above_the_cap_a_second_person_approves_and_one_file_leaves(agent: Client, settings: Settings) -> None:
    settings.EXPORT_ROWS = 2
    _people(3)
    address = _search(agent)
    agent.post(f"{address}exportar/", {"formato": "csv"})  # without a reason
    assert not ExportRequest.objects.exists()
    agent.post(f"{address}exportar/", {"formato": "csv", "motivo": REASON})
    asked = ExportRequest.objects.get()
    take = f"/exportacoes/{asked.pk}/baixar/"
    assert agent.post(take).status_code == 302
    assert _decide(role=Role.AGENT) == 403
    assert _decide() == 302
    assert agent.post(take).content.decode("utf-8-sig").count("\r\n") == 5
    assert agent.post(take).status_code == 302
    assert len([event for event in recorded(Kind.DISCLOSURE) if event.action == "export"]) == 1
    actions = [event.action for event in recorded(Kind.WORK_CHANGED)]
    assert actions == ["export.ask", "export.approve", "export.take"]


def test_an_approval_ends(agent: Client, settings: Settings) -> None:
    settings.EXPORT_ROWS = 2
    _people(3)
    agent.post(f"{_search(agent)}exportar/", {"formato": "csv", "motivo": REASON})
    _decide()
    ExportRequest.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert agent.post(f"/exportacoes/{ExportRequest.objects.get().pk}/baixar/").status_code == 302
    assert ExportRequest.objects.get().state == ExportState.APPROVED


def test_no_more_leaves_than_was_approved(agent: Client, settings: Settings) -> None:
    settings.EXPORT_ROWS = 2
    _people(3)
    agent.post(f"{_search(agent)}exportar/", {"formato": "csv", "motivo": REASON})
    _decide()
    _people(4)
    index()
    text = agent.post(f"/exportacoes/{ExportRequest.objects.get().pk}/baixar/").content.decode("utf-8-sig")
    assert text.count("\r\n") == 5


def test_anothers_request_is_not_mine(agent: Client, colleague: Client, settings: Settings) -> None:
    settings.EXPORT_ROWS = 2
    _people(3)
    agent.post(f"{_search(agent)}exportar/", {"formato": "csv", "motivo": REASON})
    _decide()
    assert colleague.post(f"/exportacoes/{ExportRequest.objects.get().pk}/baixar/").status_code == 404


def test_a_folder_is_taken_away_within_the_viewers_scope(agent: Client) -> None:
    agent.post("/pastas/", {"title": "Operação Teste", "case": "IP 123/2026"})
    folder, record = Folder.objects.get(), make_prisoner(name="JOÃO DA PASTA")
    agent.post(f"/pessoas/{record.person.public_id}/guardar/", {"pasta": str(folder.pk)})
    rows = _rows(agent.post(f"/pastas/{folder.pk}/exportar/", {"formato": "xlsx"}).content)
    assert [row[0] for row in rows[2:]] == [str(record.person.public_id)]


def test_no_file_leaves_without_a_fresh_factor(purpose: Purpose, settings: Settings) -> None:
    settings.EXPORT_ROWS = 2
    _people(3)
    agent = doors.session(purpose.user, purpose)
    search = _search(agent)
    agent.post(f"{search}exportar/", {"formato": "csv", "motivo": REASON})
    agent.post("/pastas/", {"title": "Operação Teste", "case": "IP 123/2026"})
    _decide()
    asked, folder = ExportRequest.objects.get(), Folder.objects.get()
    old = _old(purpose)
    for address in (f"{search}exportar/", f"/pastas/{folder.pk}/exportar/", f"/exportacoes/{asked.pk}/baixar/"):
        assert old.post(address, {"formato": "csv"})["Location"].startswith("/confirmar/")
    # Turned away before it is used up.
    asked.refresh_from_db()
    assert asked.state == ExportState.APPROVED
    assert not [event for event in recorded(Kind.DISCLOSURE) if event.action == "export"]


def test_an_old_token_takes_no_file(program: Client) -> None:
    AuthToken.objects.update(created=timezone.now() - timedelta(minutes=6))
    given = {"criteria": {"text": "antonio souza"}, "format": "csv"}
    answer = program.post("/api/v1/exports/", given, content_type="application/json")
    assert answer.status_code == 403
    assert "emita outra credencial" in answer.content.decode()


def test_the_api_gives_the_file_up_to_the_cap(program: Client, settings: Settings) -> None:
    settings.EXPORT_ROWS = 2
    _people(2)
    index()
    given = {"criteria": {"text": "antonio souza"}, "format": "csv"}
    answer = program.post("/api/v1/exports/", given, content_type="application/json")
    assert (answer.status_code, answer["X-Receipt"]) == (200, str(recorded(Kind.DISCLOSURE)[-1].receipt))
    _people(1)
    index()
    refused = program.post("/api/v1/exports/", given, content_type="application/json")
    assert refused.status_code == 400
