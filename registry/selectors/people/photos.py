"""One photograph, by the id its address carries."""

import uuid
from dataclasses import dataclass

from registry.models import Photo, RecordKind
from registry.scope import Scope
from registry.selectors import seals


@dataclass(frozen=True, slots=True)
class StoredPhoto:
    """Whose photograph it is, and the name of its bytes in the photo storage."""

    person: uuid.UUID
    sha256: str


def photo_by_id(pk: int, scope: Scope) -> StoredPhoto | None:
    """The photograph within the scope, or None: unknown, excluded by its state, or of a record out of scope."""
    found = Photo.objects.filter(seals.seen_by(scope, "record__person"), pk=pk, removed_at=None)
    if not scope.lawyers:
        found = found.exclude(record__kind=RecordKind.LAWYER)
    row = found.values_list("record__person__public_id", "sha256").first()
    return StoredPhoto(*row) if row else None
