"""A sealed person is absent: from every answer of every route, profile and channel, and from every count in it.

The same questions are put three times: before the person exists, while they exist, and once they are sealed. While
they exist every answer must differ (the questions have teeth); once sealed they must be, byte for byte, those of
before. What counts votes or words, whoever they are about, is not asked: no answer of it could change.
"""

import difflib
import io
import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from PIL import Image

from audit.events import system
from consulta.management.commands import consult
from consulta.models import SearchQuery
from credentialing.actors import from_terminal
from credentialing.models import Purpose
from credentialing.roles import Role
from registry import services
from registry.models import Person, Prisoner, Record, SealLevel, Unit, Verdict, Visitor
from registry.services import crossing, findings, photos, sealing, search_documents
from registry.services.crossing.lives import FEWEST_DEFENDED
from tests import doors
from tests.architecture.kept import REASON, Kept, asked_of_work, batches, dossiers, exported
from tests.factories import registry as make
from tests.factories.credentialing import make_purpose, make_user
from tests.registry.figures.people import counted

pytestmark = pytest.mark.django_db(databases=["default", "audit"])

SELECTORS = Path(services.__file__).parents[1] / "selectors"
# Tables and models whose rows are of persons.
OF_PERSONS = re.compile(
    r"registry_(record|person|personsearch|personlink|crossing|contactkey|visit|custody|movement|review|finding)\b"
    r"|\b(Record|Person|PersonSearch|Photo|Review|Judgement|Finding|Crossing|Visit|Custody|Movement)\.objects"
)
# Selectors that read persons and ask nothing of seals, and why that is right.
EXEMPT = {
    # What is read of a person whom `open_subject` has let through.
    "people/sources.py",
    # Whoever orders or opens a seal means the sealed too.
    "sealable.py",
    # Of whom an account was shown already, for the review of that use alone; answers no consultation.
    "expected.py",
    # A pair that `queue.visible` has let through.
    "reviewing/pair.py", "reviewing/sides.py", "reviewing/votes.py",
    # How reviewers work, in sums of votes; nobody is named.
    "reviewing/statistics.py",
    # The conditions come from `search/bounds.py` and `units/held.py`.
    "search/candidates.py", "search/narrowing.py", "search/vocabulary.py", "units/residents.py",
    # Counts of rows as their state sent them, which the state's own counts must match.
    "quality/across.py", "quality/faults.py", "quality/rows.py",
}  # fmt: skip

CONSULTING = (Role.AGENT, Role.IDENTITY_REVIEWER)
BUSY = "MARIA DO CARMO TESTE"
RARE = "ZULMIRO QUIXERAMOBIM TESTE"
MOTHER = "GERTRUDES QUIXERAMOBIM"
NICK = "PINTASSILGO"
DOOR = "Rua das Acácias, 120, Centro, Maceió - AL"
PHONE = "(82) 98811-2233"
RJI = "99000000142"
CPF, OTHER_CPF = make.make_cpf(77), make.make_cpf(78)
NEAR_CPF = f"{CPF[:4]}{(int(CPF[4]) + 1) % 10}{CPF[5:]}"
NEEDLES = ("quixeramobim", "zulmiro", "gertrudes", "pintassilgo", CPF)
WHEN = timezone.now().replace(minute=0, second=0, microsecond=0)


