"""Agencies with more open accounts than people: accounts that nobody can answer for."""

from dataclasses import dataclass

from django.db.models import Count, F, Q

from credentialing.models import Agency


@dataclass(frozen=True)
class Crowded:
    """An agency, its declared headcount, and how many accounts are open in it."""

    acronym: str
    headcount: int
    accounts: int


def crowded() -> list[Crowded]:
    """Those with more accounts than people, the furthest beyond first. Asked anew each time: a corrected headcount or a
    closed account is seen at once. An agency that never declared its headcount (0) is compared with nothing."""
    counted = Agency.objects.annotate(accounts=Count("users", filter=Q(users__is_active=True)))
    beyond = counted.filter(headcount__gt=0, accounts__gt=F("headcount"))
    found = [Crowded(*row) for row in beyond.values_list("acronym", "headcount", "accounts")]
    return sorted(found, key=lambda one: (one.headcount - one.accounts, one.acronym))
