"""What is wrong now. Each condition tells it in counts, dates and causes: never in a row's data."""

import shutil
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import NamedTuple

from django.conf import settings
from django.db.models import Count

from ingestion import health, lanes
from ingestion.models import (
    AlertKind,
    BreakerState,
    LoadStatus,
    ReferenceCheck,
    Rejection,
    RejectionStatus,
    SchemaChange,
    Source,
)
from ingestion.models.load import ASKING
from ingestion.services import heartbeats
from registry.selectors import references
from registry.selectors.figures import checks
from senappen.lib.wording import count, day, lasting, moment, thousands

# Each threshold passed is an alert of its own, and another e-mail.
AGREEMENT_DAYS = (90, 30, 7)
CERTIFICATE_DAYS = (30, 7)
# A passing problem is tried again by itself: people hear of it the second time.
FAILURES = 2
# New rejections of a day that are more than a state's usual dirt.
QUARANTINE_A_DAY = 100
DRIFT = timedelta(days=3)
FREE_DISK = 0.1
# A check of references that has not ended by then was killed, or took longer than it may.
UNFINISHED_CHECK = 2 * timedelta(seconds=references.SECONDS)
# Records corrected since explain most differences: people are told for some days.
DIFFERS = timedelta(days=7)
KEEP_ALL = "Não apague nada: descubra o que apagou linhas por fora da plataforma e restaure-as de uma cópia."


class Condition(NamedTuple):
    """Something to act on."""

    kind: AlertKind
    source: int | None
    subject: str
    text: str


def standing(now: datetime) -> Iterator[Condition]:
    """Every condition that holds now."""
    grown = _grown(now)
    drifted = _drifted(now)
    for source in health.sources():
        if source.enabled:
            yield from _of_loads(source)
            yield from _of_terms(source, now)
            if (count := grown.get(source.source, 0)) >= QUARANTINE_A_DAY:
                text = f"{source.origin}: {thousands(count)} linhas rejeitadas nas últimas 24 horas; veja os motivos."
                yield Condition(AlertKind.QUARANTINE, source.source, "", text)
            if count := drifted.get(source.source, 0):
                text = f"{source.origin}: {count} mudanças na estrutura das visões; confira o mapeamento."
                yield Condition(AlertKind.DRIFT, source.source, "", text)
    yield from _of_processes(now)
    yield from _of_references(now)
    yield from _of_figures(now)


def _of_loads(source: health.SourceHealth) -> Iterator[Condition]:
    latest, held = source.latest, source.breaker is not None and source.breaker.state != BreakerState.CLOSED
    if source.lag is not None and not source.fresh and not source.refusal:
        text = f"{source.origin}: a última carga concluída é de {lasting(source.lag.days)} atrás, além do combinado."
        yield Condition(AlertKind.LATE, source.source, "", text)
    if held and source.breaker is not None:
        then = "será testada de novo sozinha" if source.breaker.probe_at else "espera a correção por uma pessoa"
        text = f"{source.origin}: {source.breaker.cause} ({source.breaker.reference}) A fonte {then}."
        yield Condition(AlertKind.BREAKER, source.source, "", text)
    if latest is None or latest.status is not LoadStatus.STOPPED:
        return
    for view in latest.views:
        if view.state in ASKING:
            text = f"{source.origin}: a carga {latest.load} pede confirmação de exclusões em {view.view}."
            yield Condition(AlertKind.REMOVALS, source.source, view.view, text)
    if not held and latest.failures >= FAILURES:
        text = f"{source.origin}: a carga {latest.load} parou. {latest.cause} ({latest.reference})"
        yield Condition(AlertKind.STOPPED, source.source, "", text)


