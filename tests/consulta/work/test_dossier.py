"""The dossier: what it says, whose name is on it, and the way back from the file to the receipt."""

import hashlib
import io
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from knox.models import AuthToken
from pypdf import PdfReader

from audit.events import Kind
from audit.recorder import AuditUnavailable
from credentialing.models import Purpose
from credentialing.roles import Role
from senappen.lib import pdf
from tests import doors
from tests.events import recorded
from tests.factories.credentialing import make_agency, make_user
from tests.factories.registry import make_client, make_custody, make_lawyer, make_movement, make_prisoner

pytestmark = pytest.mark.usefixtures("committed")


def _make(client: Client, record: Any, *sections: str) -> Any:
    return client.post(f"/pessoas/{record.person.public_id}/dossie/pdf/", {"secoes": sections})


def _text(content: bytes) -> str:
    pages = PdfReader(io.BytesIO(content)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def test_it_says_who_asked_for_what_and_how_fresh_it_is(agent: Client, purpose: Purpose) -> None:
    record = make_prisoner(name="JOÃO DO DOSSIÊ")
    make_movement(prisoner=record)
    answer = _make(agent, record, "situacao", "movimentacoes")
    assert answer["Content-Type"] == "application/pdf"
    text = _text(answer.content)
    for said in ("João do Dossiê", purpose.user.full_name, purpose.case_reference, answer["X-Receipt"], "sem carga"):
        assert said in text


def test_every_page_bears_name_agency_and_receipt(agent: Client, purpose: Purpose) -> None:
    record = make_prisoner()
    for _ in range(60):
        make_movement(prisoner=record)
    answer = _make(agent, record, "movimentacoes")
    pages = [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(answer.content)).pages]
    assert len(pages) > 2
    for page in pages:
        # Once in the margin, and again in the drawing behind.
        assert page.count(answer["X-Receipt"]) > 1
        assert f"{purpose.user.full_name} · {purpose.user.agency}" in page


def _roles(node: Any) -> list[str]:
    """The roles of a structure tree, in the order of reading."""
    node = node.get_object()
    if isinstance(node, list):
        return [role for child in node for role in _roles(child)]
    if not isinstance(node, dict):
        return []
    own = [str(node["/S"])] if "/S" in node else []
    return own + (_roles(node["/K"]) if "/K" in node else [])


def test_it_is_tagged_for_screen_readers(agent: Client) -> None:
    """What PDF/UA-1 (ISO 14289-1) asks for and a program can look up: language, title, and structure to read by."""
    record = make_prisoner()
    make_movement(prisoner=record)
    answer = _make(agent, record, "situacao", "movimentacoes")
    reader = PdfReader(io.BytesIO(answer.content))
    root: Any = reader.trailer["/Root"]
    assert (bool(root["/MarkInfo"]["/Marked"]), root["/Lang"]) == (True, "pt-BR")
    assert bool(root["/ViewerPreferences"]["/DisplayDocTitle"])
    assert reader.metadata is not None
    assert answer["X-Receipt"] in str(reader.metadata.title)
    assert b"pdfuaid:part" in root["/Metadata"].get_object().get_data()
    roles = _roles(root["/StructTreeRoot"])
    assert roles.index("/H1") < roles.index("/H2")
    assert {"/Table", "/TH", "/TD", "/P", "/L", "/LI"} <= set(roles)


def test_only_the_sections_chosen_are_in_it(agent: Client) -> None:
    record = make_prisoner()
    make_custody(prisoner=record)
    make_client(prisoner=record, lawyer=make_lawyer(name="DOUTORA TESTE"))
    assert "Doutora Teste" not in _text(_make(agent, record, "situacao").content)
    assert "Doutora Teste" in _text(_make(agent, record, "advogados").content)


def test_whoever_is_named_in_it_is_disclosed_with_the_digest_of_the_file(agent: Client) -> None:
    record, lawyer = make_prisoner(), make_lawyer()
    make_client(prisoner=record, lawyer=lawyer)
    answer = _make(agent, record, "advogados")
    event = recorded(Kind.DISCLOSURE)[-1]
    assert event.subjects == [record.person.public_id, lawyer.person.public_id]
    assert event.detail["sha256"] == hashlib.sha256(answer.content).hexdigest()
    assert str(event.receipt) == answer["X-Receipt"]


