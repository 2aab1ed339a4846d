"""Every declared rule finds what it must, leaves alone what it must, and agrees with the profile."""

import pytest

from audit.events import system
from registry.findings import RULES
from registry.models import Finding, Origin, PendingCheck, Person, Record
from registry.scope import Scope
from registry.selectors.people.situation import situation
from registry.selectors.people.subject import open_subject
from registry.services import findings
from tests.registry.findings import custody_cases, dates_cases, identity_cases, place_cases
from tests.registry.findings.cases import FOUND, LEFT, Case

pytestmark = pytest.mark.django_db(databases=["default", "audit"])

BY = system("test")
FAMILIES = (custody_cases, dates_cases, identity_cases, place_cases)  # importing them registers their cases
# A rule → the doubt of the profile that says the same.
DOUBTS = {
    "custody.two_units": "two_units",
    "custody.two_states": "two_states",
    "custody.after_death": "held_after_death",
    "custody.after_escape": "held_after_escape",
    "custody.after_release": "held_after_release",
    "custody.escaped_elsewhere": "escaped_elsewhere",
}


def check_everything() -> findings.Checked:
    PendingCheck.objects.bulk_create(PendingCheck(record_id=pk) for pk in Record.objects.values_list("pk", flat=True))
    PendingCheck.objects.bulk_create(PendingCheck(origin_id=pk) for pk in Origin.objects.values_list("pk", flat=True))
    return findings.check(by=BY)


@pytest.mark.parametrize("rule", sorted(RULES))
def test_the_rule_has_a_case_of_each_kind(rule: str) -> None:
    assert FOUND.get(rule)
    assert LEFT.get(rule)


def test_no_case_is_of_a_rule_that_is_gone() -> None:
    assert {*FOUND, *LEFT} <= RULES.keys()


@pytest.mark.parametrize(("rule", "case"), [(rule, case) for rule, cases in FOUND.items() for case in cases])
def test_it_is_found(rule: str, case: Case) -> None:
    case()

    check_everything()

    [finding] = Finding.objects.filter(rule=rule)
    telling = RULES[rule].telling.format(**finding.evidence)
    assert "None" not in telling
    assert finding.origins
    assert finding.unit_id or finding.records.exists()
    assert (finding.severity, finding.status, finding.closed_at) == (RULES[rule].severity, "open", None)


@pytest.mark.parametrize(("rule", "case"), [(rule, case) for rule, cases in LEFT.items() for case in cases])
def test_it_is_left_alone(rule: str, case: Case) -> None:
    case()

    check_everything()

    assert not Finding.objects.filter(rule=rule).exists()


@pytest.mark.parametrize(("rule", "case"), [(r, c) for each in (FOUND, LEFT) for r in DOUBTS for c in each[r]])
def test_findings_of_custody_say_what_the_profile_says(rule: str, case: Case) -> None:
    case()

    check_everything()

    for person in Person.objects.filter(records__isnull=False).distinct():
        subject = open_subject(person.public_id, Scope())
        assert subject is not None
        doubts = {one.doubt.value for one in situation(subject, Scope()).contradictions}
        kept = Finding.objects.filter(records__person=person, rule__in=DOUBTS).values_list("rule", flat=True)
        assert {DOUBTS[one] for one in kept} == doubts
