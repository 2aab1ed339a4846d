"""What the checks of the cube found."""

from registry.models import FigureBuild


def checked() -> list[FigureBuild]:
    """The last version of every day that was checked, the newest day first (one query)."""
    last = FigureBuild.objects.order_by("-day", "-version").distinct("day")
    return [build for build in last if build.checked_at is not None]


def differing() -> list[FigureBuild]:
    """Those of them that differ from the records. A later version of the day takes the place of one that does."""
    return [build for build in checked() if build.differences]
