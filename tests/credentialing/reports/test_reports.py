"""An agency's month: counted from the audit, completed, signed with its digest, then never changed."""

import hashlib
import io
from datetime import date, datetime, timedelta
from typing import Any

import openpyxl
import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from audit import recorder
from audit.events import Actor, Channel, Event, Kind
from audit.reports import figures
from credentialing.models import Agency, MonthlyReport, User
from credentialing.reports import making
from credentialing.roles import Role
from senappen.lib import pdf
from tests import doors
from tests.events import recorded
from tests.factories import adhesion as make
from tests.factories.credentialing import make_agency, make_user

pytestmark = pytest.mark.django_db(databases=["default", "audit"])


def happen(user: User, *kinds: Kind) -> None:
    actor = Actor(username=user.username, id=user.pk, role=user.role, agency=user.agency.acronym, channel=Channel.PAGE)
    for kind in kinds:
        recorder.record_now(Event(kind=kind, actor=actor))


def this_month() -> date:
    return timezone.localdate().replace(day=1)


def prepare(agency: Agency | None = None, month: date | None = None) -> MonthlyReport:
    return making.prepare(agency=agency or make_agency(), month=month or this_month(), by=make.BY)


def past(report: MonthlyReport) -> MonthlyReport:
    """The same report, of a month that is over."""
    MonthlyReport.objects.filter(pk=report.pk).update(month=date(2026, 1, 1))
    return MonthlyReport.objects.get(pk=report.pk)


def counted(rows: list[dict[str, Any]]) -> dict[str, int]:
    return {row["what"]: row["count"] for row in rows if row["count"]}


def test_a_report_counts_what_the_agencys_people_did_and_nobody_elses() -> None:
    agent, other = make_user(), make_user(agency=make_agency("PP-SE"))
    happen(agent, Kind.LOGIN, Kind.INTENT, Kind.INTENT, Kind.DENIED)
    happen(other, Kind.INTENT)
    found = prepare(agent.agency).figures
    assert counted(found["behaviour"]["events"]) == {"Entrada": 1, "Pedido de consulta": 2, "Acesso negado": 1}
    assert found["behaviour"]["accounts"] == [
        {"actor": agent.username, "role": "agent", "days": 1, "asked": 2, "shown": 0, "denied": 1}
    ]
    assert counted(found["users"]["active"]) == {"Usuário": 1}
    assert (found["users"]["headcount"], found["operations"]) == (500, {"events": []})


def test_only_the_months_events_count() -> None:
    happen(make_user(), Kind.INTENT)
    assert prepare(month=date(2026, 1, 1)).figures["behaviour"]["accounts"] == []
    assert [figures.following(date(2026, month, 1)) for month in (1, 11, 12)] == [
        date(2026, 2, 1), date(2026, 12, 1), date(2027, 1, 1),
    ]  # fmt: skip


def test_preparing_again_counts_again_and_keeps_what_the_agency_wrote() -> None:
    focal, report = make_user(role=Role.FOCAL_POINT), prepare()
    client = doors.session(focal)
    client.post(f"/relatorios/{report.pk}/observacoes/", {"users": "Um agente em licença.", "behaviour": " "})
    happen(make_user(), Kind.INTENT)
    client.post("/relatorios/preparar/", {"mes": f"{this_month():%Y-%m}"})
    again = MonthlyReport.objects.get()
    assert again.remarks == {"users": "Um agente em licença.", "operations": "", "behaviour": ""}
    assert counted(again.figures["behaviour"]["events"])["Pedido de consulta"] == 1


def test_signing_keeps_the_digest_of_what_was_seen_in_the_audit_and_the_report_changes_no_more() -> None:
    report, user = past(prepare()), make_user(role=Role.CORREGEDOR)
    client = doors.session(user)
    assert report.digest in client.get(f"/relatorios/{report.pk}/").content.decode()
    client.post(f"/relatorios/{report.pk}/assinar/", {"digest": report.digest})

    signed = MonthlyReport.objects.get()
    assert (signed.signed_by, signed.sha256, signed.sha256) == (user, signed.digest, report.digest)
    [event] = [each for each in recorded(Kind.MONTHLY_REPORT) if each.action == "report.sign"]
    assert event.detail["sha256"] == report.digest
    client.post(f"/relatorios/{report.pk}/observacoes/", {"users": "Tarde demais."})
    with pytest.raises(making.AlreadySigned):
        making.prepare(agency=report.agency, month=report.month, by=make.BY)
    for change in (lambda: MonthlyReport.objects.update(remarks={}), lambda: MonthlyReport.objects.all().delete()):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()
    assert MonthlyReport.objects.get().digest == report.digest


def test_what_changed_since_it_was_read_is_not_signed() -> None:
    report = past(prepare())
    seen, client = report.digest, doors.session(make_user(role=Role.CORREGEDOR))
    client.post(f"/relatorios/{report.pk}/observacoes/", {"users": "Mais uma linha."})
    answer = client.post(f"/relatorios/{report.pk}/assinar/", {"digest": seen}, follow=True)
    assert "mudou depois de aberto" in answer.content.decode()
    assert not MonthlyReport.objects.get().is_signed


