"""Who may not see lawyers learns nothing of a lawyer's record, not even where a prisoner is judged to be that lawyer.

The same questions are put before the record exists and once it is merged into the prisoner's: to who may see lawyers
the answers must differ (the questions have teeth); to who may not they must be the same, byte for byte.
"""

import uuid
from collections.abc import Iterator
from datetime import date, timedelta
from http import HTTPStatus
from pathlib import Path
from typing import Any, Final

import pytest
from django.test import Client

from consulta.models import Folder, SearchQuery
from consulta.work.folders import keeping
from credentialing.actors import from_terminal
from credentialing.models import Activity, Purpose
from registry.models import Record
from registry.services import photos
from tests import doors
from tests.architecture.kept import JSON, REASON, batches, dossiers, exported
from tests.architecture.test_seals import NEAR_CPF, NOBODY, WHEN, changed, derive, normal, picture, posted
from tests.factories import registry as make
from tests.factories.credentialing import make_purpose, make_user

pytestmark = pytest.mark.django_db(databases=["default", "audit"])

PRISONER: Final = "MARIA DO CARMO TESTE"
LAWYER: Final = "ZULMIRA QUIXERAMOBIM TESTE"
OTHER_NAME: Final = "HERMENGARDA PARANGABA"
CPF: Final = make.make_cpf(77)
OAB: Final = "AL12345"
BORN: Final = date(1961, 2, 3)
SEARCHES: Final = (
    {"q": LAWYER}, {"q": "zulmi"}, {"q": f"{PRISONER} quixeramobim"}, {"q": "quixeramobim"}, {"q": CPF},
    {"q": OAB}, {"q": "zulmra quixeramobin"}, {"q": "zulmiraquixeramobim"}, {"q": OTHER_NAME}, {"q": NEAR_CPF},
    {"birth": "1961"}, {"q": "maria"},
    # Of a word that some lawyer has and no prisoner, nothing may be told either.
    {"q": "maria jericoacoara"}, {"q": "jericoacoara"},
)  # fmt: skip
EXPORTED: Final = ({"q": LAWYER}, {"text": LAWYER})
PAGES: Final = 5  # of the searches, those asked by page too
LINES: Final = [
    {"name": LAWYER}, {"name": "ZULMRA QUIXERAMOBIN"}, {"name": OTHER_NAME}, {"document": CPF}, {"document": OAB},
    {"document": NEAR_CPF}, {"name": PRISONER},
]  # fmt: skip
DESCRIPTIONS: Final = ({"name": LAWYER}, {"name": OTHER_NAME})


class World:
    """A prisoner, and the lawyer whom she is then judged to be."""

    def __init__(self) -> None:
        self.unit = make.make_unit(name="PRESÍDIO DO TESTE")
        self.she = make.make_prisoner(name=PRISONER, birth_date=date(1980, 5, 6))
        make.make_custody(prisoner=self.she, unit=self.unit, started_at=WHEN - timedelta(days=200))
        self.client = make.make_prisoner(name="JOSUE CLIENTE TESTE")
        make.make_custody(prisoner=self.client, unit=self.unit, started_at=WHEN - timedelta(days=100))
        self.home, self.photo, self.lawyers = NOBODY, 999_999_999, list[uuid.UUID]()
        derive()

    def arrive(self) -> None:
        """The lawyer's record, told of in every way, and another lawyer who is nobody else."""
        lawyer = make.make_lawyer(
            name=LAWYER, cpf=CPF, oab_uf="AL", oab_number="12345", birth_date=BORN, phone="(82) 98811-2233"
        )
        make.make_name(record=lawyer, kind="NOME", value=OTHER_NAME)
        make.make_mark(record=lawyer, description="ÂNCORA AZUL", kind="TATUAGEM")
        make.make_document(record=lawyer, kind="CPF", number=CPF)
        make.make_client(prisoner=self.client, lawyer=lawyer)
        self.photo = make.make_photo(record=lawyer, sha256=photos.store(picture())).pk
        self.home = str(lawyer.home.public_id)
        make.make_judgement(self.she, lawyer)
        Record.objects.filter(pk=lawyer.pk).update(person=self.she.person)
        other = make.make_lawyer(name="MARIA JERICOACOARA")
        make.make_client(prisoner=self.client, lawyer=other)
        self.lawyers = [self.she.person.public_id, other.person.public_id]
        derive()


