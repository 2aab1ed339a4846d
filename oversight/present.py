"""Cases as their pages show them."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils import timezone

from oversight.forms import STEPS
from oversight.models import Alert, Cause, State, Step, StepKind, Verdict
from oversight.signs.ranking import LABELS
from senappen.lib.crypto import DecryptionError
from senappen.lib.wording import count, day, moment, tag

_TONES = {State.OPEN: "danger", State.ASKED: "info", State.EXPLAINED: "info", State.CONFIRMED: "warn"}
_VERDICT_TONES = {Verdict.JUSTIFIED: "ok", Verdict.INCONCLUSIVE: "neutral", Verdict.MISUSE: "danger"}
_NO_SIGN = {
    Cause.SAMPLE: "Sorteado entre as contas em uso na semana: nenhum motivo além do sorteio.",
    Cause.COPIED_KEY: "Uma chave de acesso da conta foi recusada: a contagem de usos voltou atrás, e pode haver cópia.",
    Cause.AUTOMATION: "A plataforma congelou a conta: o ritmo das consultas parecia o de um programa.",
}


def status(alert: Alert) -> dict[str, str]:
    """How far it has come, as a tag."""
    if alert.state == State.CLOSED:
        return tag(alert.get_verdict_display(), _VERDICT_TONES.get(Verdict(alert.verdict), "neutral"))
    return tag(alert.get_state_display(), _TONES.get(State(alert.state), "neutral"))


def row(alert: Alert) -> dict[str, Any]:
    """One line of the queue; signs and user are read before."""
    return {
        "number": alert.pk,
        "url": reverse("oversight:alert", args=[alert.pk]),
        "who": alert.user.full_name,
        "username": alert.user.username,
        "agency": alert.user.agency.acronym,
        "role": alert.user.role_label,
        "week": day(alert.week),
        "score": alert.score,
        "status": status(alert),
        "late": alert.is_late,
        "due": day(alert.due_on),
        "frozen": alert.user.frozen_at is not None,
        "reasons": reasons(alert),
        "explained": explained(alert),
    }


def reasons(alert: Alert) -> list[dict[str, Any]]:
    """Why it is in the queue: sign, words, how many events, and the name that filters by it."""
    told = [
        {
            "label": LABELS.get(sign.name, sign.name),
            "words": sign.words,
            "events": len(sign.evidence),
            "name": sign.name,
        }
        for sign in alert.signs.all()
    ]
    alone = _NO_SIGN.get(Cause(alert.cause))
    return told or ([{"label": alert.get_cause_display(), "words": alone, "events": 0, "name": ""}] if alone else [])


def explained(alert: Alert) -> str:
    """What the platform itself could explain, in one sentence; empty where nobody was opened."""
    if not alert.looked:
        return ""
    if not alert.because:
        return f"{count(alert.looked, 'ficha aberta', 'fichas abertas')}, nenhuma com explicação conhecida."
    parts = ", ".join(f"{many} × {why}" for why, many in sorted(alert.because.items(), key=lambda one: -one[1]))
    return f"{alert.expected} de {count(alert.looked, 'ficha aberta', 'fichas abertas')} com explicação: {parts}."


def steps(alert: Alert) -> list[dict[str, str]]:
    """What was done, oldest first."""
    return [_step(step) for step in alert.steps.select_related("by")]


def _step(step: Step) -> dict[str, str]:
    try:
        words = step.words
    except DecryptionError:
        words = "(texto ilegível: a chave não está mais entre as da plataforma)"
    return {
        "what": step.get_kind_display(),
        "who": step.by.full_name if step.by else "A plataforma",
        "at": moment(timezone.localtime(step.at)),
        "words": words,
    }


def possible(alert: Alert) -> list[tuple[str, str]]:
    """The steps the judge may take now."""
    frozen = alert.user.frozen_at is not None
    if alert.state == State.CLOSED:
        kinds = [StepKind.REOPEN]
        if alert.verdict == Verdict.MISUSE:
            kinds = [*([] if frozen else [StepKind.BLOCK]), StepKind.REFER, StepKind.REOPEN]
    else:
        kinds = [] if alert.state == State.ASKED else [StepKind.ASK]
        kinds += [StepKind.JUSTIFIED, StepKind.INCONCLUSIVE]
        heard = alert.state == State.CONFIRMED or (alert.state != State.OPEN and alert.is_late)
        kinds += [StepKind.MISUSE] if heard else []
        kinds += [] if frozen else [StepKind.BLOCK]
    kinds += [StepKind.UNBLOCK] if frozen else []
    return [(kind.value, STEPS[kind]) for kind in kinds]


def question(alert: Alert) -> str:
    """What the corregedor asked last."""
    asked = [step for step in alert.steps.all() if step.kind == StepKind.ASK]
    return _step(asked[-1])["words"] if asked else ""


def answer(alert: Alert) -> str:
    """What the person last said."""
    said = [step for step in alert.steps.all() if step.kind == StepKind.EXPLAIN]
    return _step(said[-1])["words"] if said else ""


def asked(alerts: Sequence[Alert]) -> list[dict[str, Any]]:
    """What somebody is asked, or a superior reads: the question, the answer, never the signs."""
    return [
        {
            "number": alert.pk,
            "who": alert.user.full_name,
            "username": alert.user.username,
            "week": day(alert.week),
            "since": alert.week.isoformat(),
            "due": day(alert.due_on),
            "late": alert.is_late,
            "question": question(alert),
            "answer": answer(alert),
        }
        for alert in alerts
    ]
