"""Real workers on a real Redis: a long first load holds up nobody else's daily one."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
from celery import current_app
from django.db import connection

from ingestion import clock, lanes
from ingestion.models import Heartbeat, Load, LoadStatus, Source
from ingestion.services import heartbeats, loads
from senappen import servers
from tests.factories.ingestion import BY, MAPPING, State, load, make_mapping, make_source
from tests.factories.registry import make_origin

DAILY = ("AC", "AM", "AP", "RO", "RR", "TO")
PATIENCE_S = 120


@pytest.fixture
def environment(committed: None) -> dict[str, str]:
    """Of processes that see this test's database, with nothing in their queues."""
    current_app.control.purge()
    name = connection.settings_dict["NAME"]
    application, owner = servers.postgres().url(user=servers.APP_ROLE, name=name), servers.postgres().url(name=name)
    return {**os.environ, "DATABASE_URL": application, "DATABASE_OWNER_URL": owner}


@pytest.fixture
def start_worker(environment: dict[str, str], tmp_path: Path) -> Iterator[Callable[..., None]]:
    """Starts a worker of one task at a time for some queues."""
    running: list[subprocess.Popen[bytes]] = []

    def start(name: str, *queues: str) -> None:
        command = [sys.executable, "-m", "celery", "-A", "senappen", "worker", "-c", "1", "-n", name]
        command += ["-Q", ",".join(queues), "--loglevel", "warning"]
        with (tmp_path / f"{name}.log").open("wb") as log:
            running.append(subprocess.Popen(command, env=environment, stdout=log, stderr=log, start_new_session=True))

    yield start
    for worker in running:
        os.killpg(worker.pid, signal.SIGKILL)
        worker.wait()


def until(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while not holds():
        assert time.monotonic() < deadline, "it never came to be so"
        time.sleep(0.2)


def daily_source(state: State, uf: str) -> Source:
    """A source that reads units alone and has had its first load."""
    units = {"vw_unidade": MAPPING["views"]["vw_unidade"]}
    made = make_source(state, origin=make_origin(uf), mapping=make_mapping(uf, views=units))
    assert load(made).status == LoadStatus.FINISHED
    return made


def test_a_long_first_load_does_not_hold_up_the_daily_ones(state: State, start_worker: Callable[..., None]) -> None:
    """The first load waits on a table that the state's administrator has locked, for as long as the test likes."""
    daily = [daily_source(state, uf) for uf in DAILY]
    first = make_source(state)
    start_worker("todas", lanes.SHORT, lanes.LONG)
    start_worker("curtas", lanes.DEFAULT, lanes.SHORT)

    with psycopg.connect(state.url) as administrator:
        administrator.execute("LOCK TABLE dados.vw_preso IN ACCESS EXCLUSIVE MODE")
        long = loads.start(source=first, by=BY)
        until(lambda: Load.objects.get(pk=long.pk).status == LoadStatus.RUNNING)
        started = [loads.start(source=source, by=BY).pk for source in daily]
        until(lambda: Load.objects.filter(pk__in=started, status=LoadStatus.FINISHED).count() == len(DAILY))
        assert Load.objects.get(pk=long.pk).status == LoadStatus.RUNNING

    until(lambda: Load.objects.get(pk=long.pk).status == LoadStatus.FINISHED)


def test_workers_are_seen_alive_with_their_queues(start_worker: Callable[..., None]) -> None:
    start_worker("curtas", lanes.DEFAULT, lanes.SHORT)

    until(lambda: heartbeats.ask_workers(clock.now()) == 1)

    assert Heartbeat.objects.get().queues == [lanes.DEFAULT, lanes.SHORT]
    assert heartbeats.worker_alive(lanes.SHORT, clock.now())
    assert not heartbeats.worker_alive(lanes.LONG, clock.now())
