"""Signs become standing alerts. Running it again changes nothing but what is new."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from django.db import transaction

from audit import recorder
from audit.events import Actor, Event, Kind
from credentialing.models import Agency, User
from oversight import facts
from oversight.models import Alert, AlertSign, Cause, State, Verdict
from oversight.models.alert import span_of
from oversight.services import handling
from oversight.signs.acts import Usage
from oversight.signs.ranking import LABELS, NEWS_WEEKS, SIGNS, Ranked, news, ranked
from oversight.signs.sign import Seen, Sign


def watch(agency: Agency, week: date, *, by: Actor) -> int:
    """Look at everything the agency's accounts did in the week of this Monday; how many alerts are new or heavier."""
    accounts = facts.used(agency, week)
    if not accounts:
        return 0
    _tell_reading(agency, week, len(accounts), by)
    around = facts.surroundings(agency, week, accounts)
    owners, doors, raised = facts.owners(agency), facts.doors(agency), 0
    for start in range(0, len(accounts), facts.CHUNK):
        chunk = accounts[start : start + facts.CHUNK]
        known = facts.portraits(chunk, week)
        found = [usage for usage in facts.read(agency, week, chunk) if usage.account in known]
        for usage in found:
            usage.portrait = facts.with_documents(usage, known[usage.account], owners)
            usage.portrait = facts.with_neighbours(usage, usage.portrait, doors)
        raised += sum(raise_alert(one, week, by=by) for one in ranked(found, around))
    return raised


@transaction.atomic
def raise_alert(one: Ranked, week: date, *, by: Actor) -> bool:
    """Write what was seen of one account's week. True if it was not known before.

    A habit that was justified in the weeks before is no news. Signs are never taken back: what others did later may
    move a median, not what was seen. A closed case that shows a sign it had not is opened again.
    """
    # The account's row makes two looks at the same week one after the other.
    user = User.objects.select_for_update().get(pk=one.usage.account)
    fresh = news(one, _justified(user, week))
    if fresh is None:
        return False
    alert, made = Alert.objects.get_or_create(user=user, week=week, cause=Cause.SIGNS)
    new = _add_signs(alert, fresh.reasons)
    if not (made or new):
        return False
    _sum_up(alert, one.usage)
    _record(alert, new, by)
    if alert.state == State.CLOSED:
        words = f"Sinais novos depois da decisão: {', '.join(LABELS[name] for name in new)}."
        handling.reopen(alert=alert, user=None, words=words, by=by)
    return True


def _justified(user: User, week: date) -> dict[str, int]:
    """Sign → the most events it was told with in a week the corregedor found justified."""
    known: dict[str, int] = {}
    lately = {"alert__week__lt": week, "alert__week__gte": week - timedelta(weeks=NEWS_WEEKS)}
    for name, evidence in AlertSign.objects.filter(
        alert__user=user, alert__verdict=Verdict.JUSTIFIED, **lately
    ).values_list("name", "evidence"):
        known[name] = max(known.get(name, 0), len(evidence))
    return known


def raise_for(user: User, week: date, cause: Cause, *, score: int, by: Actor) -> Alert | None:
    """An alert that no sign made: a frozen account, a copied passkey, the weekly draw. None if the week has it."""
    with transaction.atomic():
        alert, made = Alert.objects.get_or_create(user=user, week=week, cause=cause, defaults={"score": score})
        if not made:
            return None
        _record(alert, [], by)
        return alert


def _add_signs(alert: Alert, reasons: Iterable[tuple[Sign, Seen]]) -> list[str]:
    """Add the signs the alert has not, refresh those it has with what became more; names of the new ones."""
    held = {sign.name: sign for sign in alert.signs.all()}
    new = []
    for sign, seen in reasons:
        words, evidence = seen.words[:300], list(seen.events)
        if sign.name not in held:
            AlertSign.objects.create(alert=alert, name=sign.name, weight=sign.weight, words=words, evidence=evidence)
            new.append(sign.name)
        elif set(evidence) > set(held[sign.name].evidence):
            AlertSign.objects.filter(pk=held[sign.name].pk).update(words=words, evidence=evidence)
    return new


def _sum_up(alert: Alert, usage: Usage) -> None:
    weights = {sign.name: sign.weight for sign in SIGNS}
    alert.score = sum(weights.get(name, 0) for name in alert.signs.values_list("name", flat=True))
    alert.looked = len(usage.opened)
    alert.expected = sum(bool(act.explained) for act in usage.opened)
    alert.because = dict(usage.because)
    alert.save(update_fields=["score", "looked", "expected", "because"])


def _record(alert: Alert, signs: list[str], by: Actor) -> None:
    detail: Mapping[str, object] = {
        "alert": alert.pk,
        "account": alert.user_id,
        "username": alert.user.username,
        "week": alert.week.isoformat(),
        "signs": signs,
    }
    recorder.record_with(Event(kind=Kind.ALERT_RAISED, actor=by, action=alert.cause, detail=dict(detail)))


def _tell_reading(agency: Agency, week: date, accounts: int, by: Actor) -> None:
    first, after = span_of(week)
    span = {"agency": agency.acronym, "since": first.isoformat(), "until": after.isoformat()}
    detail = {"filters": span, "count": accounts}
    recorder.record_now(Event(kind=Kind.AUDIT_READ, actor=by, action="misuse", detail=detail))
