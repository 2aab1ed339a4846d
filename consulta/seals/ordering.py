"""Ordering a seal on the one person an identifier means, without showing anything of them."""

from dataclasses import asdict, dataclass
from datetime import datetime

from audit import recorder
from audit.events import Actor, Event, Kind
from consulta import access as gate
from consulta.access import Action
from consulta.seals.identifying import meant
from credentialing.models import User
from registry.models import Seal, SealBasis, SealLevel
from registry.services import sealing


@dataclass(frozen=True, kw_only=True)
class Terms:
    """What an order says. `ordered_by` is the authority and its decision; without `until` it stands until lifted."""

    level: SealLevel
    agency: str
    basis: SealBasis
    ordered_by: str
    reason: str
    until: datetime | None


def order(*, user: User, identifier: str, terms: Terms, by: Actor) -> Seal | None:
    """Seal the one person meant; None if there is none, or more than one. Raises LimitReached, AuditUnavailable.

    Committed to the audit, and counted among the user's consultations, before anybody is looked for: whoever tries
    identifiers to learn who exists leaves as many events, and soon may not go on.
    """
    asked = {"identifier": identifier}
    gate.count(user, Action.SEAL, asked, by)
    recorder.record_now(Event(kind=Kind.INTENT, actor=by, action=Action.SEAL, detail={"asked": asked}))
    found = list(meant(identifier)[:2])
    if len(found) != 1:
        return None
    try:
        return sealing.seal(person=found[0].public_id, by=by, **asdict(terms))
    except sealing.UnknownPerson:  # merged into another since
        return None
