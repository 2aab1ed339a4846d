"""Follows: a second person approves, news comes once, the term ends it, and the right person stays followed."""

import re
from datetime import date, time, timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from audit.events import Kind
from consulta.models import Follow, FollowState, Notice, NoticeSettings
from consulta.work.follows import digest, watching
from credentialing.models import Purpose
from credentialing.roles import Role
from tests import doors
from tests.events import recorded
from tests.factories.credentialing import make_agency, make_user
from tests.factories.registry import make_movement, make_prisoner, make_visit, make_visitor
from tests.registry.selectors.search.indexing import index
from tests.registry.test_sealing import seal

pytestmark = pytest.mark.usefixtures("committed")

TERMS = {
    "kinds": ["movement", "visit", "match", "release", "death"],
    "since": f"{timezone.localdate():%Y-%m-%d}",
    "until": f"{timezone.localdate() + timedelta(days=90):%Y-%m-%d}",
    "most_days": "30",
    "basis": "Inquérito 123/2026",
    "reason": "Alvo de investigação em curso, autorizada.",
}


@pytest.fixture
def manager(committed: None) -> Client:
    """The regional manager of the agents' agency."""
    return doors.session(make_user(role=Role.REGIONAL_MANAGER))


def _ask(agent: Client, record: Any, **terms: Any) -> Follow:
    answer = agent.post(f"/pessoas/{record.person.public_id}/acompanhar/", {**TERMS, **terms})
    assert answer.status_code == 302, answer.content.decode()
    return Follow.objects.latest("asked_at")


def _approve(manager: Client, follow: Follow, decision: str = "aprovar", **given: str) -> None:
    manager.post(f"/aprovacoes/acompanhamentos/{follow.pk}/", {"decision": decision, **given})


def _recent(**fields: Any) -> Any:
    return make_movement(occurred_at=timezone.now() - timedelta(hours=3), **fields)


def _told() -> list[str]:
    watching.look()
    return sorted(Notice.objects.values_list("kind", flat=True))


def test_nothing_is_watched_before_a_second_person_approves(agent: Client, manager: Client) -> None:
    record = make_prisoner()
    follow = _ask(agent, record)
    _recent(prisoner=record)
    assert _told() == []
    _approve(manager, follow)
    # What came between asking and approval is what was asked for.
    assert _told() == ["movement"]
    assert [event.action for event in recorded(Kind.WORK_CHANGED)] == ["follow.ask", "follow.approve"]


def test_the_approver_sees_why_and_not_whom(agent: Client, manager: Client) -> None:
    _ask(agent, make_prisoner(name="NOME DO ALVO"))
    page = manager.get("/aprovacoes/").content.decode()
    assert "Inquérito 123/2026" in page
    assert "autorizada" in page
    assert "Nome do Alvo" not in page
    assert "NOME DO ALVO" not in page


def test_reason_and_basis_are_not_readable_in_the_database_or_the_audit(agent: Client) -> None:
    follow = _ask(agent, make_prisoner())
    assert b"autorizada" not in bytes(follow.token)
    [event] = recorded(Kind.WORK_CHANGED)
    assert set(event.detail) == {"follow", "of", "kinds", "since", "until"}


def test_nobody_else_decides(agent: Client, colleague: Client, manager: Client) -> None:
    follow = _ask(agent, make_prisoner())
    elsewhere = doors.session(make_user(role=Role.REGIONAL_MANAGER, agency=make_agency("PP-PE")))
    for client in (agent, colleague, elsewhere):
        _approve(client, follow)
        assert Follow.objects.get().state == FollowState.ASKED
    _approve(manager, follow, "recusar")  # without a reason
    assert Follow.objects.get().state == FollowState.ASKED
    _approve(manager, follow, "recusar", note="Sem fundamento.")
    assert Follow.objects.get().state == FollowState.REFUSED
    _approve(manager, follow)
    assert Follow.objects.get().state == FollowState.REFUSED


def test_each_kind_of_news_comes_once_however_often_one_looks(agent: Client, manager: Client) -> None:
    record = make_prisoner()
    _approve(manager, _ask(agent, record))
    _recent(prisoner=record)
    _recent(prisoner=record, kind="ALVARA")
    _recent(prisoner=record, kind="OBITO")
    make_visit(prisoner=record, entered_at=timezone.now() - timedelta(hours=1))
    assert _told() == ["death", "movement", "release", "visit"]
    assert _told() == ["death", "movement", "release", "visit"]


def test_a_visitor_followed_is_told_by_the_visits_they_make(agent: Client, manager: Client) -> None:
    visitor = make_visitor()
    _approve(manager, _ask(agent, visitor))
    make_visit(visitor=visitor, entered_at=timezone.now() - timedelta(hours=1))
    assert _told() == ["visit"]


