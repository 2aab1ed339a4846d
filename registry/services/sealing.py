"""Ordering and lifting seals, admitting people to what they hide, and keeping who is hidden true to the records."""

import uuid
from collections.abc import Mapping
from datetime import datetime

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from django.utils import timezone

from audit import recorder
from audit.events import Actor, Event, Kind
from registry.models import Record, Seal, SealBasis, SealedRecord, SealGrant, SealLevel
from registry.selectors.seals import unsealed
from registry.values import lexemes

_FORCE = """
SELECT DISTINCT r.person_id FROM registry_seal s
    JOIN registry_sealedrecord k ON k.seal_id = s.id JOIN registry_record r ON r.id = k.record_id
WHERE s.lifted_at IS NULL AND (s.until IS NULL OR s.until > now())
"""
_FREE = f"""
DELETE FROM registry_sealedperson p WHERE p.person_id NOT IN ({_FORCE}) RETURNING p.person_id
"""  # noqa: S608 - composed of fixed texts
_HIDE = f"""
INSERT INTO registry_sealedperson (person_id) {_FORCE} ON CONFLICT DO NOTHING RETURNING person_id
"""
_MARK = """
INSERT INTO registry_pendingperson (person_id, since) SELECT unnest(%s::bigint[]), now()
ON CONFLICT (person_id) DO UPDATE SET since = EXCLUDED.since
"""
# A word that only hidden persons have becomes nobody's at once: a search must not be able to tell it from a word that
# no state ever sent. Many carriers need no look: counts of hundreds are not wrong by all of them.
_FORGET_WORDS = f"""
WITH gone AS (
    SELECT key AS lexeme, lawyer, count(*) AS n, CASE WHEN key < 0 THEN 'mother'
        WHEN key >= {lexemes.FATHER_BASE} THEN 'father' WHEN lawyer THEN 'lawyer' ELSE 'name' END AS role,
        CASE WHEN key < {lexemes.FATHER_BASE} THEN abs(key) ELSE key - {lexemes.FATHER_BASE} END AS id
    FROM (SELECT DISTINCT person_id, audience = 'L' AS lawyer, unnest(keys) AS key FROM registry_personsearch
        WHERE person_id = ANY(%(persons)s)) carried
    WHERE key > {lexemes.PAIR_TOP} AND key < {lexemes.STATE_BASE}
        AND (NOT lawyer OR key BETWEEN 0 AND {lexemes.FATHER_BASE}) GROUP BY key, lawyer
), left_over AS (
    SELECT gone.id, gone.role, CASE WHEN count - gone.n >= 500 OR EXISTS (
            SELECT FROM registry_personsearch d WHERE d.keys @> ARRAY[gone.lexeme]
                AND (d.audience = 'L') = gone.lawyer AND {unsealed("d.person_id")})
        THEN greatest(1, count - gone.n) ELSE 0 END AS count
    FROM gone JOIN registry_namekey k ON k.id = gone.id CROSS JOIN LATERAL (
        SELECT CASE gone.role WHEN 'mother' THEN k.mothers WHEN 'name' THEN k.people WHEN 'lawyer' THEN k.lawyers
            ELSE k.fathers END AS count) now
), changed AS (
    SELECT id, max(count) FILTER (WHERE role = 'name') AS people, max(count) FILTER (WHERE role = 'lawyer') AS lawyers,
        max(count) FILTER (WHERE role = 'mother') AS mothers, max(count) FILTER (WHERE role = 'father') AS fathers
    FROM left_over GROUP BY id)
UPDATE registry_namekey k SET people = coalesce(changed.people, k.people),
    lawyers = coalesce(changed.lawyers, k.lawyers), mothers = coalesce(changed.mothers, k.mothers),
    fathers = coalesce(changed.fathers, k.fathers)
FROM changed WHERE k.id = changed.id
"""  # noqa: S608 - composed of fixed texts


class UnknownPerson(Exception):
    """No record belongs to this person."""


class NotStanding(Exception):
    """The seal or the grant was ended before."""


class SamePerson(Exception):
    """Who proposed a grant or a lifting may not confirm it, nor may a grant be anybody's own."""


@transaction.atomic
def seal(
    *,
    person: uuid.UUID,
    level: SealLevel,
    agency: str,
    reason: str,
    ordered_by: str,
    until: datetime | None,
    by: Actor,
    basis: SealBasis = SealBasis.OTHER,
) -> Seal:
    """Hide a person, by all the records they have now, at once. Raises UnknownPerson."""
    # Locked: a merge under way waits, or is waited for, and then sees the seal or is seen by it.
    records = list(Record.objects.select_for_update().filter(person__public_id=person).order_by("pk"))
    if not records:
        raise UnknownPerson
    terms = {"level": level, "agency": agency, "reason": reason, "basis": basis, "ordered_by": ordered_by}
    made = Seal.objects.create(**terms, until=until, sealed_by=by.username)
    SealedRecord.objects.bulk_create([SealedRecord(seal=made, record=record) for record in records])
    with connection.cursor() as cursor:
        follow(cursor)
    detail = {"seal": str(made.pk), **terms, "until": until.isoformat() if until else None}
    _record(Kind.SEALED, made, detail, by)
    return made


