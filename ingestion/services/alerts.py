"""Opening, closing, telling and acknowledging alerts."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.db import transaction

from audit import recorder
from audit.events import Actor, Event, Kind
from ingestion import clock
from ingestion.alerts import conditions
from ingestion.models import Agreement, AgreementStatus, Alert, AlertKind
from senappen.lib import mail

# What the state itself has to act on; the rest is SENAPPEN's.
STATES = frozenset(
    {
        AlertKind.LATE,
        AlertKind.STOPPED,
        AlertKind.BREAKER,
        AlertKind.CERTIFICATE,
        AlertKind.AGREEMENT,
        AlertKind.QUARANTINE,
        AlertKind.DRIFT,
    }
)
BODY = "{lines}\n\nVeja em Conectores. Mensagem automática da {platform}; não traz dados de pessoas."


@transaction.atomic
def evaluate(now: datetime) -> None:
    """Open what began, close what ended, and keep the words of what stands up to date. Twice is harmless."""
    wanted = {(found.kind, found.source, found.subject): found.text for found in conditions.standing(now)}
    for alert in Alert.objects.select_for_update().filter(closed_at=None):
        text = wanted.pop((AlertKind(alert.kind), alert.source_id, alert.subject), None)
        if text is None:
            alert.closed_at = now
        elif text != alert.text:
            alert.text = text
        else:
            continue
        alert.save(update_fields=["closed_at", "text"])
    fields = ("kind", "source_id", "subject")
    new = [Alert(**dict(zip(fields, key, strict=True)), text=text) for key, text in wanted.items()]
    Alert.objects.bulk_create(new, ignore_conflicts=True)


def notify() -> int:
    """E-mail the open alerts that nobody was told of yet, one message a person; how many messages.

    What cannot be sent now is sent the next time.
    """
    untold = list(Alert.objects.select_related("source").filter(closed_at=None, notified_at=None).order_by("id"))
    messages: dict[str, list[Alert]] = defaultdict(list)
    for alert in untold:
        for address in _addresses(alert):
            messages[address].append(alert)
    sent = sum(_send(address, alerts) for address, alerts in messages.items())
    if sent == len(messages):
        Alert.objects.filter(pk__in=[alert.pk for alert in untold]).update(notified_at=clock.now())
    return sent


@transaction.atomic
def acknowledge(*, alert: Alert, by: Actor) -> None:
    """A person has seen the alert and answers for it."""
    alert.acknowledged_by, alert.acknowledged_at = by.username, clock.now()
    alert.save(update_fields=["acknowledged_by", "acknowledged_at"])
    detail = {"alert": alert.pk, "kind": alert.kind, "source": alert.source_id}
    recorder.record_with(Event(kind=Kind.CONFIGURED, actor=by, action="alert.acknowledge", detail=detail))


def _addresses(alert: Alert) -> set[str]:
    found = set(settings.ALERT_EMAILS)
    if alert.source is not None:
        agreements = Agreement.objects.filter(origin=alert.source.origin_id)
        agreement = agreements.filter(status=AgreementStatus.IN_FORCE).first() or agreements.last()
        if agreement is not None:
            found.add(agreement.responsible_email)
            if alert.kind in STATES:
                found.add(agreement.state_email)
    return found


def _send(address: str, alerts: Iterable[Alert]) -> bool:
    lines = [f"- {alert.get_kind_display()}: {alert.text}" for alert in alerts]
    subject = f"{settings.PLATFORM_NAME}: {len(lines)} alerta{'s' if len(lines) > 1 else ''} das cargas"
    body = BODY.format(lines="\n".join(lines), platform=settings.PLATFORM_NAME)
    return bool(mail.post(subject, body, [address], about="alerts"))
