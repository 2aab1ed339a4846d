"""Whom the user opened lately."""

from typing import Final

from django.utils import timezone

from audit.own import opened_by
from consulta.access import Access, Action, Shown
from consulta.work.people import FIELDS, PersonLine, line
from registry.selectors.people.listed import listed
from senappen.lib.wording import ago

DAYS: Final = 30
MOST: Final = 20


def recents(access: Access) -> list[PersonLine]:
    """The persons whose profile, or a part of it, the user opened within DAYS days, as now known and visible, the
    latest first."""
    opened = opened_by(access.user.pk, Action.PROFILE, days=DAYS, limit=MOST)
    cards, now = listed((person for person, _ in opened), access.scope), timezone.now()
    # Two ids of one person, merged since, make one line.
    lines = {cards[person].public_id: (cards[person], at) for person, at in reversed(opened) if person in cards}
    return [line(card, f"aberta {ago(at, now)}") for card, at in reversed(lines.values())]


def shown(lines: list[PersonLine]) -> Shown:
    """What the list discloses."""
    return Shown(persons=[one.id for one in lines], fields=FIELDS if lines else ())
