"""What a load has put into the base, so that two ways of reading can be compared."""

from collections import Counter
from collections.abc import Iterable

from django.db.models import QuerySet, Sum

from ingestion.models import LoadView, RawRecord, Rejection
from ingestion.models.quarantine import STANDING
from registry.models import Photo

COUNTERS = ("read", "new", "changed", "removed", "unchanged", "rejected", "waiting")


def registered(origin: str) -> Counter[tuple[str, ...]]:
    """Every row of an origin by its key and the digest of its mapped values, mirrored or standing in quarantine."""
    taken = RawRecord.objects.filter(origin__code=origin).values_list("view", "origin_key", "content_hash")
    standing = Rejection.objects.filter(origin__code=origin, status__in=STANDING)
    refused = standing.values_list("view", "origin_key", "status")
    return Counter(_texts(taken)) + Counter(_texts(refused))


def photographs(origin: str) -> set[str]:
    """The digests of an origin's photographs."""
    return set(Photo.objects.filter(record__origin__code=origin).values_list("sha256", flat=True))


def totals(views: QuerySet[LoadView]) -> dict[str, int]:
    """The counters of a load over its views."""
    return views.aggregate(**{name: Sum(f"{name}_count") for name in COUNTERS})


def _texts(rows: Iterable[tuple[object, ...]]) -> Iterable[tuple[str, ...]]:
    return (tuple(map(str, row)) for row in rows)