def test_a_month_that_is_not_over_is_not_signed_nor_anything_without_a_fresh_code() -> None:
    report, user = prepare(), make_user(role=Role.CORREGEDOR)
    with pytest.raises(making.NotOver):
        making.sign(report=report, digest=report.digest, user=user, by=make.BY)
    stale = doors.session(user, elevated=False).post(f"/relatorios/{report.pk}/assinar/", {"digest": report.digest})
    assert stale.url.startswith("/confirmar/")


def test_the_coordination_reads_every_report_and_writes_in_none() -> None:
    report = past(prepare())
    client = doors.session(make.make_coordinator())
    assert client.get(f"/relatorios/{report.pk}/").status_code == 200
    assert client.post(f"/relatorios/{report.pk}/observacoes/", {"users": "x"}).status_code == 403
    assert client.post(f"/relatorios/{report.pk}/assinar/", {"digest": report.digest}).status_code == 403
    other = doors.session(make_user(role=Role.FOCAL_POINT, agency=make_agency("PP-SE")))
    assert other.get(f"/relatorios/{report.pk}/").status_code == 404


def test_the_files_leave_with_their_digest_in_the_audit_and_formulas_stay_texts() -> None:
    report, client = prepare(), doors.session(make_user(role=Role.FOCAL_POINT))
    client.post(f"/relatorios/{report.pk}/observacoes/", {"users": "=1+1"})
    kinds = ["xlsx", *(["pdf"] if pdf.is_available() else [])]
    files = {kind: client.get(f"/relatorios/{report.pk}/arquivo.{kind}").content for kind in kinds}
    told = {event.action: event.detail.get("sha256") for event in recorded(Kind.MONTHLY_REPORT)}
    assert {kind: told[f"report.{kind}"] for kind in kinds} == {
        kind: hashlib.sha256(content).hexdigest() for kind, content in files.items()
    }
    book = openpyxl.load_workbook(io.BytesIO(files["xlsx"]))
    assert book.sheetnames == ["Relatório", "I Usuários", "II Operações", "III Comportamento"]
    [cell] = [cell for row in book["I Usuários"] for cell in row if cell.value == "=1+1"]
    assert cell.data_type == "s"
    assert all(files["pdf"].startswith(b"%PDF") for kind in kinds if kind == "pdf")


def test_the_second_scope_says_plainly_that_there_is_no_operation() -> None:
    page = doors.session(make.make_coordinator()).get(f"/relatorios/{prepare().pk}/").content.decode()
    assert "Nenhuma operação registrada na plataforma neste mês" in page


def test_each_month_the_last_ones_reports_are_prepared_once_for_open_agencies() -> None:
    before = timezone.make_aware(datetime(2020, 1, 1))
    for name in ("PP-AL", "PP-SE"):
        Agency.objects.filter(pk=make_agency(name).pk).update(created_at=before)
    Agency.objects.filter(acronym="PP-SE").update(suspended_at=before)
    make_agency("PP-RN")  # born this month: it has nothing to report of the last
    assert [making.prepare_due(by=make.BY), making.prepare_due(by=make.BY)] == [1, 0]
    [made] = MonthlyReport.objects.all()
    assert (made.agency.acronym, figures.following(made.month)) == ("PP-AL", this_month())


def test_the_balance_sums_each_agencys_month() -> None:
    first, second = make_user(), make_user()
    happen(first, Kind.INTENT, Kind.INTENT)
    happen(second, Kind.INTENT)
    happen(make_user(agency=make_agency("PP-SE")), Kind.DENIED)
    rows = {row["agency"]: row for row in figures.of_platform(this_month())}
    assert (rows["PP-AL"]["accounts"], rows["PP-AL"]["asked"], rows["PP-SE"]["denied"]) == (2, 3, 1)
    page = doors.session(make.make_coordinator()).get("/balanco/").content.decode()
    assert "não entregue" in page
    assert doors.session(make.make_coordinator()).get("/balanco/?mes=2099-01").status_code == 422


def test_a_notice_is_shown_to_everybody_from_its_beginning_to_its_end_or_withdrawal() -> None:
    admin, agent, now = make.make_coordinator(), make_user(), timezone.localtime()
    given = {"title": "Manutenção", "text": "Domingo, das 2h às 4h.", "since": f"{now:%Y-%m-%dT%H:%M}"}
    client = doors.session(admin)
    assert client.post("/avisos-do-sistema/", {**given, "until": given["since"]}).status_code == 422
    client.post("/avisos-do-sistema/", {**given, "until": f"{now + timedelta(days=1):%Y-%m-%dT%H:%M}"})
    later = now + timedelta(hours=2)
    coming = {**given, "title": "Ainda não", "since": f"{later:%Y-%m-%dT%H:%M}"}
    client.post("/avisos-do-sistema/", {**coming, "until": f"{later + timedelta(days=1):%Y-%m-%dT%H:%M}"})
    reader = doors.session(agent)
    page = reader.get("/inicio/").content.decode()
    assert ("Manutenção" in page, "Ainda não" in page) == (True, False)
    [published, *_] = [event.detail["notice"] for event in recorded(Kind.NOTICE_CHANGED)]
    client.post(f"/avisos-do-sistema/{published}/retirar/")
    assert "Manutenção" not in reader.get("/inicio/").content.decode()
