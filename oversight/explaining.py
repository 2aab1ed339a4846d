"""First explain: which consultations somebody's work makes expected, before any sign is looked for.

Strong reasons take an act out of what signs count: a court case of the person that the purpose names, a procedure or
operation colleagues work on too, a movement of the last week, a follow that a second person approved. That the person
is held in the agency's own state is told beside them, but excuses nothing: the famous prisoner is held there too.
"""

import re
import uuid
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from audit.events import Kind
from consulta.models import Follow, FollowState
from credentialing.models import Agency, Purpose, User
from oversight.signs.acts import OWN_UNIT, TEAM, Act, Usage
from registry.models import PersonSearch
from registry.selectors import expected
from registry.values.names import normalise

CASE = "processo da pessoa citado na finalidade"

MOVED = "pessoa movimentada na última semana"
FOLLOWED = "pessoa sob acompanhamento aprovado"
OWN_STATE = "pessoa custodiada na UF do órgão"

COLLEAGUES: Final = 2
LATELY: Final = timedelta(days=7)
_DIGITS: Final = re.compile(r"\D+")
_LEAST_DIGITS: Final = 3


class Reasons:
    """What may explain acts of some accounts of one agency within a span, asked of the platform once."""

    def __init__(self, found: Sequence[Usage], agency: Agency, since: datetime, until: datetime) -> None:
        persons = {
            act.subjects[0] for usage in found for act in usage.answers if act.subjects and act.action != "search"
        }
        self._cases = expected.cases_of(persons)
        self._moved = expected.movements_of(persons, since - LATELY, until)
        self._followed = _follows([usage.account for usage in found], since, until)
        self._team, self._numbers = _declared(agency, since, until)
        self._here = _held(persons, agency.uf)
        units = User.objects.filter(pk__in=[usage.account for usage in found]).exclude(unit="")
        self._unit = {pk: normalise(unit) for pk, unit in units.values_list("pk", "unit")}
        self._held_in = expected.held_in(persons, self._unit.values()) if self._unit else {}

    def of(self, account: int, act: Act) -> str:
        """Why this answer was to be expected, or empty."""
        if act.purpose in self._team:
            return TEAM
        person = act.subjects[0] if act.subjects and act.action != "search" else None
        if person is None:
            return ""
        if act.purpose is not None and self._numbers.get(act.purpose, "") in self._cases.get(person, ()):
            return CASE
        if any(timedelta(0) <= act.at - at <= LATELY for at in self._moved.get(person, ())):
            return MOVED
        if (account, person) in self._followed:
            return FOLLOWED
        return OWN_UNIT if self._unit.get(account) in self._held_in.get(person, ()) else ""

    def is_held_here(self, act: Act) -> bool:
        """True if the person shown first is held in the agency's own state."""
        return bool(act.subjects) and act.subjects[0] in self._here


def explain(found: Sequence[Usage], *, agency: Agency, since: datetime, until: datetime) -> None:
    """Write into the acts why they were to be expected; an intent is explained as the answer it led to."""
    reasons = Reasons(found, agency, since, until)
    for usage in found:
        why = {act.intent: reasons.of(usage.account, act) for act in usage.acts if act.kind is Kind.DISCLOSURE}
        usage.take([_explained(usage.account, act, why, reasons) for act in usage.acts])
        usage.because = Counter(act.explained for act in usage.opened if act.explained)
        here = sum(reasons.is_held_here(act) for act in usage.opened if not act.explained)
        if here:
            usage.because[OWN_STATE] = here


def _explained(account: int, act: Act, why: dict[int | None, str], reasons: Reasons) -> Act:
    if act.kind is Kind.DISCLOSURE:
        reason = why.get(act.intent, "")
    elif act.kind is Kind.INTENT:
        reason = why.get(act.event, "") or reasons.of(account, act)
    else:
        reason = ""
    return replace(act, explained=reason) if reason else act


def _declared(agency: Agency, since: datetime, until: datetime) -> tuple[set[uuid.UUID], dict[uuid.UUID, str]]:
    """Purposes of cases that others of the agency declared too; and the digits of the case of each purpose."""
    span = Purpose.objects.filter(user__agency=agency, created_at__lt=until, expires_at__gte=since)
    whose: dict[str, set[int]] = defaultdict(set)
    purposes: dict[str, list[uuid.UUID]] = defaultdict(list)
    numbers: dict[uuid.UUID, str] = {}
    for pk, user, reference in span.values_list("pk", "user", "case_reference"):
        plain = "".join(letter for letter in reference.lower() if letter.isalnum())
        numbers[pk] = _DIGITS.sub("", reference)
        if len(numbers[pk]) >= _LEAST_DIGITS:
            whose[plain].add(user)
            purposes[plain].append(pk)
    team = {pk for plain, users in whose.items() if len(users) > COLLEAGUES for pk in purposes[plain]}
    return team, numbers


def _follows(accounts: Iterable[int], since: datetime, until: datetime) -> set[tuple[int, uuid.UUID]]:
    approved = Follow.objects.filter(
        user__in=list(accounts), person__isnull=False, since__lt=until.date(), until__gte=since.date()
    ).filter(state__in=[FollowState.STANDING, FollowState.ENDED], decided_by__isnull=False)
    return set(approved.values_list("user_id", "person__public_id"))


def _held(persons: Iterable[uuid.UUID], uf: str) -> set[uuid.UUID]:
    if not uf:
        return set()
    here = PersonSearch.objects.filter(person__public_id__in=list(persons), uf=uf)
    return set(here.values_list("person__public_id", flat=True))
