"""What the screens of agreements say: who with whom, until when, which goals are met, late or to come."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from django.conf import settings
from django.db.models import QuerySet
from django.forms import Form
from django.urls import reverse

from ingestion import clock
from ingestion.models import Agreement, AgreementGoal, AgreementStatus, GoalStatus, Rule, RuleChoice, Source
from ingestion.screens.present.runs import when
from ingestion.services import agreements
from ingestion.services.refusals import why_not
from senappen.lib.wording import count, day, tag

# Days before the end from which a term stands out.
NEAR: Final = 180


def board(found: QuerySet[Agreement]) -> dict[str, Any]:
    """All of them, and their late goals, the longest late first."""
    known = list(found)
    late = [line for agreement in known for line in _late(agreement)]
    return {
        "late": sorted(late, key=lambda line: -line["days"]),
        "agreements": [_line(agreement) for agreement in known],
    }


def page(agreement: Agreement, forms: Mapping[int, Form]) -> dict[str, Any]:
    """One agreement: facts, goals (with the forms of those who may change them), rules, what is left of its sources."""
    today = _today(agreement)
    return {
        "agreement": agreement,
        "state": _state(agreement, today),
        "facts": _facts(agreement),
        "goals": [{**_goal(goal, today), "form": forms.get(goal.pk)} for goal in agreement.goals.all()],
        "rules": [
            {"rule": Rule(one.rule).label, "since": when(one.since), "by": one.chosen_by}
            for one in RuleChoice.objects.filter(origin=agreement.origin).reverse()
        ],
        "sources": [_source(one) for one in Source.objects.filter(origin=agreement.origin).select_related("origin")],
        "in_force": agreement.status == AgreementStatus.IN_FORCE,
    }


def _facts(agreement: Agreement) -> list[dict[str, str]]:
    extension = f"{agreement.extension_months} meses" if agreement.extension_months else "nenhuma"
    party = agreement.agency.name if agreement.agency else f"{agreement.origin.name} (órgão não informado)"
    return [
        {"label": "Partícipes", "value": f"{settings.CENTRAL_BODY} e {party}"},
        {"label": "Assinado em", "value": day(agreement.signed_on)},
        {"label": "Prazo", "value": f"{agreement.term_months} meses"},
        {"label": "Prorrogação", "value": extension},
        {"label": "Vale até", "value": day(agreement.ends_on)},
        {"label": "Responsável no órgão central", "value": agreement.responsible},
        {"label": "Responsável no estado", "value": agreement.state_responsible},
    ]


def _line(agreement: Agreement) -> dict[str, Any]:
    today, goals = _today(agreement), list(agreement.goals.all())
    done = sum(goal.status == GoalStatus.DONE for goal in goals)
    return {
        "url": reverse("ingestion:agreement", args=[agreement.pk]),
        "number": agreement.number,
        "origin": agreement.origin.name,
        "party": agreement.agency.acronym if agreement.agency else "não informado",
        "signed": day(agreement.signed_on),
        "until": day(agreement.ends_on),
        "state": _state(agreement, today),
        "goals": f"{done} de {len(goals)}",
        "late": sum(goal.late_on(today) for goal in goals) if _counts(agreement) else 0,
    }


def _late(agreement: Agreement) -> list[dict[str, Any]]:
    today = _today(agreement)
    goals = (goal for goal in agreement.goals.all() if _counts(agreement) and goal.late_on(today))
    return [
        {
            **_goal(goal, today),
            "origin": agreement.origin.name,
            "url": reverse("ingestion:agreement", args=[agreement.pk]),
            "days": (today - goal.due_on).days,
            "overdue": count((today - goal.due_on).days, "dia", "dias"),
        }
        for goal in goals
    ]


def _goal(goal: AgreementGoal, today: date) -> dict[str, Any]:
    state = tag(GoalStatus(goal.status).label, "ok" if goal.status == GoalStatus.DONE else "info")
    return {
        "pk": goal.pk,
        "text": goal.text,
        "deadline": f"D+{goal.deadline_days}",
        "due": day(goal.due_on),
        "responsible": goal.responsible or "sem responsável",
        "state": tag("Atrasada", "danger") if _counts(goal.agreement) and goal.late_on(today) else state,
        "done": day(goal.done_on),
    }


def _source(source: Source) -> dict[str, Any]:
    return {
        "rule": Rule(source.rule).label,
        "credentials": "guardadas, cifradas" if source.encrypted_credentials else "destruídas ou nunca informadas",
        "refusal": why_not(source, clock.now()) or "carrega no horário",
    }


def _state(agreement: Agreement, today: date) -> dict[str, str]:
    if agreement.status != AgreementStatus.IN_FORCE:
        return tag(AgreementStatus(agreement.status).label, "danger")
    left = (agreement.ends_on - today).days
    if left < 0:
        return tag("Prazo encerrado", "danger")
    return tag(f"Vence em {count(left, 'dia', 'dias')}", "warn") if left <= NEAR else tag("Vigente", "ok")


def _counts(agreement: Agreement) -> bool:
    """Whether its goals are still owed."""
    return agreement.status == AgreementStatus.IN_FORCE


def _today(agreement: Agreement) -> date:
    return agreements.today(agreement.origin, clock.now())
