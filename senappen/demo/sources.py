"""The states of the demonstration as sources: registered as a technician would, loaded by the workers."""

from datetime import date, timedelta

import yaml
from django.utils import timezone

from audit.events import system
from ingestion import health
from ingestion.models import BreakerState, LoadStatus, Source
from ingestion.services import agreements, loads
from ingestion.services import sources as services
from registry.services import origins
from senappen import servers
from senappen.demo.ways import HERE, Host, Way

BY = system("demo")
# The demonstration's states send their changes this often; a ministry's would send them daily.
INTERVAL = timedelta(minutes=10)


def ensure(host: Host, states: list[str]) -> None:
    """Start what gives each state's data, and register its origin, agreement and source on the first run."""
    for uf in states:
        way = host.open(uf)
        if not Source.objects.filter(origin__code=uf).exists():
            _register(uf, way)


def start_first_loads() -> None:
    """Ask the workers for the first load of every source that was never loaded."""
    for source in Source.objects.filter(enabled=True, origin__loaded_at=None):
        loads.start(source=source, by=BY)


def all_loaded() -> bool:
    """True when every source has finished a load.

    A load that stopped goes on by itself; SystemExit with the cause once it will not for a long time.
    """
    found = health.sources()
    for source in found:
        if source.loaded_at is None and source.breaker and source.breaker.state is BreakerState.OPEN:
            raise SystemExit(f"a carga de {source.origin} parou: {source.breaker.cause} ({source.breaker.reference})")
    return all(source.loaded_at is not None for source in found)


def progress() -> str:
    """One line: each state with views published and rows read so far."""
    return "carga: " + " · ".join(_line(source) for source in health.sources())


def _line(source: health.SourceHealth) -> str:
    latest = source.latest
    if latest is None:
        return f"{source.origin} na fila"
    if source.loaded_at is not None:
        return f"{source.origin} concluída"
    if latest.status is LoadStatus.STOPPED and latest.retry_at:
        return f"{source.origin} parou ({latest.reference}), volta às {timezone.localtime(latest.retry_at):%H:%M}"
    return f"{source.origin} {latest.views_done}/{len(latest.views)} visões, {latest.read} linhas"


def _register(uf: str, way: Way) -> None:
    zone = str(yaml.safe_load(way.mapping)["timezone"])
    origin = origins.register(code=uf, name=f"Sistema prisional de {uf} (fictício)", uf=uf, timezone=zone, by=BY)
    agreements.sign(
        origin=origin,
        number=f"{origin.pk}/{date.today().year} (fictício)",
        signed_on=date.today(),
        responsible="Coordenação fictícia",
        responsible_email="coordenacao@senappen.example",
        state_responsible=f"Equipe técnica fictícia de {uf}",
        state_email=f"tecnica@{uf.lower()}.example",
        by=BY,
    )
    services.create(
        origin=origin,
        rule=way.rule,
        host=HERE,
        database=f"estado_{uf.lower()}",
        credentials=way.credentials,
        mapping=way.mapping,
        photo_folder=str((servers.var() / "demo" / "country" / uf / "photos").resolve()),
        interval=INTERVAL,
        by=BY,
        **way.address,
    )
