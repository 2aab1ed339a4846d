"""A real worker of Celery's that is told to end, or killed, in the middle of a load."""

import ctypes.util
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
from django.db import connections

from ingestion.models import Load, LoadStatus, LoadView, RawRecord, Source
from ingestion.services import loads
from registry.models import Prisoner
from senappen import servers
from tests.factories.ingestion import BY, State, load, make_source, sign

ROWS = 6_000
# Reads a row in half a millisecond: a load takes some seconds, in two batches.
SLOW = f"""
INSERT INTO dados.vw_preso (cod, pront, nm, nasc, sx, alt, atv)
SELECT n, 'P' || n, 'INVENTADO ' || n, '05/11/1990', '1', timestamp '2024-03-01' + n * interval '1 second', 'S'
FROM generate_series(1, {ROWS}) n;
ALTER TABLE dados.vw_preso RENAME TO presos;
CREATE VIEW dados.vw_preso AS SELECT p.* FROM dados.presos p, LATERAL (SELECT pg_sleep(0.0005 + 0 * p.cod)) slow;
GRANT SELECT ON dados.vw_preso TO PUBLIC
"""


@pytest.fixture
def worker(committed: None) -> Iterator[subprocess.Popen[bytes]]:
    """A worker with one process, on this test's database and a queue of its own."""
    name = connections["default"].settings_dict["NAME"]
    environment = {
        **os.environ,
        "DATABASE_URL": servers.postgres().url(user=servers.APP_ROLE, name=name),
        "DATABASE_OWNER_URL": servers.postgres().url(user="postgres", name=name),
    }
    command = [sys.executable, "-m", "celery", "-A", "senappen", "worker", "-c", "1", "-Q", QUEUE, "-l", "warning"]
    process = subprocess.Popen(command, env=environment, start_new_session=True)
    yield process
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


QUEUE = f"test-{os.getpid()}"


def wait_for(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 120
    while not condition():
        assert time.monotonic() < deadline, "it did not come to pass"
        time.sleep(0.1)


@pytest.fixture
def begun(worker: subprocess.Popen[bytes], state: State) -> Source:
    """A source whose load the worker has begun: its first batch of prisoners is in."""
    from senappen.celery import app

    state.run(SLOW)
    source = make_source(state)
    sign(source.origin)
    loads.start(source=source, by=BY, enqueued=False)
    app.send_task(loads.TASK, args=[source.pk], queue=QUEUE)
    wait_for(lambda: LoadView.objects.filter(view="vw_preso", batch__gte=1).exists())
    return source


def test_a_worker_told_to_end_finishes_its_load(worker: subprocess.Popen[bytes], begun: Source) -> None:
    worker.send_signal(signal.SIGTERM)

    assert worker.wait(timeout=120) == 0
    assert Load.objects.get().status == LoadStatus.FINISHED
    assert Prisoner.objects.count() == ROWS


def test_a_killed_worker_s_load_is_taken_up_at_the_next_minute(worker: subprocess.Popen[bytes], begun: Source) -> None:
    os.killpg(worker.pid, signal.SIGKILL)
    worker.wait()
    left = Load.objects.get()
    assert left.status == LoadStatus.RUNNING

    assert begun.pk in loads.waiting(datetime.now(UTC))
    wait_for(lambda: load(begun).status == LoadStatus.FINISHED)

    assert Load.objects.get().epoch >= 2
    assert (Prisoner.objects.count(), RawRecord.objects.count()) == (ROWS, ROWS)
    assert LoadView.objects.get(view="vw_preso").read_count == ROWS


@pytest.mark.skipif(ctypes.util.find_library("fbclient") is None, reason="needs Debian's libfbclient2")
def test_firebird_s_client_leaves_the_signals_to_the_worker() -> None:
    """Once attached, or refused, the process ends when told to."""
    script = (
        "import os, signal, time, django; django.setup(); import sqlalchemy as sa\n"
        "from ingestion.dialects.firebird import Firebird\n"
        "try: sa.create_engine('firebird+firebird://a:b@/127.0.0.1/1:x').connect()\n"
        "except Exception as error: Firebird().problem(error)\n"
        "os.kill(os.getpid(), signal.SIGTERM); time.sleep(20)"
    )
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "senappen.settings.dev"}

    ended = subprocess.run([sys.executable, "-c", script], env=environment, check=False, timeout=60)

    assert ended.returncode == -signal.SIGTERM
