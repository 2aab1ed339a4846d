"""Where the id of a merged person leads."""

import uuid

from registry.models import Person
from registry.scope import Scope
from registry.selectors import seals


def current_of(public_id: uuid.UUID, scope: Scope) -> uuid.UUID | None:
    """The id under which the person is now known, or None: it was not merged, is unknown or out of scope."""
    current = Person.objects.filter(records__home__public_id=public_id).exclude(public_id=public_id).first()
    if current is None:
        return None
    return current.public_id if seals.records(scope).filter(person=current).exists() else None
