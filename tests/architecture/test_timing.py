"""The time an answer takes tells nothing: of whom one may not see, the same work is done as of who does not exist.

A clock shows what is done before an answer. So each question is put three times: before the person exists, while they
may be seen, and once they are hidden. The statements sent to the databases, the audit's among them, must be those of
the first time, one by one and in order; and others while the person may be seen, or the question has no teeth.
"""

import difflib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from pprint import pformat
from typing import Any, Final

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from consulta.work.folders import keeping
from credentialing.actors import from_terminal
from credentialing.models import Activity, Purpose
from registry.models import Person, Prisoner, Record
from registry.services import crossing, photos, search_documents
from tests import doors
from tests.architecture.kept import JSON, REASON, batches
from tests.architecture.test_seals import CARDS, NOBODY, picture, posted, seal
from tests.factories import registry as make
from tests.factories.credentialing import make_purpose, make_user
from tests.statements import watched

pytestmark = pytest.mark.django_db(databases=["default", "audit"])

NAME: Final = "ZULMIRO QUIXERAMOBIM TESTE"
MOTHER: Final = "GERTRUDES QUIXERAMOBIM"
CPF: Final = make.make_cpf(77)
NEAR_CPF: Final = f"{CPF[:4]}{(int(CPF[4]) + 1) % 10}{CPF[5:]}"
RJI, MARK = "99000000142", "ÂNCORA AZUL"
SEARCHES: Final = (
    {"q": NAME}, {"q": "zulm"}, {"q": "zulmro quixeramobin"}, {"q": "zulmiroquixeramobin"}, {"q": CPF}, {"q": NEAR_CPF},
    {"q": RJI}, {"q": f"{NAME} maria"}, {"mother": MOTHER, "birth": "1971"}, {"document": CPF},
)  # fmt: skip
LINES: Final = [{"name": NAME}, {"mother": MOTHER}, {"document": CPF}, {"name": "ZULMRO QUIXERAMOBIN"}]
MISSING: Final = {"name": NAME, "sex": "M", "age": "55", "marks": "âncora azul"}
FOLLOW: Final = {"kinds": ["movement"], "most_days": 30, "basis": "IP 1/2026", "reason": REASON}
Question = tuple[str, Callable[[], object]]


@dataclass
class Known:
    """What is asked by: of nobody yet, then of the person."""

    person: str = NOBODY
    photo: int = 999_999_999


class World:
    """A prisoner with a visitor and a lawyer, whom another prisoner and another lawyer join."""

    def __init__(self) -> None:
        self.mate: Prisoner = make.make_prisoner(name="MARIA DO CARMO TESTE")
        self.cell = {"unit": make.make_unit(), "started_at": timezone.now() - timedelta(days=200)}
        make.make_custody(prisoner=self.mate, **self.cell)
        self.visitor = make.make_visitor(name="JOSEFA VISITA TESTE")
        make.make_link(prisoner=self.mate, visitor=self.visitor)
        index()

    def prisoner(self) -> Record:
        he = make.make_prisoner(**self._told(), registration="M777777", rji=RJI)
        make.make_custody(prisoner=he, **self.cell)
        make.make_link(prisoner=he, visitor=self.visitor)
        return self._come(he)

    def lawyer(self) -> Record:
        she = make.make_lawyer(**self._told(), oab_uf="AL", oab_number="12345")
        make.make_client(prisoner=self.mate, lawyer=she)
        return self._come(she)

    @staticmethod
    def _told() -> dict[str, Any]:
        return {"name": NAME, "mother_name": MOTHER, "cpf": CPF, "birth_date": date(1971, 2, 3), "sex": "M"}

    @staticmethod
    def _come(record: Record) -> Record:
        make.make_mark(record=record, description=MARK, kind="TATUAGEM")
        make.make_photo(record=record, sha256=photos.store(picture()))
        index()
        return record


def index() -> None:
    search_documents.refresh(Person.objects.values_list("pk", flat=True))
    search_documents.refresh_frequencies()
    crossing.refresh()