def test_without_the_audit_no_file_leaves(agent: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise AuditUnavailable

    monkeypatch.setattr("consulta.rendering.disclose", fail)
    answer = _make(agent, make_prisoner(), "situacao")
    assert (answer.status_code, answer["Content-Type"]) == (503, "text/html; charset=utf-8")


def test_a_machine_without_the_libraries_says_what_is_missing(agent: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def lacking() -> None:
        raise pdf.Unavailable

    monkeypatch.setattr(pdf, "_library", lacking)
    monkeypatch.setattr(pdf, "is_available", pdf.is_available.__wrapped__)
    record = make_prisoner()
    page = agent.get(f"/pessoas/{record.person.public_id}/dossie/")
    assert (page.status_code, "libpango-1.0-0" in page.content.decode()) == (200, True)
    assert _make(agent, record, "situacao").status_code == 503


def test_nothing_is_fetched_from_anywhere() -> None:
    with pytest.raises(ValueError, match="Not a file"):
        pdf._own("http://127.0.0.1/segredo.css")
    with pytest.raises(ValueError, match="Not a file"):
        pdf._own("file:///etc/passwd")


def test_a_file_leads_back_to_its_receipt_for_those_who_read_the_audit(agent: Client) -> None:
    answer = _make(agent, make_prisoner(), "situacao")
    corregedor = doors.session(make_user(role=Role.CORREGEDOR))
    found = corregedor.post("/auditoria/conferir/", {"arquivo": SimpleUploadedFile("x.pdf", answer.content)})
    assert answer["X-Receipt"] in found.content.decode()
    assert "guarda este mesmo SHA-256" in found.content.decode()
    digest = hashlib.sha256(answer.content).hexdigest()
    assert answer["X-Receipt"] in corregedor.post("/auditoria/conferir/", {"resumo": digest.upper()}).content.decode()
    assert recorded(Kind.AUDIT_READ)[-1].detail == {"sha256": digest, "count": 1}


def test_a_changed_file_and_another_agencys_lead_nowhere(agent: Client) -> None:
    answer = _make(agent, make_prisoner(), "situacao")
    changed = SimpleUploadedFile("x.pdf", answer.content + b"\n")
    own = doors.session(make_user(role=Role.CORREGEDOR))
    assert "Nenhum documento" in own.post("/auditoria/conferir/", {"arquivo": changed}).content.decode()
    other = doors.session(make_user(role=Role.CORREGEDOR, agency=make_agency("PP-PE")))
    digest = hashlib.sha256(answer.content).hexdigest()
    assert "Nenhum documento" in other.post("/auditoria/conferir/", {"resumo": digest}).content.decode()


def test_the_api_gives_the_file_and_refuses_a_section_there_is_not(program: Client) -> None:
    address = f"/api/v1/people/{make_prisoner().person.public_id}/dossier/"
    made = program.post(address, {"sections": ["situacao"]}, content_type="application/json")
    assert (made.status_code, made.content[:4]) == (200, b"%PDF")
    assert program.post(address, {"sections": ["nada"]}, content_type="application/json").status_code == 400


def test_it_is_not_made_without_a_fresh_factor(program: Client, purpose: Purpose) -> None:
    record = make_prisoner()
    AuthToken.objects.update(created=timezone.now() - timedelta(minutes=6))
    address = f"/api/v1/people/{record.person.public_id}/dossier/"
    answer = program.post(address, {"sections": ["situacao"]}, content_type="application/json")
    assert (answer.status_code, "emita outra credencial" in answer.content.decode()) == (403, True)
    old = doors.session(purpose.user, purpose, elevated=False)
    assert _make(old, record, "situacao")["Location"].startswith("/confirmar/")
    assert recorded(Kind.DISCLOSURE) == []


def test_a_lawyers_dossier_needs_a_reason_as_their_profile_does(agent: Client, program: Client) -> None:
    record = make_lawyer()
    refused = _make(agent, record, "identificacao")
    assert (refused.status_code, "advogad" in refused["Location"] or "motivo" in refused["Location"]) == (302, True)
    address = f"/api/v1/people/{record.person.public_id}/dossier/"
    assert program.post(address, {}, content_type="application/json").status_code == 428
