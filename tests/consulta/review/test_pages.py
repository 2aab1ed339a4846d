"""The queue, a pair, the verdict: what is shown, to whom, and what the audit has of it."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client, override_settings

from audit.events import Kind
from audit.recorder import AuditUnavailable
from credentialing.roles import Role
from registry.models import Judgement, Record, Review, Verdict, Vote
from tests import doors
from tests.consulta.review.conftest import MakeReviewer
from tests.events import recorded
from tests.factories.credentialing import make_purpose, make_user
from tests.factories.registry import (
    make_client,
    make_custody,
    make_judgement,
    make_lawyer,
    make_link,
    make_origin,
    make_prisoner,
    make_review,
    make_unit,
    make_visitor,
)

pytestmark = pytest.mark.usefixtures("committed")


def strip(page: str) -> str:
    """The text of a page, its spaces made one."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", page))


def judge(client: Client, review: Review, verdict: str, **more: str) -> str:
    """Open a pair and send a verdict; where it leads."""
    return client.post(f"/duplicatas/{review.pk}/voto/", {"verdict": verdict, "seen": seen(client, review), **more})[
        "Location"
    ]


def seen(client: Client, review: Review) -> str:
    page = client.get(f"/duplicatas/{review.pk}/").content.decode()
    found = re.search(r'name="seen" value="([^"]+)"', page)
    assert found, strip(page)
    return found[1]


def test_the_queue_says_nothing_of_whom_it_is_about(ana: Client) -> None:
    review = make_review(make_prisoner(name="ANTÔNIO DE SOUZA"))
    page = ana.get("/duplicatas/").content.decode()
    assert f"/duplicatas/{review.pk}/" in page
    assert "SOUZA" not in page.upper()
    intent, disclosure = recorded(Kind.INTENT, Kind.DISCLOSURE)
    assert (intent.action, disclosure.intent, disclosure.subjects) == ("reviews", intent.pk, [])


def test_the_queue_counts_and_narrows(ana: Client) -> None:
    make_review()
    make_review(cause="veto", vetoes=["sex"])
    make_review(cause="sample", score=30.0)
    text = strip(ana.get("/duplicatas/").content.decode())
    assert "3 pares" in text
    assert "Amostra" not in text
    assert "1 par" in strip(ana.get("/duplicatas/?motivo=veto").content.decode())
    assert "1 par" in strip(ana.get("/duplicatas/?motivo=refused").content.decode())
    assert "Nenhum par com esses filtros" in strip(ana.get("/duplicatas/?uf=RR").content.decode())


def test_an_empty_queue_says_so(ana: Client) -> None:
    assert "Nenhum par à espera" in strip(ana.get("/duplicatas/").content.decode())
    led = ana.post("/duplicatas/proximo/")
    assert led["Location"] == "/duplicatas/"


def test_a_pair_shows_both_records_and_what_differs(ana: Client) -> None:
    a = make_prisoner(name="JOSÉ CARLOS DA SILVA", mother_name="MARIA DA SILVA", birth_date=date(1990, 5, 17))
    b = make_prisoner(
        name="JOSE CARLOS DA SYLVA",
        mother_name="",
        birth_date=date(1990, 5, 11),
        origin=make_origin("PE"),
        marital_status="SOLTEIRO",
    )
    page = ana.get(f"/duplicatas/{make_review(a, b, vetoes=['sex']).pk}/").content.decode()
    assert "DA S<mark>I</mark>LVA" in page
    assert "DA S<mark>Y</mark>LVA" in page
    assert "17/05/1990".replace("7", "<mark>7</mark>", 1) in page
    text = strip(page)
    for expected in ("Os sexos são diferentes.", "só em um", "Ponto de partida", "muito parecido", "−8,0"):
        assert expected in text, expected
    assert "Solteiro" in text or "SOLTEIRO" in text


