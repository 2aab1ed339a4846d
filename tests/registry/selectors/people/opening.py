"""Opening a person as the tests' viewer."""

from registry.models import Record
from registry.scope import Scope
from registry.selectors.people.subject import Subject, open_subject

ALL = Scope(lawyers=True, factions=True)
NO_LAWYERS = Scope()


def opened(record: Record, scope: Scope = ALL) -> Subject:
    """The person of a record, which must be visible."""
    subject = open_subject(record.person.public_id, scope)
    assert subject is not None
    return subject