class World:
    """People of one unit, and the one who comes to them and is then sealed."""

    def __init__(self, agent: Purpose) -> None:
        self.unit: Unit = make.make_unit(name="PRESÍDIO DO TESTE")
        make.make_capacity(unit=self.unit)
        self.mate: Prisoner = make.make_prisoner(name=BUSY, cpf=OTHER_CPF, phone=PHONE, address=DOOR)
        self.cell = {"unit": self.unit, "wing": "A", "cell": "1", "started_at": WHEN - timedelta(days=200)}
        make.make_custody(prisoner=self.mate, **self.cell)
        self.visitor: Visitor = make.make_visitor(name="JOSEFA VISITA TESTE")
        make.make_link(prisoner=self.mate, visitor=self.visitor)
        make.make_visit(prisoner=self.mate, visitor=self.visitor, unit=self.unit, entered_at=WHEN - timedelta(hours=3))
        self.lawyer = make.make_client(prisoner=self.mate).lawyer
        # With him the lawyer has as many clients as one of many has.
        for _ in range(FEWEST_DEFENDED - 2):
            make.make_client(lawyer=self.lawyer)
        # Strangers to him and to each other: one goes by his RJI, the other lives where he does.
        make.make_prisoner(name="TERTULIANO OUTRO TESTE", rji=RJI)
        make.make_visitor(name="ANACLETA VIZINHA TESTE", phone=PHONE, address=DOOR)
        # He uses the document of somebody who is still to come: a crossing and a finding of both.
        make.make_document(record=self.mate, kind="CPF", number=CPF)
        make.make_review()
        self.sealed = ""
        self.photo = self.pair = 999_999_999
        derive()
        counted()
        self.kept = Kept(agent, self.mate)

    def arrive(self) -> Record:
        """Somebody tied to all of them in every way."""
        he = make.make_prisoner(
            name=RARE, mother_name=MOTHER, cpf=CPF, phone=PHONE, address=DOOR, birth_date=date(1971, 2, 3),
            registration="M777777", race="PARDA", rji=RJI,
        )  # fmt: skip
        make.make_name(record=he, kind="ALCUNHA", value=NICK)
        make.make_custody(prisoner=he, **self.cell)
        make.make_movement(prisoner=he, unit_to=self.unit, occurred_at=WHEN - timedelta(hours=2))
        make.make_link(prisoner=he, visitor=self.visitor)
        make.make_visit(prisoner=he, visitor=self.visitor, unit=self.unit, entered_at=WHEN - timedelta(hours=1))
        make.make_client(prisoner=he, lawyer=self.lawyer)
        make.make_mark(record=he, description="ÂNCORA AZUL", kind="TATUAGEM")
        # He visits and defends as well, by records that were judged to be his.
        visiting, defending = make.make_visitor(name=RARE), make.make_lawyer(name=RARE)
        make.make_link(prisoner=self.mate, visitor=visiting)
        make.make_client(prisoner=self.mate, lawyer=defending)
        for record in (visiting, defending):
            make.make_judgement(he, record)
            Record.objects.filter(pk=record.pk).update(person=he.person)
        make.make_judgement(self.mate, visiting, verdict=Verdict.DIFFERENT)
        self.pair = make.make_review(he, self.mate).pk
        self.photo = make.make_photo(record=he, sha256=photos.store(picture())).pk
        self.sealed = str(he.person.public_id)
        derive()
        self.kept.add(he)
        return he


def picture() -> bytes:
    """A plain grey PNG."""
    out = io.BytesIO()
    Image.new("RGB", (60, 80), "grey").save(out, "PNG")
    return out.getvalue()


def derive() -> None:
    """Everything that follows from records, as the workers do it."""
    search_documents.refresh(Person.objects.values_list("pk", flat=True))
    search_documents.refresh_frequencies()
    crossing.refresh()
    findings.check_all(by=system("test"))


NOBODY = "00000000-0000-4000-8000-000000000000"
SEARCHES = (
    {"q": RARE}, {"q": "quixeramobim"}, {"q": "zulm"}, {"q": f"{BUSY} quixeramobim"}, {"q": CPF}, {"q": "teste"},
    {"q": NICK}, {"mother": MOTHER, "birth": "1971"}, {"document": "M777777"}, {"q": "ana", "mother": MOTHER},
    # Typed wrongly: a letter too few, two joined, a digit off.
    {"q": "zulmro quixeramobin"}, {"q": "zulmiroquixeramobin"}, {"mother": "GERTRUDS QUIXERAMOBIN"}, {"q": NEAR_CPF},
    {"document": "M777778"},
)  # fmt: skip
LINES = [
    {"name": RARE}, {"name": "ZULMRO QUIXERAMOBIN TESTE"}, {"name": "QUIXERAMOBIN TESTE"}, {"mother": MOTHER},
    {"name": BUSY}, {"document": CPF}, {"document": NEAR_CPF}, {"document": "M777777"}, {"document": "M777778"},
]  # fmt: skip
DESCRIPTIONS = ({"name": RARE}, {"marks": "tatuagem de âncora azul"}, {"sex": "M", "age": "55", "marks": "âncora"})
# The searches also taken away as files: by name, by a word of many, with typing errors.
EXPORTED = (1, 5, 10)
# What is asked as every profile that consults nobody; whoever may not see it answers as to anybody.
OF_OTHERS = (
    "/", "/auditoria/", "/meus-acessos/", "/conectores/", "/conectores/qualidade/", "/conectores/achados/",
    "/aprovacoes/", "/sigilos/",
)  # fmt: skip
API = "application/json"


CARDS = (
    "", "resumo", "situacao", "ligacoes", "visitantes", "advogados", "movimentacoes", "celas", "cruzamentos", "achados",
    "vinculos", "dossie",
)  # fmt: skip
# Cards of those tied to him: a prisoner's, and a visitor's or a lawyer's.
OF_MATE = ("", "situacao", "visitantes", "advogados", "movimentacoes", "celas", "cruzamentos", "achados", "vinculos",
           "dossie")  # fmt: skip