def test_a_pair_shows_lives_and_links_of_both(ana: Client) -> None:
    a, b = make_prisoner(), make_prisoner(origin=make_origin("PE"))
    since = datetime(2026, 1, 1, tzinfo=UTC)
    make_custody(prisoner=a, started_at=since, unit=make_unit(name="PRESÍDIO DE A", origin=a.origin))
    make_custody(prisoner=b, started_at=since + timedelta(days=30), ended_at=since + timedelta(days=60))
    common = make_visitor(name="VERA EM COMUM")
    make_link(prisoner=a, visitor=common)
    make_link(prisoner=b, visitor=make_visitor(name="VERA EM COMUM", person=common.person, origin=b.origin))
    make_link(prisoner=b, visitor=make_visitor(name="OUTRA PESSOA", origin=b.origin))
    lawyer = make_lawyer()
    make_client(prisoner=a, lawyer=lawyer)
    text = strip(ana.get(f"/duplicatas/{make_review(a, b).pk}/").content.decode())
    for expected in (
        "Presos em dois lugares ao mesmo tempo.",
        "30 dias em unidades diferentes",
        "em comum Vera",
        "Outra Pessoa",
        "Clara Advogada Teste",
        "Exige dois revisores",
        "Um dos dois está sob custódia agora.",
    ):
        assert expected in text, expected
    disclosure = recorded(Kind.DISCLOSURE)[-1]
    assert {a.home.public_id, b.home.public_id, common.person.public_id, lawyer.person.public_id} <= set(
        disclosure.subjects
    )


