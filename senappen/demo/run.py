"""The demonstration, step by step."""

import socket
import time
import urllib.error
import urllib.request
from collections.abc import Callable

from django.core.management import call_command

from audit.events import system
from ingestion.models import Rule
from ingestion.tasks import measure_due_quality
from registry.services import figures, matching, search_documents
from registry.services.matching import training
from registry.services.resolution import adopting, relinking
from senappen import servers
from senappen.demo import accounts, conduct, country, sources
from senappen.demo.parent import Make
from senappen.demo.processes import Processes
from senappen.demo.ways import HERE, YEAR, Host, authority, rule_of

BY = system("demo")
POLL_S = 1.0
SAY_EVERY_S = 4.0
COUNTING_S = 45.0
WEB_WORKERS, WEB_THREADS, LOAD_WORKERS = "2", "4", "2"


class Demonstration:
    """Servers, country, accounts, sources, processes, first loads. `say` tells the person what is going on."""

    def __init__(self, *, people: int, states: list[str], port: int, say: Callable[[str], None]) -> None:
        self.people = people
        self.states = [uf.strip().upper() for uf in states]
        self.port = port
        self.say = say
        self.folder = servers.var() / "demo"
        self.processes = Processes(self.folder / "logs")
        self.make = Make()

    def start(self) -> None:
        """Bring everything up; returns when the first search would answer."""
        self._start_states()
        self.say("preparando o banco nacional")
        call_command("migrate", verbosity=0)
        known = accounts.ensure(self.folder / "accounts.json", self.states)
        self.say(f"{len(known)} contas em {self.folder / 'accounts.json'}")
        self._start_web()
        self.say(f"país fictício: {self.people} pessoas em {', '.join(self.states)}")
        country.ensure(self.folder / "country", people=self.people, states=self.states)
        sources.ensure(Host(self.folder / "country", self.processes), self.states)
        self._start_workers()
        self._wait_for_loads()
        self._link()
        self._count()
        # The worker counts while the first visitor looks around; beat would ask a quarter of an hour later.
        measure_due_quality.delay()
        self._wait_for_web()

    def wait(self) -> None:
        """Stay until Ctrl-C, or until one of the processes ends by itself."""
        while (ended := self.processes.ended()) is None:
            if self.make.was_interrupted():
                raise KeyboardInterrupt
            time.sleep(POLL_S)
        self.say(f"o processo {ended} terminou: veja {self.processes.logs / ended}.log")

    def stop(self) -> None:
        """End the processes and the private servers."""
        self.processes.stop()
        servers.stop()

    def _start_states(self) -> None:
        """The servers that play the states' databases."""
        servers.state_postgres().start()
        if Rule.SQL_INTERNET in map(rule_of, self.states):
            server = servers.state_postgres_tls()
            server.start()
            server.show(*authority(self.folder).issue(days=YEAR, host=HERE))

    def _start_web(self) -> None:
        self.processes.start(
            "web", "gunicorn", "senappen.wsgi", "--bind", f"127.0.0.1:{self.port}", "--worker-class", "gthread",
            "--workers", WEB_WORKERS, "--threads", WEB_THREADS, "--log-level", "warning",
            environment={"PORT": str(self.port)},
        )  # fmt: skip

    def _start_workers(self) -> None:
        celery = ["celery", "-A", "senappen"]
        quiet = ["--loglevel", "warning"]
        asks = {"CONDUCT_URL": f"http://{conduct.HOST}:{self._start_conduct()}/"}
        every = ["-n", "all@%h", "--concurrency", LOAD_WORKERS]
        self.processes.start("worker", *celery, "worker", *every, *quiet, environment=asks)
        # A place that no first load takes.
        short = ["-n", "short@%h", "-Q", "celery,loads.short", "--concurrency", "1"]
        self.processes.start("worker-short", *celery, "worker", *short, *quiet, environment=asks)
        self.processes.start("beat", *celery, "beat", *quiet)

    def _start_conduct(self) -> int:
        """What answers about the conduct of whoever access is asked for; its port."""
        with socket.socket() as probe:
            probe.bind((conduct.HOST, 0))
            port = int(probe.getsockname()[1])
        self.processes.start("conduct", "senappen.demo.conduct", str(port))
        return port

    def _wait_for_loads(self) -> None:
        sources.start_first_loads()
        said_at = 0.0
        while not sources.all_loaded():
            self._raise_if_ended()
            if time.monotonic() - said_at >= SAY_EVERY_S:
                self.say(sources.progress())
                said_at = time.monotonic()
            time.sleep(POLL_S)

    def _link(self) -> None:
        """Train a model on the country, and let it decide in the rules' place: what later loads bring it links."""
        if matching.adopted():
            return
        self.say("treinando o modelo que liga registros da mesma pessoa")
        version = training.train(by=BY).version
        relink = relinking.dry_run(version=version, by=BY)
        adopting.adopt(relink, by=BY)
        search_documents.refresh()
        found = relink.figures
        self.say(f"modelo {version}: {found['joins']} pessoas reunidas, {found['to_review']} pares a rever")

    def _count(self) -> None:
        """The statistics of the last days and months; what there is no time for, the workers count later."""
        self.say("apurando as estatísticas")
        figures.build_due(by=BY, seconds=COUNTING_S)

    def _wait_for_web(self) -> None:
        while True:
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/entrar/"):
                    return
            except (urllib.error.URLError, ConnectionError):
                self._raise_if_ended()
                time.sleep(POLL_S / 4)

    def _raise_if_ended(self) -> None:
        if ended := self.processes.ended():
            raise SystemExit(f"o processo {ended} terminou antes da hora: veja {self.processes.logs / ended}.log")
