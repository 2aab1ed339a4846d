"""The pages of findings: counts without a disclosure, keys and evidence only after the audit, treatment, history."""

import pytest
from django.test import Client

from audit.events import Kind, system
from audit.recorder import AuditUnavailable
from registry.models import Finding, FindingStatus, PendingCheck, Record
from registry.services import findings
from tests.events import recorded
from tests.factories import registry as make
from tests.factories.ingestion import State, make_source

pytestmark = pytest.mark.django_db(databases=["default", "audit"])

QUALITY = "/conectores/AL/qualidade/"
NAME = "JOÃO BATISTA TESTE"


@pytest.fixture
def finding(state: State) -> Finding:
    """Held in Alagoas and in Pernambuco at once."""
    make_source(state)
    here, there = (
        make.make_prisoner(origin_key="AL-77"),
        make.make_prisoner(origin=make.make_origin("PE"), origin_key="PE-88"),
    )
    Record.objects.filter(pk=there.pk).update(person=here.person)
    make.make_custody(prisoner=here)
    make.make_custody(prisoner=there)
    PendingCheck.objects.bulk_create(PendingCheck(record_id=one.pk) for one in (here, there))
    findings.check(by=system("test"))
    return Finding.objects.get(rule="custody.two_states")


def text_of(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def of_rule(finding: Finding) -> str:
    return f"/conectores/AL/achados/{finding.rule}/"


def of(finding: Finding) -> str:
    return f"/conectores/AL/achados/{finding.pk}/"


def test_the_quality_page_counts_findings_and_shows_no_record(technician: Client, finding: Finding) -> None:
    page = text_of(technician, QUALITY)

    assert "Presa em dois estados ao mesmo tempo" in page
    assert "AL-77" not in page
    assert recorded(Kind.DISCLOSURE) == []


def test_a_state_without_findings_is_told_so(technician: Client, state: State) -> None:
    make_source(state)
    assert "Nenhum achado" in text_of(technician, QUALITY)


def test_a_rule_s_page_has_the_state_s_own_keys_and_of_others_only_the_state(
    technician: Client, finding: Finding
) -> None:
    page = text_of(technician, of_rule(finding))

    assert "AL-77" in page
    assert "PE-88" not in page
    assert "<td>PE</td>" in page
    assert NAME not in page


def test_what_is_shown_is_in_the_audit_before_the_page_leaves(technician: Client, finding: Finding) -> None:
    for address, asked in ((of_rule(finding), "rule"), (of(finding), "finding")):
        response = technician.get(address)
        intent, disclosure = recorded(Kind.INTENT)[-1], recorded(Kind.DISCLOSURE)[-1]
        assert asked in intent.detail["asked"]
        assert disclosure.detail["findings"] == [finding.pk]
        assert response["X-Receipt"] == str(disclosure.receipt)
        assert "AL-77" not in str(disclosure.detail)


def test_nothing_leaves_when_the_audit_does_not_commit(
    technician: Client, finding: Finding, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(event: object) -> int:
        raise AuditUnavailable

    monkeypatch.setattr("ingestion.screens.disclosure.recorder.record_now", refuse)
    response = technician.get(of_rule(finding))
    assert response.status_code == 503
    assert "AL-77" not in response.content.decode()


def test_treating_a_finding_joins_its_history(technician: Client, finding: Finding) -> None:
    given = {"situacao": "acknowledged", "responsavel": "Setor de cadastro", "nota": "Ofício enviado ao outro estado."}

    page = technician.post(f"{of(finding)}tratar/", given, follow=True).content.decode()

    for text in ("Situação do achado registrada", "Em tratamento", "Setor de cadastro", "Ofício enviado"):
        assert text in page
    finding.refresh_from_db()
    assert finding.status == FindingStatus.ACKNOWLEDGED
    assert len(recorded(Kind.FINDING_TREATED)) == 1


def test_a_dismissal_without_its_reason_is_asked_for_it(technician: Client, finding: Finding) -> None:
    response = technician.post(f"{of(finding)}tratar/", {"situacao": "dismissed"})

    assert response.status_code == 422
    assert "Diga por que o achado é descartado." in response.content.decode()
    finding.refresh_from_db()
    assert finding.status == FindingStatus.OPEN


def test_dismissed_findings_are_found_by_their_status(technician: Client, finding: Finding) -> None:
    technician.post(f"{of(finding)}tratar/", {"situacao": "dismissed", "nota": "Recambiado ontem."})

    assert "AL-77" not in text_of(technician, of_rule(finding))
    assert "AL-77" in text_of(technician, f"{of_rule(finding)}?situacao=descartados")


def test_a_resolved_finding_is_not_treated(technician: Client, finding: Finding) -> None:
    Finding.objects.update(status=FindingStatus.RESOLVED, closed_at=finding.opened_at)

    page = technician.post(f"{of(finding)}tratar/", {"situacao": "acknowledged"}, follow=True).content.decode()

    assert "já foi resolvido" in page
    assert "Registrar</button>" not in page


def test_a_finding_of_another_state_is_absent_and_leaves_no_trace(technician: Client, finding: Finding) -> None:
    Finding.objects.update(origins=[make.make_origin("PE").pk])
    assert technician.get(of(finding)).status_code == 404
    assert technician.post(f"{of(finding)}tratar/", {"situacao": "open"}).status_code == 404
    assert recorded(Kind.INTENT) == []


def test_the_administration_sees_counts_by_rule_and_state(admin: Client, finding: Finding) -> None:
    page = text_of(admin, "/conectores/achados/")

    assert "Presa em dois estados ao mesmo tempo" in page
    for code in ("AL", "PE"):
        assert f"/conectores/{code}/achados/custody.two_states/" in page
    assert "AL-77" not in page
    assert recorded(Kind.DISCLOSURE) == []


def test_the_list_needs_no_more_queries_for_more_findings(
    admin: Client, finding: Finding, django_assert_max_num_queries: object
) -> None:
    with django_assert_max_num_queries(14):  # type: ignore[operator]
        text_of(admin, of_rule(finding))
