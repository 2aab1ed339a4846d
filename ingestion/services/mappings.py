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


@transaction.atomic
def put_in_use(*, source: Source, text: str, by: Actor) -> MappingVersion:
    """Make this text the source's mapping, as a new version unless it is the one in use. Raises MappingError.

    Views of an unfinished load are read again with it; published rows change when the state next sends them.
    """
    version = add_version(origin=source.origin, text=text, by=by)
    if source.mapping_id != version.pk:
        source.mapping = version
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
    Origin.objects.select_for_update().get(pk=origin.pk)
    digest = sha256(text.encode()).hexdigest()
    latest = MappingVersion.objects.filter(origin=origin).order_by("-number").first()
    if latest and latest.sha256 == digest:
        return latest
    last = MappingVersion.objects.filter(origin=origin).aggregate(last=Max("number"))["last"] or 0
    return MappingVersion.objects.create(origin=origin, number=last + 1, text=text, sha256=digest, created_by_id=by.id)