def test_what_was_known_or_is_old_or_was_not_asked_for_is_no_news(agent: Client, manager: Client) -> None:
    record = make_prisoner(died_on=date(2026, 11, 20))
    _recent(prisoner=record)
    _approve(manager, _ask(agent, record, kinds=["movement", "death"], most_days="10"))
    make_movement(prisoner=record, occurred_at=timezone.now() - timedelta(days=11))
    make_visit(prisoner=record, entered_at=timezone.now())
    assert _told() == []


def test_a_death_told_by_a_date_alone_is_news(agent: Client, manager: Client) -> None:
    record = make_prisoner()
    _approve(manager, _ask(agent, record))
    record.died_on = timezone.localdate()
    record.save()
    assert _told() == ["death"]


def test_a_merge_is_news_and_the_follow_goes_with_the_person(agent: Client, manager: Client) -> None:
    older, followed = make_prisoner(), make_prisoner()
    _approve(manager, _ask(agent, followed))
    followed.person = older.home
    followed.save()
    _recent(prisoner=older)
    assert _told() == ["match", "movement"]
    page = agent.get("/avisos/")
    assert str(older.home.public_id) in page.content.decode()
    # Undone, the follow is of whom it was asked for.
    followed.person = followed.home
    followed.save()
    _recent(prisoner=older)
    assert _told() == ["match", "movement"]
    _recent(prisoner=followed)
    assert _told() == ["match", "movement", "movement"]


@pytest.mark.parametrize("change", [{"until": date(2026, 1, 2), "since": date(2026, 1, 1)}, {"state": "ended"}])
def test_the_end_of_the_term_stops_it(agent: Client, manager: Client, change: dict[str, Any]) -> None:
    record = make_prisoner()
    _approve(manager, _ask(agent, record))
    Follow.objects.update(**change)
    _recent(prisoner=record)
    assert _told() == []


def test_whoever_may_no_longer_consult_hears_of_nobody(agent: Client, manager: Client, purpose: Purpose) -> None:
    record = make_prisoner()
    _approve(manager, _ask(agent, record))
    purpose.user.role = Role.FOCAL_POINT
    purpose.user.save()
    _recent(prisoner=record)
    assert _told() == []


def test_a_person_sealed_meanwhile_is_no_news_and_has_no_name(agent: Client, manager: Client) -> None:
    record = make_prisoner(name="JOÃO ACOMPANHADO")
    _approve(manager, _ask(agent, record))
    _recent(prisoner=record)
    seal(record)
    assert _told() == []
    page = agent.get("/acompanhamentos/").content.decode()
    assert "João Acompanhado" not in page
    assert str(Follow.objects.get().pk) not in page


def test_of_a_person_sealed_meanwhile_nothing_told_before_is_counted(
    agent: Client, manager: Client, purpose: Purpose
) -> None:
    purpose.user.email = "agente@exemplo.gov.br"
    purpose.user.save()
    agent.post("/avisos/preferencias/", {"every_hours": "1"})
    record = make_prisoner()
    _approve(manager, _ask(agent, record))
    _recent(prisoner=record)
    assert _told() == ["movement"]
    assert re.search(r"Avisos <span[^>]*>1<", agent.get("/ajuda/").content.decode())
    seal(record)
    assert not re.search(r"Avisos <span", agent.get("/ajuda/").content.decode())
    assert digest.send() == 0


def test_a_term_is_at_most_180_days_and_needs_a_reason(agent: Client) -> None:
    address = f"/pessoas/{make_prisoner().person.public_id}/acompanhar/"
    long = {**TERMS, "until": f"{timezone.localdate() + timedelta(days=181):%Y-%m-%d}"}
    for wrong in (long, {**TERMS, "reason": "curto"}, {**TERMS, "basis": ""}, {**TERMS, "kinds": []}):
        assert agent.post(address, wrong).status_code == 422
    assert not Follow.objects.exists()


def test_a_renewal_takes_the_place_of_the_old_one_when_approved(agent: Client, manager: Client) -> None:
    first = _ask(agent, make_prisoner())
    _approve(manager, first)
    agent.post(f"/acompanhamentos/{first.pk}/renovar/", TERMS)
    second = Follow.objects.latest("asked_at")
    assert (second.renews_id, Follow.objects.get(pk=first.pk).state) == (first.pk, FollowState.STANDING)
    _approve(manager, second)
    assert Follow.objects.get(pk=first.pk).state == FollowState.ENDED


