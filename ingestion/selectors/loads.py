"""Loads with the sums of their views."""

from django.db.models import Count, Q, QuerySet, Sum

from ingestion.models import Load, ViewState


def with_counts(loads: QuerySet[Load]) -> QuerySet[Load]:
    """Adds `views_total`, `views_done` and, of all views together, `read`, `new`, `changed`, `removed`, `rejected`."""
    sums = {name: Sum(f"views__{name}_count") for name in ("read", "new", "changed", "removed", "rejected")}
    published = Count("views", filter=Q(views__state=ViewState.PUBLISHED))
    return loads.annotate(views_total=Count("views"), views_done=published, **sums)