OF_VISITOR = ("", "ligacoes", "cruzamentos", "achados", "vinculos", "dossie")
LISTS = ("visitor-prisoner", "visitor-of-many", "contact", "fraud")
LAWYERS = ("lawyer-visitor", "lawyer-prisoner", "lawyer-of-many")
PAGES = ("visitante-preso", "visitante-de-muitos", "contato-em-comum", "fraude")


def asked(client: Client, world: World) -> Iterator[tuple[str, bytes]]:
    """Every question of consultation, by page, fragment and program."""
    yield from of_words(client)
    yield from untyped(client, world)


def untyped(client: Client, world: World) -> Iterator[tuple[str, bytes]]:
    """Those whose answers do not give back what was typed."""
    yield from asked_of_work(client, world.kept)
    yield from of_people(client, world)
    yield from of_lists(client, world)


def of_words(client: Client) -> Iterator[tuple[str, bytes]]:
    for number, search in enumerate(SEARCHES):
        yield f"search {number}", posted(client, "/busca/", search)
        told = {{"q": "text"}.get(name, name): value for name, value in search.items()}
        yield f"api search {number}", client.post("/api/v1/search/", told, content_type=API).content
        if number in EXPORTED:
            yield from exported(client, search, told)
    for number, description in enumerate(DESCRIPTIONS):
        yield f"missing {number}", posted(client, "/desaparecidos/", description)
        yield f"api missing {number}", client.post("/api/v1/missing/", description, content_type=API).content
    yield from batches(client, LINES)


def of_people(client: Client, world: World) -> Iterator[tuple[str, bytes]]:
    for person in (str(world.mate.person.public_id), world.sealed or NOBODY):
        yield from dossiers(client, person)
    gone, visitor = world.sealed or NOBODY, str(world.visitor.person.public_id)
    mate, lawyer = str(world.mate.person.public_id), str(world.lawyer.person.public_id)
    for person, cards in ((mate, OF_MATE), (visitor, OF_VISITOR), (lawyer, OF_VISITOR), (gone, CARDS)):
        yield "api person", client.get(f"/api/v1/people/{person}/").content
        yield "api links", client.get(f"/api/v1/people/{person}/links/").content
        for card in cards:
            yield f"profile {card}", client.get(f"/pessoas/{person}/{card}{'/' * bool(card)}").content
        address = f"/pessoas/{person}/vinculos/"
        yield "graph", client.post(f"{address}expandir/", {"node": person}).content
        for format in ("csv", "graphml"):
            yield f"links {format}", client.post(f"{address}exportar/", {"formato": format}).content
        for other in {gone: (visitor,), visitor: (gone,)}.get(person, (gone, visitor)):
            yield "path", client.post(f"{address}caminho/", {"outra": other}).content
            told = {"other": other}
            yield "api path", client.post(f"/api/v1/people/{person}/path/", told, content_type=API).content


def of_lists(client: Client, world: World) -> Iterator[tuple[str, bytes]]:
    unit = world.unit.public_id
    for address in (
        "/unidades/", f"/unidades/{unit}/", f"/unidades/{unit}/?horas=72&pavilhao=A", "/api/v1/units/",
        f"/api/v1/units/{unit}/", f"/unidades/{unit}/relacao/", "/recentes/", "/api/v1/recents/",
        "/cruzamentos/", *(f"/cruzamentos/{slug}/" for slug in PAGES), "/busca/",
        "/desaparecidos/", "/estatisticas/pessoas/?figura=raca&categoria=PARDA&uf=AL",
    ):  # fmt: skip
        yield address, client.get(address).content
    yield "photo", client.get(f"/fotos/{world.photo}/").content
    for of in (*LISTS, *LAWYERS):
        told = {"of": of, "least": 2} if of.endswith("many") else {"of": of}
        told |= {"reason": REASON} if of in LAWYERS else {}
        yield f"api {of}", client.post("/api/v1/crossings/", told, content_type=API).content


def of_reviewers(client: Client, world: World) -> Iterator[tuple[str, bytes]]:
    """What only a reviewer may ask."""
    for address in ("/duplicatas/", "/duplicatas/?segundo=1", "/api/v1/reviews/"):
        yield address, client.get(address).content
    for person in (world.mate.person.public_id, world.sealed or NOBODY):
        yield "judgements", client.get(f"/pessoas/{person}/julgamentos/").content
    yield "pair", client.get(f"/duplicatas/{world.pair}/").content
    yield "api pair", client.get(f"/api/v1/reviews/{world.pair}/").content


def posted(client: Client, address: str, fields: dict[str, str]) -> bytes:
    """The answer that a form leads to."""
    return client.post(address, fields, follow=True).content


