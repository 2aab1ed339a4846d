"""The profile of a person and the page of a unit, from the database alone and through the gate with its audit."""

import gc
import time
from collections.abc import Iterator
from random import Random
from statistics import median, quantiles
from typing import Any

from django.conf import settings
from django.test import Client
from django_otp import DEVICE_ID_SESSION_KEY
from django_otp.plugins.otp_totp.models import TOTPDevice

from benchmarks import timing
from benchmarks.life_base import LARGEST_UNIT, MOST_CONNECTED, Base, build
from benchmarks.result import Result
from consulta.profile import cards
from credentialing.models import Activity, Agency, Purpose, User
from credentialing.roles import Role
from credentialing.services import purposes
from credentialing.sessions import OPENED_AT, SEEN_AT
from registry.models import Person, Unit
from registry.scope import Scope
from registry.selectors.people.subject import open_subject

NAME = "profile"
CLAIM = "Shows all that is known of a person at once, for a small multiple of reading the person's row."

SAMPLE = 150
REPEATS = 30
SCOPE = Scope(lawyers=True)


def run(people: int) -> Iterator[Result]:
    """Build a base of invented lives and open some of them."""
    base = build(people)
    gc.freeze()
    everyone = list(Person.objects.order_by("id")[: base.prisoners])
    sample = Random(20).sample(everyone, min(SAMPLE, len(everyone)))
    connected = Person.objects.get(pk=MOST_CONNECTED)
    row = timing.each(lambda person: Person.objects.get(pk=person.pk), sample)
    agent = _agent()
    yield from _both("profile.selectors", timing.each(_read, sample), row, people, "every card read; a warm base")
    page = timing.each(lambda person: _open(agent, f"/pessoas/{person.public_id}/"), sample)
    yield from _both(
        "profile.page", page, row, people, "whole page by the test client: session, gate, audit, templates"
    )
    most = [connected] * REPEATS
    yield from _both("profile.most_connected", timing.each(_read, most), row, people, _connections(base))
    page = timing.each(lambda person: _open(agent, f"/pessoas/{person.public_id}/"), most)
    yield from _both("profile.most_connected.page", page, row, people, _connections(base))
    unit = Unit.objects.get(pk=LARGEST_UNIT)
    page = timing.each(lambda each: _open(agent, f"/unidades/{each.public_id}/"), [unit] * REPEATS)
    yield from _both("unit.page", page, row, people, f"a unit of {base.largest} people, 100 shown, 24 hours")


def _both(name: str, times: list[float], row: list[float], people: int, about: str) -> Iterator[Result]:
    baseline = median(row)
    for figure, value in (("p50", median(times)), ("p95", quantiles(times, n=20)[-1])):
        yield Result(
            name=f"{name}.{figure}",
            value=value,
            unit="ms",
            baseline=baseline,
            ratio=value / baseline,
            conditions=f"{about}; {people} people, one client; baseline: one person's row by primary key, p50",
        )


def _connections(base: Base) -> str:
    return f"the most connected: 410 movements, 300 visitors, a lawyer of {min(3000, base.prisoners)} clients"


def _read(person: Person) -> None:
    """Every card of a person, as the page reads them."""
    subject = open_subject(person.public_id, SCOPE)
    if subject is None:
        raise LookupError(person.pk)
    for card in cards.applying(subject, SCOPE):
        if card.slug != "fotos":
            _ = card.read(subject, SCOPE, limit=cards.BRIEF) if card.size else card.read(subject, SCOPE)


def _open(agent: Client, address: str) -> None:
    answer = agent.get(address)
    if answer.status_code != 200 or b'blank-title">N\xc3\xa3o foi' in answer.content:
        raise RuntimeError(f"{address} answered {answer.status_code} or with a failed part")


def _agent() -> Client:
    """A browser with an open session and a purpose."""
    settings.ALLOWED_HOSTS = ["testserver"]
    agency = Agency.objects.create(acronym="PP-AL", name="Órgão fictício")
    user = User.objects.create_user(
        "benchmark", "uma senha longa de teste", full_name="Teste", agency=agency, role=Role.AGENT
    )
    device = TOTPDevice.objects.create(user=user, name="teste", confirmed=True)
    purpose = Purpose.objects.create(
        user=user, activity=Activity.LOCATE_PERSON, case_reference="1/2026", justification="Teste"
    )
    client = Client()
    client.force_login(user, settings.AUTHENTICATION_BACKENDS[0])
    session: Any = client.session
    session[DEVICE_ID_SESSION_KEY] = device.persistent_id
    session[OPENED_AT] = session[SEEN_AT] = int(time.time())
    session[purposes.SESSION_KEY] = str(purpose.pk)
    session.save()
    return client
