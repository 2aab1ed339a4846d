"""Where the id of a merged person leads."""

import uuid

from registry.scope import Scope
from registry.selectors import seals


def current_of(public_id: uuid.UUID, scope: Scope) -> uuid.UUID | None:
    """The id under which the person is now known, or None: it was not merged, is unknown or out of scope.

    The id of a record that the scope hides leads nowhere, or a lawyer's would say who they are besides.
    """
    merged = seals.records(scope).filter(home__public_id=public_id).exclude(person__public_id=public_id)
    return merged.values_list("person__public_id", flat=True).first()
