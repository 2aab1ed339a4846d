"""From the id in an address to a person, or to where the person has gone."""

import uuid

from django.http import Http404

from consulta.access import Access
from registry.scope import Scope
from registry.selectors.people.merged import current_of
from registry.selectors.people.subject import Subject, open_subject


class Moved(Exception):
    """The person was merged into another; `public_id` is the one under which they are now known."""

    def __init__(self, public_id: uuid.UUID) -> None:
        super().__init__()
        self.public_id = public_id


def find(public_id: uuid.UUID, scope: Scope) -> Subject:
    """The person within the scope. Raises Moved, or Http404 for unknown and out of scope alike."""
    subject = open_subject(public_id, scope)
    if subject is not None:
        return subject
    current = current_of(public_id, scope)
    if current is None:
        raise Http404
    raise Moved(current)


def find_current(person: uuid.UUID, access: Access) -> Subject:
    """The person, or the one they were merged into. Raises Http404."""
    try:
        return find(person, access.scope)
    except Moved as moved:
        return find(moved.public_id, access.scope)
