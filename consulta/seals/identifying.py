"""From what an order says of a person (the id of a profile, a document) to whom it means, sealed or not."""

import uuid

from django.db.models import QuerySet

from registry.models import Person
from registry.selectors import sealable
from registry.selectors.search import Criteria


def meant(identifier: str) -> QuerySet[Person]:
    """Everybody with this profile id or document; nobody where it reads as neither."""
    try:
        return sealable.known_as(uuid.UUID(identifier.strip()))
    except ValueError:
        return sealable.known_by(Criteria(document=identifier).documents)