_VARYING = re.compile(
    r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[A-Za-z0-9]{64}|nonce=\"[^\"]*\""
    r"|\d\d/\d\d/\d{4},? (às )?\d\d:\d\d(:\d\d)?"
    r"|\d{4}-\d\d-\d\dT[\d:.]+|data-session-(idle|total)=\"\d+\"|/fotos/\d+/|999999999|há \d+ (min|s)|aberta [^<\"]*"
)


def normal(answer: bytes) -> str:
    """The answer without what differs between any two: receipts, tokens, the time."""
    return _VARYING.sub("*", answer.decode(errors="replace"))


Questions = Callable[[Client, World], Iterator[tuple[str, bytes]]]


def collected(world: World, users: dict[Role, Purpose], of_agents: Questions = asked) -> dict[str, str]:
    """Every answer to those who consult, by profile and question."""
    found: dict[str, str] = {}
    SearchQuery.objects.all().delete()  # the page of the search lists the last ones
    for role, questions in ((Role.AGENT, of_agents), (Role.IDENTITY_REVIEWER, of_reviewers)):
        # Said with every request, for the profiles of lawyers.
        client = doors.session(users[role].user, users[role], **{"X-Reason": REASON})
        for number, (name, answer) in enumerate(questions(client, world)):
            found[f"{role} {number} {name}"] = normal(answer)
    return found


def changed(before: str, after: str) -> list[str]:
    """The lines that differ, for who reads a failure."""
    lines = difflib.unified_diff(before.splitlines(), after.splitlines(), lineterm="", n=0)
    return [line[:300] for line in lines][:12]


@pytest.fixture(autouse=True)
def _photographs(settings: Any, tmp_path: Path) -> None:
    """A folder of their own, with the bytes of his photograph."""
    kept = {**settings.STORAGES["default"], "OPTIONS": {"location": str(tmp_path)}}
    settings.STORAGES = {**settings.STORAGES, "default": kept}


@pytest.fixture
def _drawn_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    """Documents as the words they are laid out from: what they say is asked here, not how it looks."""
    monkeypatch.setattr("senappen.lib.pdf.render", lambda html, *_others: html.encode())


@pytest.fixture
def users() -> dict[Role, Purpose]:
    return {role: make_purpose(make_user(role=role)) for role in CONSULTING}


def names_him(text: str) -> bool:
    return any(needle in text.lower() for needle in NEEDLES)


def seal(record: Record) -> None:
    sealing.seal(
        person=record.person.public_id, level=SealLevel.NAMED, agency="PP-AL", reason="Proteção a testemunha.",
        ordered_by="Vara fictícia", until=None, by=system("test"),
    )  # fmt: skip


@pytest.mark.usefixtures("_drawn_in_words")
def test_a_sealed_person_is_absent_from_every_answer(users: dict[Role, Purpose]) -> None:
    world = World(users[Role.AGENT])
    before = collected(world, users)
    he = world.arrive()
    there = collected(world, users)
    seal(he)
    at_once = collected(world, users, of_agents=untyped)
    derive()
    sealed = collected(world, users)
    assert [name for name in before if before[name] == there[name]] == []
    assert [name for name, text in at_once.items() if names_him(text)] == []
    assert {name: changed(before[name], sealed[name]) for name in before if sealed[name] != before[name]} == {}


def test_no_other_profile_nor_the_terminal_meets_a_sealed_person(users: dict[Role, Purpose]) -> None:
    purpose = users[Role.AGENT]
    world, actor = World(purpose), from_terminal(purpose.user)
    he = world.arrive()
    world.kept.ask_for(he)
    seal(he)
    derive()
    read: dict[str, str] = {}
    for role in (role for role in Role if role not in CONSULTING):
        client = doors.session(make_user(role=role))
        for address in OF_OTHERS:
            read[f"{role} {address}"] = client.get(address, follow=True).content.decode()
    assert [name for name, text in read.items() if names_him(text)] == []
    # Two of them do hold something of his.
    assert "acompanhar uma pessoa" in read[f"{Role.REGIONAL_MANAGER} /aprovacoes/"]
    assert "Vara fictícia" in read[f"{Role.GENERAL_ADMIN} /sigilos/"]
    assert not names_him(consult._search(purpose.user, purpose, actor, "teste"))


def test_every_selector_over_persons_asks_about_seals() -> None:
    silent = {
        str(path.relative_to(SELECTORS))
        for path in SELECTORS.rglob("*.py")
        if OF_PERSONS.search(text := path.read_text()) and "seals." not in text and path.name != "seals.py"
    }
    assert sorted(silent - EXEMPT) == []
    assert sorted(EXEMPT - silent) == []