def test_nothing_is_shown_before_the_audit_has_it(ana: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    review = make_review(make_prisoner(name="ANTÔNIO DE SOUZA"))

    def refuse(*args: object, **kwargs: object) -> None:
        raise AuditUnavailable

    monkeypatch.setattr("consulta.rendering.disclose", refuse)
    answer = ana.get(f"/duplicatas/{review.pk}/")
    assert answer.status_code == 503
    assert "SOUZA" not in answer.content.decode()


def test_the_cpf_shows_only_the_digits_that_differ(ana: Client) -> None:
    a, b = make_prisoner(cpf="10000000108"), make_prisoner(cpf="10000000299")
    text = strip(ana.get(f"/duplicatas/{make_review(a, b).pk}/").content.decode())
    assert "•••.•••.••1-08" in text
    assert "•••.•••.••2-99" in text
    same = strip(ana.get(f"/duplicatas/{make_review(a, make_prisoner(cpf='10000000108')).pk}/").content.decode())
    assert "10000000108" not in same
    assert "100.•••.•••-08" in same


def test_a_verdict_leads_to_the_next_pair_and_the_audit_has_it(ana: Client) -> None:
    first, second = make_review(impact=5), make_review(impact=1)
    assert ana.post("/duplicatas/proximo/")["Location"] == f"/duplicatas/{first.pk}/"
    assert judge(ana, first, "same", note="mesma assinatura") == f"/duplicatas/{second.pk}/"
    vote = Vote.objects.get()
    assert (vote.verdict, vote.voter, vote.note) == ("same", "user:ana", "mesma assinatura")
    assert 0 <= vote.seconds < 60  # type: ignore[operator]
    assert Judgement.objects.standing().get(judge__startswith="user:").judge == "user:ana"
    assert [e.action for e in recorded(Kind.JUDGED)] == ["review.vote", "judgement.same"]
    assert "Voto gravado: mesma pessoa." in strip(ana.get(f"/duplicatas/{second.pk}/").content.decode())


def test_a_reviewer_who_contradicts_another_judgement_is_warned(ana: Client, bia: Client) -> None:
    a, b = make_prisoner(), make_prisoner()
    third = make_prisoner(person=a.person)
    make_judgement(a, third, score=20.0)
    make_judgement(third, b, verdict=Verdict.DIFFERENT, judge="user:antes")
    review = make_review(a, b)
    for client in (ana, bia):
        judge(client, review, "same")
    assert "contradiz outros e ainda não vale" in strip(bia.get("/duplicatas/").content.decode())


def test_filters_go_with_the_reviewer(ana: Client) -> None:
    make_review(impact=9)
    pairs = [make_review(cause="veto", impact=n) for n in (2, 1)]
    assert ana.post("/duplicatas/proximo/", {"fila": "motivo=veto"})["Location"] == (
        f"/duplicatas/{pairs[0].pk}/?motivo=veto"
    )
    assert judge(ana, pairs[0], "unsure", fila="motivo=veto") == f"/duplicatas/{pairs[1].pk}/?motivo=veto"
    assert judge(ana, pairs[1], "unsure", fila="motivo=veto") == "/duplicatas/?motivo=veto"


def test_another_reviewer_is_told_that_the_pair_is_taken(ana: Client, bia: Client) -> None:
    review = make_review(make_prisoner(name="ANTÔNIO DE SOUZA"))
    seen(ana, review)
    answer = bia.get(f"/duplicatas/{review.pk}/")
    assert answer.status_code == 409
    assert "Outro revisor está com este par." in strip(answer.content.decode())
    assert "SOUZA" not in answer.content.decode()
    ana.post(f"/duplicatas/{review.pk}/sair/")
    assert bia.get(f"/duplicatas/{review.pk}/").status_code == 200


def test_the_second_reviewer_does_not_see_what_the_first_said(ana: Client, bia: Client) -> None:
    review = make_review(vetoes=["twins"])
    page = bia.get(f"/duplicatas/{review.pk}/").content.decode()
    bia.post(f"/duplicatas/{review.pk}/sair/")
    judge(ana, review, "same", note="observação da primeira")
    after = bia.get(f"/duplicatas/{review.pk}/").content.decode()
    assert body(page) == body(after)
    assert "ana" not in strip(body(after)).split()


def body(page: str) -> str:
    """The page without what differs from one look to the next: tokens, receipt, number of the request, seconds left."""
    return re.sub(r'data-session-\w+="\d+"|value="[^"]{40,}"|X-CSRFToken[^}]*|[0-9a-f]{8}-[0-9a-f-]{27}', "", page)


def test_a_pair_that_changed_meanwhile_is_shown_again(ana: Client) -> None:
    review = make_review()
    token = seen(ana, review)
    Record.objects.filter(pk=review.a_id).update(name="OUTRO NOME")
    answer = ana.post(f"/duplicatas/{review.pk}/voto/", {"verdict": "same", "seen": token}, follow=True)
    assert answer.redirect_chain == [(f"/duplicatas/{review.pk}/", 302)]
    text = strip(answer.content.decode())
    assert "O par mudou enquanto estava na tela. Seu voto não foi gravado" in text
    assert "OUTRO NOME" in text
    assert not Vote.objects.exists()


def test_a_token_of_another_pair_or_reviewer_is_refused(ana: Client, bia: Client) -> None:
    first, second = make_review(), make_review()
    token = seen(ana, first)
    for client, review in ((bia, first), (ana, second)):
        answer = client.post(f"/duplicatas/{review.pk}/voto/", {"verdict": "same", "seen": token}, follow=True)
        assert "A página estava vencida" in strip(answer.content.decode())
    assert not Vote.objects.exists()


def test_a_skipped_pair_comes_back_with_the_queue(ana: Client) -> None:
    first, second = make_review(impact=5), make_review(impact=1)
    ana.post("/duplicatas/proximo/")
    assert ana.post(f"/duplicatas/{first.pk}/pular/")["Location"] == f"/duplicatas/{second.pk}/"
    assert ana.post(f"/duplicatas/{second.pk}/pular/")["Location"] == "/duplicatas/"
    ana.get("/duplicatas/")
    assert ana.post("/duplicatas/proximo/")["Location"] == f"/duplicatas/{first.pk}/"


def test_undoing_shows_the_pair_again(ana: Client) -> None:
    first, second = make_review(impact=5), make_review(impact=1)
    judge(ana, first, "same")
    answer = ana.post("/duplicatas/desfazer/", {"atual": str(second.pk)}, follow=True)
    assert answer.redirect_chain == [(f"/duplicatas/{first.pk}/", 302)]
    assert "Voto desfeito." in strip(answer.content.decode())
    with override_settings(REVIEW_UNDO_MINUTES=1):
        answer = ana.post("/duplicatas/desfazer/", {"atual": str(second.pk)}, follow=True)
    assert "Não há voto seu que ainda possa ser desfeito." in strip(answer.content.decode())


def test_an_agent_does_not_judge_and_the_attempt_is_recorded() -> None:
    review, user = make_review(), make_user(role=Role.AGENT)
    agent = doors.session(user, make_purpose(user))
    assert agent.get(f"/duplicatas/{review.pk}/").status_code == 403
    assert agent.post(f"/duplicatas/{review.pk}/voto/", {"verdict": "same"}).status_code == 403
    assert [e.action for e in recorded(Kind.DENIED)] == ["review", "review"]
    assert "Duplicatas" not in agent.get("/busca/").content.decode()


def test_without_a_purpose_the_way_leads_to_declaring_one() -> None:
    review = make_review()
    client = doors.session(make_user(role=Role.IDENTITY_REVIEWER))
    for answer in (client.get(f"/duplicatas/{review.pk}/"), client.post("/duplicatas/proximo/")):
        assert answer["Location"].startswith("/finalidade/")


@pytest.mark.parametrize("verdict", list(Verdict))
def test_a_reviewer_needs_no_script(make_reviewer: MakeReviewer, verdict: Verdict) -> None:
    review, client = make_review(), make_reviewer("sem.script")
    page = client.get(f"/duplicatas/{review.pk}/").content.decode()
    assert f'name="verdict" value="{verdict}"' in page
    judge(client, review, verdict)
    assert Judgement.objects.standing().get(judge__startswith="user:").verdict == verdict