@transaction.atomic
def ask_lift(*, seal: uuid.UUID, reason: str, by: Actor) -> Seal:
    """Propose to end a seal before its term: until a second person confirms, it hides. A new proposal replaces an
    earlier one. Raises NotStanding."""
    held = _standing(seal)
    held.lift_asked_at, held.lift_asked_by, held.lifted_reason = timezone.now(), by.username, reason
    held.save(update_fields=["lift_asked_at", "lift_asked_by", "lifted_reason"])
    _record(Kind.SEAL_LIFTED, held, {"seal": str(held.pk), "reason": reason, "step": "proposed"}, by)
    return held


@transaction.atomic
def keep(*, seal: uuid.UUID, by: Actor) -> Seal:
    """Take back, or refuse, the proposal to lift a seal. Raises NotStanding."""
    held = _standing(seal)
    if held.lift_asked_at is None:
        raise NotStanding
    proposed = {"by": held.lift_asked_by, "reason": held.lifted_reason}
    held.lift_asked_at, held.lift_asked_by, held.lifted_reason = None, "", ""
    held.save(update_fields=["lift_asked_at", "lift_asked_by", "lifted_reason"])
    _record(Kind.SEAL_LIFTED, held, {"seal": str(held.pk), "step": "kept", "proposed": proposed}, by)
    return held


@transaction.atomic
def lift(*, seal: uuid.UUID, by: Actor) -> Seal:
    """The second person's word: the seal ends at once, for the reason proposed. Raises NotStanding, SamePerson."""
    held = _standing(seal)
    if held.lift_asked_at is None:
        raise NotStanding
    if by.username == held.lift_asked_by:
        raise SamePerson
    held.lifted_at, held.lifted_by = timezone.now(), by.username
    held.save(update_fields=["lifted_at", "lifted_by"])
    with connection.cursor() as cursor:
        follow(cursor)
    _record(Kind.SEAL_LIFTED, held, {"seal": str(held.pk), "reason": held.lifted_reason, "step": "confirmed"}, by)
    return held


@transaction.atomic
def grant(*, seal: uuid.UUID, username: str, reason: str, until: datetime | None, by: Actor) -> SealGrant:
    """Propose that an account see what the seal hides; an earlier grant of it ends. Raises NotStanding, SamePerson."""
    held = _standing(seal)
    if username == by.username:
        raise SamePerson
    held.grants.filter(username=username, revoked_at=None).update(revoked_at=timezone.now(), revoked_by=by.username)
    made = SealGrant.objects.create(seal=held, username=username, reason=reason, until=until, given_by=by.username)
    told = {"seal": str(held.pk), "user": username, "step": "proposed", "reason": reason}
    _record(Kind.SEAL_GRANTED, held, told, by)
    return made


@transaction.atomic
def confirm(*, grant: int, by: Actor) -> SealGrant:
    """The second person's word: from now on the grant counts. Raises NotStanding or SamePerson."""
    held = SealGrant.objects.select_for_update().filter(pk=grant, revoked_at=None, confirmed_at=None).first()
    if held is None:
        raise NotStanding
    of = _standing(held.seal_id)
    if by.username in (held.given_by, held.username):
        raise SamePerson
    held.confirmed_at, held.confirmed_by = timezone.now(), by.username
    held.save(update_fields=["confirmed_at", "confirmed_by"])
    _record(Kind.SEAL_GRANTED, of, {"seal": str(of.pk), "user": held.username, "step": "confirmed"}, by)
    return held


@transaction.atomic
def revoke(*, grant: int, by: Actor) -> SealGrant:
    """End a grant, or the proposal of one, at once. Raises NotStanding."""
    held = SealGrant.objects.select_for_update().select_related("seal").filter(pk=grant, revoked_at=None).first()
    if held is None:
        raise NotStanding
    held.revoked_at, held.revoked_by = timezone.now(), by.username
    held.save(update_fields=["revoked_at", "revoked_by"])
    detail = {"seal": str(held.seal_id), "user": held.username}
    _record(Kind.SEAL_GRANT_REVOKED, held.seal, detail, by)
    return held


@transaction.atomic
def expire() -> int:
    """Free whom no seal hides any more; how many persons became hidden or free. Every minute, and harmless twice."""
    with connection.cursor() as cursor:
        return follow(cursor)


def follow(cursor: CursorWrapper) -> int:
    """Make `registry_sealedperson` what the standing seals and the persons of their records say; how many changed.

    One hidden record hides its person, so that of a merged person the strictest seal counts, and undoing the merge
    gives the others back. Whoever changed waits to be reindexed and crossed anew.
    """
    freed = _changed(cursor, _FREE)
    hidden = _changed(cursor, _HIDE)
    if hidden:
        cursor.execute(_FORGET_WORDS, {"persons": hidden})
    if freed or hidden:
        cursor.execute(_MARK, [sorted({*freed, *hidden})])
    return len(freed) + len(hidden)


def _changed(cursor: CursorWrapper, statement: str) -> list[int]:
    cursor.execute(statement)
    return [row[0] for row in cursor.fetchall()]


def _standing(seal: uuid.UUID) -> Seal:
    held = Seal.objects.select_for_update().standing().filter(pk=seal).first()
    if held is None:
        raise NotStanding
    return held


def _record(kind: Kind, of: Seal, detail: Mapping[str, object], by: Actor) -> None:
    """The audit names the persons the records were born with: those ids never change."""
    homes = of.records.order_by("pk").values_list("home__public_id", flat=True)
    recorder.record_with(Event(kind=kind, actor=by, subjects=tuple(homes), detail=dict(detail)))