def test_who_comes_to_answer_a_search_is_news(agent: Client, manager: Client) -> None:
    make_prisoner(name="ANTÔNIO DE SOUZA", birth_date=date(1990, 1, 1))
    index()
    address = agent.post("/busca/", {"q": "antonio souza"})["Location"]
    agent.post(f"{address}guardar/", {"name": "Antônios"})
    [path] = re.findall(r"/buscas/[0-9a-f-]+/acompanhar/", agent.get("/buscas/").content.decode())
    agent.post(path, TERMS)
    _approve(manager, Follow.objects.get())
    assert _told() == []
    new = make_prisoner(name="ANTÔNIO PEREIRA DE SOUZA")
    index()
    assert _told() == ["answer"]
    assert _told() == ["answer"]
    agent.get("/avisos/")
    assert recorded(Kind.DISCLOSURE)[-1].subjects == [new.person.public_id]


def test_the_inbox_discloses_whom_it_shows_and_counts_what_is_unread(agent: Client, manager: Client) -> None:
    record = make_prisoner(name="JOÃO ACOMPANHADO")
    _approve(manager, _ask(agent, record))
    _recent(prisoner=record)
    watching.look()
    inbox = agent.get("/avisos/").content.decode()
    assert "João Acompanhado" in inbox
    assert re.search(r"Avisos <span[^>]*>1<", inbox)
    assert recorded(Kind.DISCLOSURE)[-1].subjects == [record.person.public_id]
    agent.post("/avisos/lidos/", {"ate": str(Notice.objects.get().pk)})
    assert not Notice.objects.filter(read_at=None).exists()


def test_another_users_notices_are_not_mine(agent: Client, colleague: Client, manager: Client) -> None:
    record = make_prisoner(name="JOÃO ACOMPANHADO")
    follow = _ask(agent, record)
    _approve(manager, follow)
    _recent(prisoner=record)
    watching.look()
    assert "João Acompanhado" not in colleague.get("/avisos/").content.decode()
    assert colleague.post(f"/acompanhamentos/{follow.pk}/encerrar/").status_code == 404
    colleague.post("/avisos/lidos/", {"ate": "999999"})
    assert Notice.objects.filter(read_at=None).exists()


def test_the_email_says_how_many_and_of_nobody(agent: Client, manager: Client, purpose: Purpose) -> None:
    purpose.user.email = "agente@exemplo.gov.br"
    purpose.user.save()
    record = make_prisoner(name="JOÃO ACOMPANHADO")
    _approve(manager, _ask(agent, record))
    _recent(prisoner=record)
    watching.look()
    assert digest.send() == 0  # nobody asked for e-mail
    agent.post("/avisos/preferencias/", {"every_hours": "1"})
    assert (digest.send(), digest.send()) == (1, 0)
    [message] = mail.outbox
    told = f"{message.subject} {message.body}"
    assert "1 aviso novo" in told
    assert not any(word in told.lower() for word in ("joão", "acompanhado ", str(record.person.public_id)))


def test_quiet_hours_hold_the_email_back_and_may_pass_midnight(agent: Client, manager: Client) -> None:
    night = (time(22), time(7))
    assert digest.is_quiet(time(23), *night)
    assert digest.is_quiet(time(6, 59), *night)
    assert not digest.is_quiet(time(7), *night)
    assert not digest.is_quiet(time(12), None, None)
    assert NoticeSettings._meta.get_field("quiet_from").null


def test_the_api_asks_lists_ends_and_tells(program: Client, manager: Client) -> None:
    record = make_prisoner()
    asked = {**TERMS, "person": str(record.person.public_id)}
    made = program.post("/api/v1/follows/", asked, content_type="application/json")
    assert made.status_code == 201
    follow = Follow.objects.get()
    _approve(manager, follow)
    _recent(prisoner=record)
    watching.look()
    [listed] = program.get("/api/v1/follows/").json()["follows"]
    assert (listed["state"], listed["unread"], listed["person"]["id"]) == ("Em vigor", 1, str(record.person.public_id))
    [told] = program.get("/api/v1/notices/").json()["notices"]
    assert (told["kind"], told["unread"]) == ("movement", True)
    assert program.delete(f"/api/v1/follows/{follow.pk}/").status_code == 204
    assert Follow.objects.get().state == FollowState.ENDED


def test_a_follow_that_fails_does_not_keep_the_others_from_being_told(
    agent: Client, manager: Client, caplog: pytest.LogCaptureFixture
) -> None:
    address = agent.post("/busca/", {"q": "antonio souza"})["Location"]
    agent.post(f"{address}guardar/", {"name": "Antônios"})
    [path] = re.findall(r"/buscas/[0-9a-f-]+/acompanhar/", agent.get("/buscas/").content.decode())
    agent.post(path, TERMS)
    broken = Follow.objects.get()
    _approve(manager, broken)
    Follow.objects.filter(pk=broken.pk).update(token=b"damaged")
    record = make_prisoner()
    _approve(manager, _ask(agent, record))
    _recent(prisoner=record)
    assert _told() == ["movement"]
    assert "DecryptionError" in caplog.text