def viewer(*activities: Activity) -> tuple[Client, Folder]:
    """Somebody with these activities, and a folder of theirs."""
    purpose: Purpose = make_purpose(make_user(activities=[activity.value for activity in activities]))
    folder = keeping.open_folder(user=purpose.user, title="Pasta", case="IP 1/2026", by=from_terminal(purpose.user))
    return doors.session(purpose.user, purpose, **{"X-Reason": REASON}), folder


def keep(folder: Folder, home: str) -> None:
    """Put the person who had this id into the folder, as if kept before the viewer lost sight of lawyers."""
    record = Record.objects.get(home__public_id=uuid.UUID(home))
    keeping.add_person(folder=folder, person=record.home, why="alvo", user=folder.owner, by=from_terminal(folder.owner))


def finding(client: Client) -> Iterator[tuple[str, bytes]]:
    """Every way to find a person."""
    for number, search in enumerate(SEARCHES):
        if number < PAGES:
            yield f"search {number}", posted(client, "/busca/", search)
        told = {{"q": "text"}.get(name, name): value for name, value in search.items()}
        yield f"api search {number}", client.post("/api/v1/search/", told, content_type=JSON).content
    yield from exported(client, *EXPORTED)
    for number, description in enumerate(DESCRIPTIONS):
        yield f"missing {number}", posted(client, "/desaparecidos/", description)
        yield f"api missing {number}", client.post("/api/v1/missing/", description, content_type=JSON).content
    yield from batches(client, LINES)


def opening(client: Client, world: World) -> Iterator[tuple[str, bytes]]:
    """What tells of a person once found."""
    she = str(world.she.person.public_id)
    yield from dossiers(client, she)
    for person in (she, world.home):
        yield "api person", client.get(f"/api/v1/people/{person}/").content
        yield "api links", client.get(f"/api/v1/people/{person}/links/").content
        for card in ("", "resumo/", "advogados/", "vinculos/"):
            yield f"profile {card}", client.get(f"/pessoas/{person}/{card}", follow=True).content
    for address in (f"/fotos/{world.photo}/", "/inicio/", f"/unidades/{world.unit.public_id}/"):
        yield address, client.get(address).content
    for of in ("contact", "fraud"):
        yield f"api {of}", client.post("/api/v1/crossings/", {"of": of}, content_type=JSON).content


def collected(client: Client, world: World) -> dict[str, str]:
    """Every answer, by question."""
    SearchQuery.objects.all().delete()  # the page of the search lists the last ones
    every = (*finding(client), *opening(client, world))
    return {f"{number} {name.split('/fotos')[0]}": normal(answer) for number, (name, answer) in enumerate(every)}


@pytest.fixture(autouse=True)
def _photographs(settings: Any, tmp_path: Path) -> None:
    kept = {**settings.STORAGES["default"], "OPTIONS": {"location": str(tmp_path)}}
    settings.STORAGES = {**settings.STORAGES, "default": kept}


def test_who_may_not_see_lawyers_learns_nothing_of_a_lawyers_record() -> None:
    world, (blind, folder) = World(), viewer(Activity.LOCATE_PERSON)
    before = collected(blind, world)
    world.arrive()
    after = collected(blind, world)
    assert {name: changed(before[name], after[name]) for name in before if after[name] != before[name]} == {}
    # Kept when they were known as a lawyer: an entry without a name, and not the prisoner's.
    keep(folder, world.home)
    assert b"QUIXERAMOBIM" not in blind.get(f"/pastas/{folder.pk}/").content.upper()
    assert b"06/05/1980" not in blind.get(f"/pastas/{folder.pk}/").content


def test_the_same_questions_find_the_lawyer_for_who_may_see_lawyers() -> None:
    world, (seeing, folder) = World(), viewer(Activity.INVESTIGATION)
    world.arrive()
    keep(folder, world.home)
    ids = [str(public_id).encode() for public_id in world.lawyers]
    answers = [(name, answer) for name, answer in finding(seeing) if name.startswith("api ")]
    assert [name for name, answer in answers if "export" not in name and not any(one in answer for one in ids)] == []
    assert b"06/05/1980" in seeing.get(f"/pastas/{folder.pk}/").content
    assert seeing.get(f"/pessoas/{world.home}/").status_code == HTTPStatus.FOUND
    assert seeing.get(f"/fotos/{world.photo}/").status_code == HTTPStatus.OK
