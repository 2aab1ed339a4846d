"""What a quality rule is.

A rule's query runs inside a check, over the temporary tables of `registry.findings.facts`, and gives rows of
(`records` bigint[], `evidence` jsonb), one at most for each set of records; of a rule about units, (`unit_id` bigint,
`evidence` jsonb). It gives *every* finding that involves any record of `checking`, exactly as it would if everything
were checked: that is what makes checking what a load touched the same as checking all.
"""

from dataclasses import dataclass
from enum import StrEnum

from registry import labels
from registry.labels import Effect
from registry.models import Severity


class Kind(StrEnum):
    """How far a rule has to look."""

    FIELD = "field"
    CROSS_FIELD = "cross_field"
    CROSS_RECORD = "cross_record"
    CROSS_STATE = "cross_state"


class Subject(StrEnum):
    """What a finding is about. PEOPLE: several persons who share what they should not; PHOTO: by an image."""

    RECORD = "record"
    PERSON = "person"
    PEOPLE = "people"
    PHOTO = "photo"
    UNIT = "unit"


@dataclass(frozen=True, kw_only=True)
class Rule:
    """A declared rule. Texts are pt-BR; `telling` is the sentence of one finding, with `{names}` of its evidence.

    `coded` is the contract's domain of the evidence's `kinds`. `dated`: its condition looks at today's date, so that
    time alone may begin or end a finding.
    """

    id: str
    severity: Severity
    kind: Kind
    subject: Subject
    title: str
    explanation: str
    advice: str
    telling: str
    query: str
    dated: bool = False
    coded: str = ""


def of_effect(*effects: Effect) -> str:
    """The movement codes with these effects as an SQL list. The codes are the contract's own."""
    return listed(labels.codes_with(*effects))


def listed(codes: tuple[str, ...]) -> str:
    """Constants of ours as an SQL list."""
    return "(" + ", ".join(f"'{code}'" for code in sorted(codes)) + ")"
