"""The audit's screens: whose events, filtered, page by page, and the reading itself recorded."""

import csv
import hashlib
import io
import uuid
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from audit import files, recorder, selectors
from audit.events import Actor, Channel, Event, Kind, system
from audit.models import AccessEvent
from credentialing.models import User
from credentialing.roles import Role
from tests import doors
from tests.factories.credentialing import make_agency, make_purpose, make_user

# The screens read by the auditor's own connection: only what is committed.
pytestmark = pytest.mark.usefixtures("committed", "as_in_production")


def _did(user: User, kind: Kind = Kind.LOGIN, **fields: Any) -> int:
    actor = Actor(id=user.pk, username=user.username, agency=user.agency.acronym, channel=Channel.PAGE)
    return recorder.record_now(Event(kind=kind, actor=actor, **fields))


def _shown(client: Client, address: str) -> list[int]:
    return [line.event.pk for line in client.get(address).context["lines"]]


def test_a_corregedor_reads_the_own_agency_alone() -> None:
    reader = doors.session(make_user(role=Role.CORREGEDOR, agency=make_agency("PP-AL")))
    own = _did(make_user(agency=make_agency("PP-AL")))
    _did(make_user(agency=make_agency("PP-SP")))
    assert _shown(reader, "/auditoria/") == [own]


def test_the_general_administration_reads_all_agencies_and_background_processes() -> None:
    reader = doors.session(make_user(role=Role.GENERAL_ADMIN))
    one = _did(make_user(agency=make_agency("PP-AL")))
    other = _did(make_user(agency=make_agency("PP-SP")))
    task = recorder.record_now(Event(kind=Kind.LOAD_STARTED, actor=system("load")))
    assert _shown(reader, "/auditoria/") == [task, other, one]


@pytest.mark.parametrize("role", [Role.AGENT, Role.FOCAL_POINT, Role.REGIONAL_MANAGER])
def test_other_profiles_do_not_read_the_agency(role: Role) -> None:
    assert doors.session(make_user(role=role)).get("/auditoria/").status_code == 403


@pytest.mark.parametrize("role", [Role.FOCAL_POINT, Role.REGIONAL_MANAGER, Role.CORREGEDOR, Role.GENERAL_ADMIN])
def test_everyone_reads_what_they_did_themselves_and_nothing_else(role: Role) -> None:
    user = make_user(role=role)
    own = _did(user)
    _did(make_user())
    assert _shown(doors.session(user), "/meus-acessos/") == [own]


def test_reading_is_recorded_with_what_was_read() -> None:
    user = make_user(role=Role.CORREGEDOR)
    read = _did(make_user(username="fulana"))
    doors.session(user).get("/auditoria/?usuario=fulana")
    [event] = selectors.of_all().filter(kind=Kind.AUDIT_READ)
    assert (event.actor_id, event.action) == (user.pk, "events")
    assert event.detail == {"filters": {"username": "fulana"}, "count": 1, "newest": read, "oldest": read}


PERSON, OTHER = uuid.UUID(int=1), uuid.UUID(int=2)


def test_by_the_person_looked_at() -> None:
    reader = doors.session(make_user(role=Role.CORREGEDOR))
    user = make_user()
    seen = _did(user, Kind.DISCLOSURE, action="search", subjects=(OTHER, PERSON))
    _did(user, Kind.DISCLOSURE, action="search", subjects=(OTHER,))
    assert _shown(reader, f"/auditoria/?pessoas={PERSON}") == [seen]


def test_by_the_screen() -> None:
    reader = doors.session(make_user(role=Role.CORREGEDOR))
    opened = _did(make_user(), Kind.INTENT, action="profile")
    _did(make_user(), Kind.INTENT, action="search")
    assert _shown(reader, "/auditoria/?acao=profile") == [opened]


def test_by_the_case_whatever_its_blanks_and_marks_and_never_in_the_address() -> None:
    reader = doors.session(make_user(role=Role.CORREGEDOR))
    user = make_user()
    mine = _did(user, Kind.INTENT, action="search", purpose=make_purpose(user, case_reference="Operação 12/2026").pk)
    _did(user, Kind.INTENT, action="search", purpose=make_purpose(user, case_reference="Operação 13/2026").pk)
    response = reader.post("/auditoria/?evento=intent", {"caso": "OPERAÇÃO 12-2026"})
    assert "2026" not in response.url
    assert _shown(reader, response.url) == [mine]
    assert _shown(reader, reader.post("/auditoria/", {"caso": "IP 99"}).url) == []
    other = doors.session(make_user(role=Role.GENERAL_ADMIN))
    assert other.get(response.url).status_code == 404


def test_a_case_of_another_agency_shows_nothing() -> None:
    stranger = make_user(agency=make_agency("PP-SP"))
    _did(stranger, Kind.INTENT, purpose=make_purpose(stranger, case_reference="IP 12/2026").pk)
    reader = doors.session(make_user(role=Role.CORREGEDOR, agency=make_agency("PP-AL")))
    assert _shown(reader, reader.post("/auditoria/", {"caso": "IP 12/2026"}).url) == []


