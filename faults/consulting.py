"""Agents who consult while what answers them is killed, and what the audit knows of the answers they got."""

import random
import threading
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from django.core.management import call_command
from knox.models import AuthToken

from audit.events import Kind
from benchmarks import browser, life_base
from faults.chains import read
from faults.client import Answer, Client
from faults.kept import Kept, children, kill_process, kill_server, revive
from faults.proxy import free_port
from registry.models import Person
from registry.services import search_documents
from senappen import servers

CLIENTS = 4
# Answers between two kills: only a system at work is worth killing.
AT_WORK = 8
WORKERS = ("--worker-class", "gthread", "--workers", "2", "--threads", "4")


def run(folder: Path, *, count: int, people: int) -> int:
    """So many kills; how many answers are not on record or events are wrong."""
    logs = folder / "logs"
    logs.mkdir()
    servers.ensure()
    kept: dict[str, Kept] = {}
    try:
        call_command("migrate", verbosity=0)
        life_base.build(people)
        search_documents.refresh(Person.objects.values_list("pk", flat=True))
        port = free_port()
        kept["web"] = Kept("web", logs, "gunicorn", "senappen.wsgi", "--bind", f"127.0.0.1:{port}", *WORKERS)
        celery = ("celery", "-A", "senappen")
        kept["worker"] = Kept("worker", logs, *celery, "worker", "--concurrency", "1", "--loglevel", "warning")
        kept["beat"] = Kept("beat", logs, *celery, "beat", "--loglevel", "warning")
        answers = _consulted(port, kept, count)
        return _verdict(answers, folder / "checkpoints")
    finally:
        for one in kept.values():
            one.end()
        servers.stop()


def _consulted(port: int, kept: dict[str, Kept], count: int) -> list[Answer]:
    user, purpose = browser.person()
    headers = {"Authorization": f"Bearer {AuthToken.objects.create(user=user)[1]}", "X-Purpose": str(purpose.pk)}
    persons = [str(one) for one in Person.objects.values_list("public_id", flat=True)[:100]]
    answers: list[Answer] = []
    over = threading.Event()
    clients = [Client(port, headers, persons, random.Random(at)) for at in range(CLIENTS)]
    working = [threading.Thread(target=client.work, args=(over, answers), daemon=True) for client in clients]
    for thread in working:
        thread.start()
    struck = Counter[str]()
    for number in range(1, count + 1):
        known = sum(answer.shows for answer in answers)
        while sum(answer.shows for answer in answers) < known + AT_WORK:
            time.sleep(0.02)
        time.sleep(random.uniform(0, 0.3))
        name = list(STRIKES)[number % len(STRIKES)]
        STRIKES[name](kept)
        struck[name] += 1
        if number % 20 == 0 or number == count:
            print(f"{time.strftime('%H:%M:%S')} {number}/{count}: {len(answers)} respostas", flush=True)
    over.set()
    for thread in working:
        thread.join()
    print("mortes: " + ", ".join(f"{name} {times}" for name, times in sorted(struck.items())))
    return answers


def _base(_: dict[str, Kept]) -> None:
    server = servers.postgres()
    kill_server(server, server.data / "postmaster.pid")
    time.sleep(random.uniform(0, 1))
    revive(server)


def _backend(_: dict[str, Kept]) -> None:
    server = servers.postgres()
    postmaster = int((server.data / "postmaster.pid").read_text().split("\n", 1)[0])
    if processes := children(postmaster):
        kill_process(random.choice(processes))
    time.sleep(0.5)
    revive(server)


def _redis(_: dict[str, Kept]) -> None:
    server = servers.redis()
    kill_server(server, server.folder / "redis.pid")
    time.sleep(random.uniform(0, 1))
    revive(server)


STRIKES: dict[str, Callable[[dict[str, Kept]], None]] = {
    "PostgreSQL": _base,
    "um processo do PostgreSQL": _backend,
    "Redis": _redis,
    "servidor web": lambda kept: kept["web"].kill(),
    "um processo do servidor web": lambda kept: kept["web"].kill_child(),
    "worker": lambda kept: kept["worker"].kill(),
}


def _verdict(answers: list[Answer], folder: Path) -> int:
    links, outside, wrong = read(folder)
    events = [link.event for link in links if link.event is not None]
    disclosed = {str(event.receipt) for event in events if event.kind == Kind.DISCLOSURE}
    shown = [answer for answer in answers if answer.shows]
    missing = [answer for answer in shown if answer.receipt not in disclosed]
    half = sum(answer.cut for answer in shown)
    print(
        f"{len(shown)} respostas com pessoas ({half} interrompidas), {len(answers) - len(shown)} sem; "
        f"{len(disclosed)} revelações registradas, {outside} pontos de controle fora; "
        f"sem registro {len(missing)}; alterados {wrong or 'nenhum'}"
    )
    return len(missing) + len(wrong) + (not outside)
