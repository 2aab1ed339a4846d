"""Versions of an origin's mapping."""

from hashlib import sha256

from django.db import transaction
from django.db.models import Max

from audit import recorder
from audit.events import Actor, Event, Kind
from ingestion.mapping.reading import MappingError, read
from ingestion.models import MappingVersion, Source
from ingestion.services import breakers
from registry.models import Origin


class StaleMapping(Exception):
    """Somebody else has put another version in use meanwhile."""


@transaction.atomic
def put_in_use(*, source: Source, text: str, by: Actor, instead_of: int | None = None) -> MappingVersion:
    """Make this text the source's mapping, as a new version unless it is the one in use. Raises MappingError.

    With `instead_of`, the number of the version that the text was made from, raises StaleMapping when it is no longer
    the one in use: two people's changes are not laid over each other.

    Views of an unfinished load are read again with it; published rows change when the state next sends them.
    """
    # Whoever else changes the source's mapping waits here.
    locked = Source.objects.select_for_update(of=("self",), no_key=True).select_related("mapping").get(pk=source.pk)
    used = locked.mapping
    if instead_of is not None and (used is None or used.number != instead_of):
        raise StaleMapping
    version = add_version(origin=source.origin, text=text, by=by)
    source.mapping = version
    if used != version:
        source.save(update_fields=["mapping"])
        breakers.try_once(source.pk)
        detail = {"source": source.pk, "origin": source.origin.code, "version": version.number}
        recorder.record_with(Event(kind=Kind.CONFIGURED, actor=by, action="source.mapping", detail=detail))
    return version


def add_version(*, origin: Origin, text: str, by: Actor) -> MappingVersion:
    """The origin's latest version when its text is the same, else a new one. Raises MappingError."""
    mapping = read(text)
    if mapping.origin != origin.code:
        raise MappingError([f"origin: o arquivo é de “{mapping.origin}”, mas a fonte é de “{origin.code}”."])
    # One at a time for each origin, so that version numbers follow each other.
    Origin.objects.select_for_update(no_key=True).get(pk=origin.pk)
    digest = sha256(text.encode()).hexdigest()
    latest = MappingVersion.objects.filter(origin=origin).order_by("-number").first()
    if latest and latest.sha256 == digest:
        return latest
    last = MappingVersion.objects.filter(origin=origin).aggregate(last=Max("number"))["last"] or 0
    return MappingVersion.objects.create(origin=origin, number=last + 1, text=text, sha256=digest, created_by_id=by.id)