def by_id(client: Client, mate: str, known: Known) -> Iterator[Question]:
    """Every address that an id leads to, from what shows a person to what keeps one."""
    page, program = f"/pessoas/{known.person}/", f"/api/v1/people/{known.person}/"
    for card in (*CARDS, "identificacao", "fotos", "fontes", "motivo", "guardar", "acompanhar", "pedir-sigilo"):
        yield f"page {card}", partial(client.get, f"{page}{card}{'/' * bool(card)}")
    yield "part", partial(client.get, f"{page}celas/", headers={"HX-Request": "true"})
    for act, told in (
        ("cpf", {}), ("motivo", {"reason": REASON}), ("dossie/pdf", {"secoes": ["situacao"]}),
        ("vinculos/expandir", {"node": known.person}), ("vinculos/exportar", {"formato": "csv"}),
        ("vinculos/caminho", {"outra": mate}), ("acompanhar", {"reason": REASON}), ("guardar", {"why": "alvo"}),
        ("pedir-sigilo", {}),
    ):  # fmt: skip
        yield f"post {act}", partial(client.post, f"{page}{act}/", told)
    yield "path to", partial(client.post, f"/pessoas/{mate}/vinculos/caminho/", {"outra": known.person})
    yield "photo", partial(client.get, f"/fotos/{known.photo}/")
    yield "api person", partial(client.get, program)
    yield "api links", partial(client.get, f"{program}links/")
    yield "api seal request", partial(client.post, f"{program}seal-requests/", {}, content_type=JSON)
    yield "api dossier", partial(client.post, f"{program}dossier/", {}, content_type=JSON)
    yield "api path", partial(client.post, f"{program}path/", {"other": mate}, content_type=JSON)
    other = {"other": known.person}
    yield "api path to", partial(client.post, f"/api/v1/people/{mate}/path/", other, content_type=JSON)


def kept(client: Client, folder: object, known: Known) -> Iterator[Question]:
    """What would keep somebody by id; asked last, for it changes what other pages list."""
    today = timezone.localdate()
    follow = {**FOLLOW, "person": known.person, "since": str(today), "until": str(today + timedelta(days=30))}
    yield "api follow", partial(client.post, "/api/v1/follows/", follow, content_type=JSON)
    put = {"person": known.person}
    yield "api folder", partial(client.post, f"/api/v1/folders/{folder}/people/", put, content_type=JSON)


def by_words(client: Client) -> Iterator[Question]:
    """Every question of names, documents and marks."""
    for number, search in enumerate(SEARCHES):
        told = {{"q": "text"}.get(name, name): value for name, value in search.items()}
        yield f"search {number}", partial(posted, client, "/busca/", search)
        yield f"api search {number}", partial(client.post, "/api/v1/search/", told, content_type=JSON)
    yield (
        "export",
        partial(client.post, "/api/v1/exports/", {"criteria": {"text": NAME}, "format": "csv"}, content_type=JSON),
    )
    yield "missing", partial(posted, client, "/desaparecidos/", MISSING)
    yield "api missing", partial(client.post, "/api/v1/missing/", MISSING, content_type=JSON)
    yield "batch", lambda: list(batches(client, LINES))


class Viewer:
    """Somebody who consults, with a folder of theirs."""

    def __init__(self, world: World, activities: list[Activity]) -> None:
        purpose: Purpose = make_purpose(make_user(activities=activities))
        by = from_terminal(purpose.user)
        self.folder = keeping.open_folder(user=purpose.user, title="Pasta", case="IP 1/2026", by=by).pk
        self.client = doors.session(purpose.user, purpose, **{"X-Reason": REASON})
        self.mate = str(world.mate.person.public_id)

    def asked(self, known: Known) -> dict[str, list[str]]:
        """The work behind each answer, by question; its status ends it."""
        questions = (
            *by_words(self.client), *by_id(self.client, self.mate, known), *kept(self.client, self.folder, known),
        )  # fmt: skip
        return {name: _work(ask) for name, ask in questions}


def _work(ask: Callable[[], object]) -> list[str]:
    with watched() as seen:
        answer = ask()
    return [*seen, f"status {answer.status_code}"] if isinstance(answer, HttpResponse) else list(seen)


def differing(first: dict[str, list[str]], then: dict[str, list[str]]) -> dict[str, list[str]]:
    """By question, what was done one time and not the other, for who reads a failure."""
    return {
        name: [line for line in difflib.ndiff(first[name], then[name]) if line[0] in "+-"]
        for name in first
        if first[name] != then[name]
    }


@pytest.fixture(autouse=True)
def _photographs(settings: Any, tmp_path: Path) -> None:
    kept = {**settings.STORAGES["default"], "OPTIONS": {"location": str(tmp_path)}}
    settings.STORAGES = {**settings.STORAGES, "default": kept}
    # The hour of the last request is noted so seldom that it is not noted here.
    settings.SESSION_IDLE_SECONDS = 36_000


def known_of(record: Record) -> Known:
    return Known(str(record.person.public_id), record.photos.get().pk)


def test_of_a_sealed_person_the_same_is_done_as_of_nobody() -> None:
    world = World()
    viewer = Viewer(world, [*Activity])
    before = viewer.asked(Known())
    he = world.prisoner()
    there = viewer.asked(known_of(he))
    seal(he)
    at_once = viewer.asked(known_of(he))
    assert not (found := differing(before, at_once)), pformat(found, width=200)
    assert [name for name in before if before[name] == there[name]] == []


def test_of_a_lawyer_the_same_is_done_as_of_nobody_for_who_may_not_see_lawyers() -> None:
    world = World()
    viewer = Viewer(world, [Activity.LOCATE_PERSON])
    before = viewer.asked(Known())
    after = viewer.asked(known_of(world.lawyer()))
    assert not (found := differing(before, after)), pformat(found, width=200)
