"""What recording costs: the two commits of a consultation, sealed and chained, against plain insertions."""

import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from statistics import median, quantiles
from time import perf_counter

import orjson
from django.db import connections, transaction

from audit import checkpoints, recorder
from audit.events import Actor, Channel, Event, Kind
from audit_verify.database import opened
from audit_verify.verify import verify
from benchmarks.result import Result
from senappen import servers

NAME = "audit"
CLAIM = "A consultation is recorded by two commits, sealed and chained, in less than 3 ms."

WRITERS = (1, 8)
CALLS = 1_500  # consultations of all writers together, in each round
ROUNDS = 3
SHOWN = 20  # persons of an answer
# The audit as it was before there were chains: the same columns and indexes, the texts in plain.
PLAIN = """
CREATE TABLE bench_event (LIKE audit_accessevent INCLUDING ALL, purpose_text text, detail jsonb);
ALTER TABLE bench_event ALTER COLUMN sealed DROP NOT NULL;
CREATE FUNCTION bench_append(event jsonb) RETURNS bigint LANGUAGE sql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp SET lock_timeout = '500ms' AS $$
    INSERT INTO public.bench_event (kind, action, actor_id, actor, role, agency, channel, address, session,
        request, purpose, intent, receipt, subjects, purpose_text, detail)
    SELECT * FROM jsonb_to_record(event) AS e(kind text, action text, actor_id bigint, actor text, role text,
        agency text, channel text, address inet, session text, request uuid, purpose uuid, intent bigint,
        receipt uuid, subjects uuid[], purpose_text text, detail jsonb)
    RETURNING id
$$;
"""


def run(people: int) -> Iterator[Result]:
    """`people` does not matter: events do not know persons."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(PLAIN)
    for writers in WRITERS:
        ours: list[float] = []
        plain: list[float] = []
        for _ in range(ROUNDS):  # in turns, so that what else the machine does strikes both
            ours += _measure(_chained, writers)
            plain += _measure(_plain, writers)
        yield from _results(writers, ours, plain)
    yield from _verified()


def _measure(consult: Callable[[int], float], writers: int) -> list[float]:
    connections.close_all()
    with ProcessPoolExecutor(writers, get_context("fork")) as pool:
        list(pool.map(consult, range(10 * writers)))  # connections, caches
        return list(pool.map(consult, range(CALLS), chunksize=CALLS // writers // 5))


def _chained(number: int) -> float:
    intent, disclosure = _events(number)
    begun = perf_counter()
    recorder.record_now(intent)
    recorder.record_now(disclosure)
    return (perf_counter() - begun) * 1000


def _plain(number: int) -> float:
    begun_with = [_row(event) for event in _events(number)]
    begun = perf_counter()
    for row in begun_with:
        with transaction.atomic(using="audit", durable=True), connections["audit"].cursor() as cursor:
            cursor.execute("SELECT bench_append(%s::jsonb)", [orjson.dumps(row).decode()])
            cursor.fetchone()
    return (perf_counter() - begun) * 1000


def _events(number: int) -> tuple[Event, Event]:
    actor = Actor(
        id=number % 500, username="agente", role="agent", agency="PP-AL", channel=Channel.PAGE, address="10.0.0.1",
        session="0" * 64,
    )  # fmt: skip
    text = "Inquérito 123/2026: localizar testemunha que mudou de estado."
    asked = {"asked": {"name": "Fulana Inventada de Tal", "mother": "Beltrana", "filters": {"uf": ["AL"]}}}
    purpose, shown = uuid.uuid4(), tuple(uuid.uuid4() for _ in range(SHOWN))
    detail = {"fields": ["name", "mother", "birth", "custody"], "bytes": 48_213}
    return (
        Event(kind=Kind.INTENT, actor=actor, action="search", purpose=purpose, purpose_text=text, detail=asked),
        Event(
            kind=Kind.DISCLOSURE, actor=actor, action="search", purpose=purpose, purpose_text=text, intent=number,
            receipt=uuid.uuid4(), subjects=shown, detail=detail,
        ),
    )  # fmt: skip


def _row(event: Event) -> dict[str, object]:
    actor = event.actor
    return {
        "kind": event.kind, "action": event.action, "actor_id": actor.id, "actor": actor.username, "role": actor.role,
        "agency": actor.agency, "channel": actor.channel, "address": actor.address, "session": actor.session,
        "request": actor.request, "purpose": event.purpose, "purpose_text": event.purpose_text,
        "intent": event.intent, "receipt": event.receipt, "subjects": list(event.subjects), "detail": event.detail,
    }  # fmt: skip


def _results(writers: int, ours: list[float], plain: list[float]) -> Iterator[Result]:
    about = (
        f"{writers} writers, {len(ours)} consultations of 2 commits, {SHOWN} persons shown; baseline: no chain, no seal"
    )
    for name, target, of in (
        ("p50", "<= 3 ms", median),
        ("p99", "<= 25 ms", lambda times: quantiles(times, n=100)[-1]),
    ):
        value, baseline = of(ours), of(plain)
        yield Result(
            name=f"audit.both_commits.{writers}.{name}", value=value, unit="ms", baseline=baseline,
            ratio=value / baseline, conditions=f"{about}; ratio ours/baseline", target=target,
        )  # fmt: skip


def _verified() -> Iterator[Result]:
    begun = perf_counter()
    checkpoints.sign()
    signed = perf_counter() - begun
    address = servers.postgres().url(user=servers.AUDITOR_ROLE, name=str(connections["owner"].settings_dict["NAME"]))
    with opened(address) as base:
        begun = perf_counter()
        report = verify(base.links(), [], [])
        walked = perf_counter() - begun
    if report.wrong:
        raise AssertionError(report.wrong[:3])
    yield Result(
        name="audit.verify", value=report.links / walked, unit="links/s", baseline=signed * 1000,
        ratio=report.links / walked, conditions=f"{report.links} links of a database; baseline: ms to sign",
    )  # fmt: skip