def _of_terms(source: health.SourceHealth, now: datetime) -> Iterator[Condition]:
    agreement = source.agreement
    if agreement is not None and (limit := _passed(agreement.days_left, AGREEMENT_DAYS)) is not None:
        day = f"{agreement.ends_on:%d/%m/%Y}"
        text = f"{source.origin}: o acordo {agreement.number} vale até {day}; sem prorrogação as cargas param."
        yield Condition(AlertKind.AGREEMENT, source.source, str(limit), text)
    for certificate in source.certificates:
        if (limit := _passed((certificate.expires_at - now).days, CERTIFICATE_DAYS)) is not None:
            whose = f"certificado {certificate.kind.label} {certificate.name}".strip()
            text = f"{source.origin}: o {whose} vence em {moment(certificate.expires_at)} (UTC)."
            yield Condition(AlertKind.CERTIFICATE, source.source, f"{limit} {whose}"[:60], text)


def _of_processes(now: datetime) -> Iterator[Condition]:
    if not heartbeats.clock_alive(now):
        text = "O relógio das cargas não dá sinal: confira o processo celery beat e os de carga."
        yield Condition(AlertKind.CLOCK, None, "", text)
    for queue in (lanes.DEFAULT, lanes.SHORT, lanes.LONG):
        if not heartbeats.worker_alive(queue, now):
            text = f"Nenhum processo de carga atende a fila {queue}: confira os processos celery worker."
            yield Condition(AlertKind.WORKER, None, queue, text)
    disk = shutil.disk_usage(settings.VAR)
    if disk.free < FREE_DISK * disk.total:
        free = thousands(disk.free >> 20)
        yield Condition(AlertKind.DISK, None, "", f"Restam {free} MiB livres na pasta de dados da plataforma.")


def _of_references(now: datetime) -> Iterator[Condition]:
    for one in ReferenceCheck.objects.all():
        if one.missing:
            count = thousands(one.missing) + (" ou mais" if one.missing >= references.MOST else "")
            text = f"{one.reference}: linhas sem a de {one.parent} a que se referem: {count}. {KEEP_ALL}"
            yield Condition(AlertKind.REFERENCES, None, one.reference, text)
        elif one.finished_at is None and now - one.begun_at > UNFINISHED_CHECK:
            text = f"{one.reference}: a conferência noturna não chegou ao fim; rode `manage.py check_references`."
            yield Condition(AlertKind.REFERENCES, None, one.reference, text)


def _of_figures(now: datetime) -> Iterator[Condition]:
    for build in checks.differing():
        if build.checked_at is None or now - build.checked_at > DIFFERS:
            continue
        differing = count(build.differences or 0, "linha difere", "linhas diferem")
        text = (
            f"Apuração de {day(build.day)}, versão {build.version}: {differing} da recontagem"
            f" de {moment(build.checked_at)}, e nada que chegou depois explica por quê"
            " (Estatísticas → Cobertura e conferência). Avise quem mantém a plataforma."
        )
        yield Condition(AlertKind.FIGURES, None, f"{build.day:%Y-%m-%d} v{build.version}", text)


def _passed(days: int, limits: tuple[int, ...]) -> int | None:
    """The last limit that so few days have passed, None before the first."""
    return min((limit for limit in limits if days <= limit), default=None)


def _grown(now: datetime) -> dict[int, int]:
    """Open rejections of the last day, by source in use."""
    new = Rejection.objects.filter(status=RejectionStatus.OPEN, created_at__gt=now - timedelta(days=1))
    return _by_source(dict(new.order_by().values_list("origin").annotate(Count("pk"))))


def _drifted(now: datetime) -> dict[int, int]:
    """Lately noticed changes of schema, by source in use."""
    new = SchemaChange.objects.filter(noticed_at__gt=now - DRIFT)
    return _by_source(dict(new.order_by().values_list("origin").annotate(Count("pk"))))


def _by_source(counts: dict[int, int]) -> dict[int, int]:
    enabled = Source.objects.filter(enabled=True, origin__in=counts).values_list("pk", "origin_id")
    return {source: counts[origin] for source, origin in enabled}
