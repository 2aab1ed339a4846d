"""How common surnames are among registered persons."""

from collections.abc import Iterable
from typing import Final

from django.db import connection

from registry.models import NameKey, PersonSearch
from registry.values import phonetics

# A small base says little of how rare a name is.
_SMALLEST_BASE: Final = 1000


def shares(words: Iterable[str]) -> dict[str, float]:
    """Comparable word → share of persons (0 to 1) with a name that sounds like it; at least one in the base."""
    longest = NameKey._meta.get_field("key").max_length
    keys = {word: phonetics.key(word)[:longest] for word in words}
    people = dict(NameKey.objects.filter(key__in=set(keys.values())).values_list("key", "people"))
    with connection.cursor() as cursor:
        cursor.execute("SELECT reltuples FROM pg_class WHERE oid = %s::regclass", [PersonSearch._meta.db_table])
        total = max(float(cursor.fetchone()[0]), max(people.values(), default=0), _SMALLEST_BASE)
    return {word: max(people.get(key, 0), 1) / total for word, key in keys.items()}
