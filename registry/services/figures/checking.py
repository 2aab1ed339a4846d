"""Is a build still what the records say of its day?"""

from django.db import connection, transaction
from django.utils import timezone

from registry.models import FigureBuild
from registry.services import locks
from registry.services.figures import counting, packing


@transaction.atomic
def check(made: FigureBuild) -> int:
    """Count the day anew and compare: how many rows of the build differ. Kept with the build, for the screen.

    What differs was corrected after the build; building the day again makes a version that agrees.
    """
    with connection.cursor() as cursor:
        locks.building_figures(cursor)
        counting.count(cursor, made.day)
        packing.pack(cursor)
        found = packing.differences(cursor, made.day, made.pk)
    FigureBuild.objects.filter(pk=made.pk).update(checked_at=timezone.now(), differences=found)
    return found
