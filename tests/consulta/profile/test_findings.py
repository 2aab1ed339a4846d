"""The card of findings: what it says, of whom, and what it does not show."""

from typing import Any

import pytest
from django.test import Client

from audit.events import Kind, system
from consulta.profile import cards
from registry.models import Finding, FindingStatus, PendingCheck, Record
from registry.scope import Scope
from registry.selectors.people.findings import findings as selector
from registry.selectors.people.subject import open_subject
from registry.services import findings
from tests.events import recorded
from tests.factories import registry as make

pytestmark = pytest.mark.django_db(databases=["default", "audit"])


def check() -> None:
    PendingCheck.objects.bulk_create(PendingCheck(record_id=pk) for pk in Record.objects.values_list("pk", flat=True))
    findings.check(by=system("test"))


def text_of(client: Client, record: Record) -> str:
    answer = client.get(f"/pessoas/{record.person.public_id}/achados/")
    assert answer.status_code == 200
    return answer.content.decode()


def shared_cpf() -> tuple[Record, Record]:
    cpf = make.make_cpf()
    pair = make.make_prisoner(cpf=cpf), make.make_visitor(cpf=cpf, name="OUTRA FICTÍCIA", origin=make.make_origin("PE"))
    check()
    return pair


def test_says_what_was_found_by_whom_and_about_whom_else(agent: Client) -> None:
    he, she = shared_cpf()

    page = text_of(agent, he)

    for text in ("O mesmo CPF em duas pessoas", "pessoas com o mesmo CPF: 2", ">AL<", ">PE<", "Outra Fictícia"):
        assert text in page
    assert he.cpf not in page
    shown = recorded(Kind.DISCLOSURE)[-1]
    assert list(shown.subjects) == [he.person.public_id, she.person.public_id]


def test_says_that_nothing_was_found(agent: Client) -> None:
    he = make.make_prisoner()
    check()
    assert "Nenhum achado" in text_of(agent, he)


def test_says_that_news_wait_for_a_check(agent: Client) -> None:
    he = make.make_prisoner()
    PendingCheck.objects.create(record_id=he.pk)
    page = text_of(agent, he)
    assert "ainda vão verificá-los" in page
    assert "Nenhum achado" not in page


def test_a_dismissed_finding_is_not_shown(agent: Client) -> None:
    he, _ = shared_cpf()
    findings.treat(
        finding=Finding.objects.get(), status=FindingStatus.DISMISSED, owner="", note="Conferido.", by=system("test")
    )
    assert "Nenhum achado" in text_of(agent, he)


def test_a_finding_about_a_lawyer_is_hidden_with_the_lawyers() -> None:
    lawyer, held = make.make_lawyer(), make.make_prisoner()
    Record.objects.filter(pk=lawyer.pk).update(person=held.person)
    make.make_custody(prisoner=held)
    check()

    def rules(scope: Scope) -> list[str]:
        subject = open_subject(held.person.public_id, scope)
        assert subject is not None
        return [row.rule for row in selector(subject, scope, limit=10).rows]

    assert rules(Scope(lawyers=True)) == ["visits.lawyer_in_custody"]
    assert rules(Scope(lawyers=False)) == []


def test_the_card_fails_alone(agent: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    he = make.make_prisoner(name="JOSÉ FICTÍCIO")

    def broken(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError

    card = cards.CARDS["achados"]
    monkeypatch.setitem(cards.CARDS, "achados", cards.Card(**{**vars(card), "read": broken}))
    answer = agent.get(f"/pessoas/{he.person.public_id}/")
    assert answer.status_code == 200
    assert "JOSÉ FICTÍCIO" in answer.content.decode()
    assert "achados" not in recorded(Kind.DISCLOSURE)[-1].detail["fields"]
