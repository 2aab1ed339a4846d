"""The one registry of rules. A family is a module; a new rule enters its family's tuple."""

from typing import Final

from registry.findings import custody, dates, history, identity, units, visits
from registry.findings.rule import Rule, Subject

RULES: Final[dict[str, Rule]] = {
    rule.id: rule for family in (dates, history, custody, identity, units, visits) for rule in family.RULES
}
OF_RECORDS: Final = tuple(rule for rule in RULES.values() if rule.subject is not Subject.UNIT)
# Of people who share a value: a finding of theirs depends on records that nobody touched.
OF_GROUPS: Final = tuple(rule for rule in RULES.values() if rule.subject in (Subject.PEOPLE, Subject.PHOTO))
OF_UNITS: Final = tuple(rule for rule in RULES.values() if rule.subject is Subject.UNIT)