def test_a_file_holds_what_the_screen_shows_and_is_recorded_before_it_leaves() -> None:
    user = make_user(role=Role.CORREGEDOR)
    reader = doors.session(user)
    _did(
        make_user(username="fulana"),
        Kind.DISCLOSURE,
        action="search",
        subjects=(PERSON,),
        detail={"asked": {"name": "=1"}},
    )
    _did(make_user(agency=make_agency("PP-SP")))
    response = reader.post("/auditoria/exportar/")
    [header, line] = csv.reader(io.StringIO(response.content.decode("utf-8-sig")), delimiter=";")
    read = dict(zip(header, line, strict=True))
    assert (read["usuário"], read["pessoas mostradas"], read["pedido"]) == ("fulana", str(PERSON), "nome: =1")
    assert read["o que fez"] == "Viu 1 pessoa em uma busca."
    event = selectors.of_all().filter(kind=Kind.AUDIT_READ, action="export").get()
    assert (event.actor_id, event.detail["count"]) == (user.pk, 1)
    assert event.detail["sha256"] == hashlib.sha256(response.content).hexdigest()


def test_no_cell_of_a_file_is_a_formula() -> None:
    event = AccessEvent(kind=Kind.LOGIN, actor="=cmd", at=timezone.now(), subjects=[], detail={})
    assert "'=cmd" in files.table([event]).decode()


def test_filters_by_user_kind_and_purpose() -> None:
    reader = doors.session(make_user(role=Role.CORREGEDOR))
    ana, rui = make_user(username="ana"), make_user(username="rui")
    purpose = "0191d2a0-0000-7000-8000-000000000001"
    login, asked = _did(ana), _did(rui, Kind.INTENT, purpose=purpose)
    assert _shown(reader, "/auditoria/?usuario=ANA") == [login]
    assert _shown(reader, "/auditoria/?evento=intent") == [asked]
    assert _shown(reader, f"/auditoria/?finalidade={purpose}") == [asked]


def test_the_reference_code_of_an_answer_leads_to_its_event() -> None:
    reader, agent = doors.session(make_user(role=Role.CORREGEDOR)), doors.session(make_user(role=Role.AGENT))
    _did(make_user())
    code = agent.get("/meus-acessos/")["X-Request-ID"]
    [found] = _shown(reader, f"/auditoria/?requisicao={code}")
    assert str(AccessEvent.objects.using("auditor").get(pk=found).request) == code


def test_filters_by_a_day_of_the_platforms_time_zone() -> None:
    reader = doors.session(make_user(role=Role.CORREGEDOR))
    event = _did(make_user())
    today = timezone.localdate()
    assert _shown(reader, f"/auditoria/?de={today.isoformat()}&ate={today.isoformat()}") == [event]
    assert _shown(reader, f"/auditoria/?ate={(today - timedelta(days=1)).isoformat()}") == []


def test_a_filter_that_is_not_understood_shows_nothing_and_says_so() -> None:
    _did(make_user())
    response = doors.session(make_user(role=Role.CORREGEDOR)).get("/auditoria/?de=ontem")
    assert response.status_code == 422
    assert response.context["lines"] == []
    assert "Informe uma data válida." in response.content.decode()


def test_pages_follow_one_another_without_gap_or_repetition() -> None:
    user = make_user()
    made = [_did(user) for _ in range(7)][::-1]
    events = selectors.of_user(user.pk)
    first = selectors.page(events, size=3)
    second = selectors.page(events, before=first.older, size=3)
    third = selectors.page(events, before=second.older, size=3)
    assert [[event.pk for event in page.events] for page in (first, second, third)] == [made[:3], made[3:6], made[6:]]
    assert (first.newer, third.older) == ("", "")
    back = selectors.page(events, after=third.newer, size=3)
    assert [event.pk for event in back.events] == made[3:6]
    assert selectors.page(events, after=back.newer, size=3).newer == ""


@pytest.mark.parametrize("cursor", ["x", "1", "1-", "-1", "1-x", "9" * 30 + "-1"])
def test_a_made_up_cursor_is_not_found(cursor: str) -> None:
    client = doors.session(make_user(role=Role.CORREGEDOR))
    assert client.get("/auditoria/", {"antes": cursor}).status_code == 404


def test_the_screen_is_written_in_sentences() -> None:
    reader = doors.session(make_user(role=Role.CORREGEDOR))
    _did(make_user(), Kind.DENIED, action="search", detail={"asked": {"name": "Fulana Inventada"}})
    content = reader.get("/auditoria/").content.decode()
    assert "Tentou abrir uma busca de pessoas sem ter permissão." in content
    assert "Fulana Inventada" in content


def test_who_saw_a_person_under_any_of_their_ids() -> None:
    reader = doors.session(make_user(role=Role.CORREGEDOR, agency=make_agency("PP-AL")))
    agent, person, once, other = make_user(agency=make_agency("PP-AL")), uuid4(), uuid4(), uuid4()
    seen = _did(agent, Kind.DISCLOSURE, subjects=(other, person))
    before = _did(agent, Kind.DISCLOSURE, subjects=(once,))
    _did(agent, Kind.DISCLOSURE, subjects=(other,))
    _did(make_user(agency=make_agency("PP-SP")), Kind.DISCLOSURE, subjects=(person,))
    assert _shown(reader, f"/auditoria/?pessoas={person},{once}") == [before, seen]
    [read] = selectors.of_all().filter(kind=Kind.AUDIT_READ)
    assert read.detail["filters"] == {"persons": f"{person}, {once}"}


def test_a_person_that_is_no_code_is_told_so() -> None:
    reader = doors.session(make_user(role=Role.CORREGEDOR))
    answer = reader.get("/auditoria/", {"pessoas": "João"})
    assert answer.status_code == 422
    assert "Informe o código da pessoa" in answer.content.decode()
