"""The one place that says who is hidden by a seal. Every selector over persons or records asks here.

In SQL: `AND {seen("r.person_id")}`, with `**bound(scope)` among the parameters. In the ORM: `.filter(seen_by(scope,
"record__person"))`, or begin with `records(scope)`. `UNSEALED` is for what is derived once for everybody.
"""

import uuid
from collections.abc import Iterable
from typing import Final, NamedTuple

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.expressions import Combinable

from registry.models import FindingRecord, Record, RecordKind, SealedPerson
from registry.scope import Scope
from registry.selectors.sql import select

_HIDDEN: Final = "SELECT FROM registry_sealedperson hidden WHERE hidden.person_id = {column}"


def seen(column: str, parameter: str = "%(opened)s") -> str:
    """SQL that is true where the person in `column`, a fixed text, is not hidden from the scope of `bound`."""
    return f"NOT EXISTS ({_HIDDEN.format(column=column)} AND hidden.person_id <> ALL({parameter}::bigint[]))"


def unsealed(column: str) -> str:
    """SQL that is true where no seal hides the person in `column` from anybody."""
    return f"NOT EXISTS ({_HIDDEN.format(column=column)})"


def bound(scope: Scope) -> dict[str, list[int]]:
    """The parameter of `seen`."""
    return {"opened": sorted(scope.opened)}


def seen_by(scope: Scope, person: str) -> Combinable | Q:
    """The same as a condition of the ORM; `person` is the path to the person, such as `record__person`."""
    hidden = SealedPerson.objects.filter(person=OuterRef(person)).exclude(person__in=scope.opened)
    return ~Exists(hidden)


def home_seen_by(scope: Scope, home: str) -> Combinable | Q:
    """The same where `home` is the path to a home person, by whom kept work remembers somebody (ADR 3): true unless
    whoever its record is now judged to be is hidden, and where there is none."""
    hidden = SealedPerson.objects.exclude(person__in=scope.opened).values("person")
    return ~Exists(Record.objects.filter(home=OuterRef(home), person__in=hidden))


def records(scope: Scope) -> QuerySet[Record]:
    """The records that the scope lets see: none of a hidden person, no lawyer's where those may not be shown."""
    found = Record.objects.filter(seen_by(scope, "person"))
    return found if scope.lawyers else found.exclude(kind=RecordKind.LAWYER)


def hidden_records(scope: Scope) -> QuerySet[Record]:
    """The records of whom the scope hides by a seal: few, to be looked up once where many rows are read."""
    return Record.objects.filter(person__in=SealedPerson.objects.exclude(person__in=scope.opened).values("person"))


def findings_seen_by(scope: Scope) -> Combinable | Q:
    """A condition on findings of the ORM: none of the records it is about is of a hidden person."""
    hidden = SealedPerson.objects.exclude(person__in=scope.opened).values("person")
    return ~Exists(FindingRecord.objects.filter(finding=OuterRef("pk"), record__person__in=hidden))


class _Opened(NamedTuple):
    person: int


# Every standing seal on a person must admit the viewer: the strictest wins, also where a merge brought seals together.
_OPENED: Final = """
WITH standing AS (
    SELECT id, level, agency FROM registry_seal WHERE lifted_at IS NULL AND (until IS NULL OR until > now())
), admitting AS (
    SELECT id FROM standing WHERE level = 'agency' AND agency = %(agency)s
    UNION
    SELECT g.seal_id FROM registry_sealgrant g JOIN standing s ON s.id = g.seal_id
    WHERE g.username = %(viewer)s AND g.confirmed_at IS NOT NULL AND g.revoked_at IS NULL
        AND (g.until IS NULL OR g.until > now())
), near AS (
    SELECT DISTINCT r.person_id FROM admitting a JOIN registry_sealedrecord k ON k.seal_id = a.id
        JOIN registry_record r ON r.id = k.record_id)
SELECT person_id FROM near WHERE NOT EXISTS (
    SELECT FROM registry_record r JOIN registry_sealedrecord k ON k.record_id = r.id JOIN standing s ON s.id = k.seal_id
    WHERE r.person_id = near.person_id AND s.id NOT IN (SELECT id FROM admitting))
"""


def opened_to(*, viewer: str, agency: str) -> frozenset[int]:
    """The sealed persons (ids) whom every seal on them lets this viewer see (one query)."""
    return frozenset(row.person for row in select(_Opened, _OPENED, {"viewer": viewer, "agency": agency}))


def sealed_among(persons: Iterable[uuid.UUID]) -> list[uuid.UUID]:
    """Those of the persons (public ids) who are under a seal, for the audit of having shown them."""
    found = SealedPerson.objects.filter(person__public_id__in=list(persons))
    return list(found.annotate(known=F("person__public_id")).order_by("known").values_list("known", flat=True))
