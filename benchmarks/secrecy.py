"""What a clock tells of a person one may not see: answers of nobody, of a sealed person and of one who may be seen."""

import gc
import time
from collections.abc import Callable, Iterator
from functools import partial
from random import Random
from statistics import median
from typing import Final
from uuid import UUID, uuid4

from django.test import Client

from audit.events import system
from benchmarks import browser
from benchmarks.life_base import build
from benchmarks.result import Result
from credentialing import lockout
from credentialing.models import Agency, User
from registry.models import Person, Prisoner, Record, SealLevel
from registry.services import sealing, search_documents

NAME = "secrecy"
CLAIM = "The time of one answer does not tell a sealed person from nobody, nor a closed account from no account."

EACH: Final = 150  # persons of each sort
LOGINS: Final = 60
PASSWORD: Final = "uma senha longa de teste"  # noqa: S105 - of invented accounts
Ask = Callable[[], object]
Sorts = dict[str, list[Ask]]


def run(people: int) -> Iterator[Result]:
    """Build a base of invented lives, seal some of them, and ask of all three sorts in random order."""
    build(people)
    lives = Random(5).sample(list(Prisoner.objects.select_related("person")), 2 * EACH + 1)
    for life in lives:
        # Of the numbers nobody has: how many are near one, and so the work, depends on its figures.
        life.cpf = _any_cpf()
        Record.objects.filter(pk=life.pk).update(cpf=life.cpf)
    search_documents.refresh(Person.objects.values_list("pk", flat=True))
    search_documents.refresh_frequencies()
    other, hidden, seen = lives[0].person.public_id, lives[1 : EACH + 1], lives[EACH + 1 :]
    for life in hidden:
        sealing.seal(
            person=life.person.public_id, level=SealLevel.NAMED, agency="NADA", reason="Teste.", ordered_by="Teste",
            until=None, by=system("benchmark"),
        )  # fmt: skip
    client = browser.agent()
    gc.freeze()
    for channel, ask in channels(client, other).items():
        sorts = {"hidden": [ask(life) for life in hidden], "seen": [ask(life) for life in seen]}
        yield from _told(channel, {"absent": [ask(None) for _ in range(EACH)], **sorts}, people)
    yield from _told("login", _logins(), people)


def channels(client: Client, other: UUID) -> dict[str, Callable[[Prisoner | None], Ask]]:
    """By name, what is asked of a person, or of nobody."""

    def page(address: str) -> Callable[[Prisoner | None], Ask]:
        return lambda life: partial(client.get, address.format(_id(life)))

    def post(address: str, told: Callable[[Prisoner | None], dict[str, object]]) -> Callable[[Prisoner | None], Ask]:
        return lambda life: partial(client.post, address.format(_id(life)), told(life), content_type="application/json")

    return {
        "profile": page("/pessoas/{}/"),
        "card": page("/pessoas/{}/celas/"),
        "links": page("/pessoas/{}/vinculos/"),
        "api_person": page("/api/v1/people/{}/"),
        "api_path": post(f"/api/v1/people/{other}/path/", lambda life: {"other": _id(life)}),
        "search_document": post("/api/v1/search/", lambda life: {"document": _cpf(life)}),
        "batch_document": post(
            "/api/v1/batch/", lambda life: {"reason": "Teste de tempo.", "lines": [{"document": _cpf(life)}]}
        ),
    }


def _logins() -> Sorts:
    """Wrong passwords of no account and of an open one; the right one of a closed account, which must not show."""
    agency = Agency.objects.create(acronym="PP-SE", name="Órgão fictício de Sergipe")
    for name, active in (("aberta", True), ("encerrada", False)):
        User.objects.create_user(name, PASSWORD, full_name="Teste", agency=agency, role="agent", is_active=active)
    return {
        "absent": [_login(f"ninguem{number}", "outra") for number in range(LOGINS)],
        "hidden": [_login("encerrada", PASSWORD) for _ in range(LOGINS)],
        "seen": [_login("aberta", "outra") for _ in range(LOGINS)],
    }


def _login(username: str, password: str) -> Ask:
    def ask() -> None:
        lockout.clear(username, "127.0.0.1")
        Client().post("/entrar/", {"username": username, "password": password})

    return ask


def _told(channel: str, sorts: Sorts, people: int) -> Iterator[Result]:
    """Ask everything in random order; how far the others' times are from nobody's."""
    questions = [(sort, ask) for sort, asks in sorts.items() for ask in asks]
    Random(8).shuffle(questions)
    times: dict[str, list[float]] = {sort: [] for sort in sorts}
    for asks in sorts.values():
        asks[0]()  # what is read once and kept
    for sort, ask in questions:
        start = time.perf_counter()
        ask()
        times[sort].append(1000 * (time.perf_counter() - start))
    base = median(times["absent"])
    for sort in ("hidden", "seen"):
        yield Result(
            name=f"secrecy.{channel}.{sort}",
            value=median(times[sort]) - base,
            unit="ms",
            baseline=base,
            ratio=area(times["absent"], times[sort]),
            conditions=f"value: difference of medians, {len(asks)} of each sort in random order, {people} people;"
            " baseline: median of nobody's; ratio: area under the ROC curve, 0.5 where one answer tells nothing",
            # Two standard errors of chance, with 150 of each.
            target="0.43–0.57" if sort == "hidden" else "",
        )


def area(absent: list[float], other: list[float]) -> float:
    """The chance that an answer of `other` took longer than one of `absent`, ties halved: the area under the curve."""
    longer = sum((b > a) + (b == a) / 2 for a in absent for b in other)
    return longer / len(absent) / len(other)


def _id(life: Prisoner | None) -> str:
    return str(life.person.public_id if life else uuid4())


def _cpf(life: Prisoner | None) -> str:
    """The person's, or one that nobody has."""
    return life.cpf if life else _any_cpf()


def _any_cpf() -> str:
    return _valid(Random().randrange(10**6, 10**9))


def _valid(number: int) -> str:
    """The CPF that begins with these nine digits."""
    figures = [int(figure) for figure in f"{number:09}"]
    for length in (9, 10):
        total = sum(figure * (length + 1 - at) for at, figure in enumerate(figures))
        figures.append(total * 10 % 11 % 10)
    return "".join(map(str, figures))
