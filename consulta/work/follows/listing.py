"""The user's follows and notices as their screens show them."""

from typing import Any

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from consulta.access import Access, Shown
from consulta.models import Follow, FollowState, Notice
from consulta.work.people import FIELDS, PersonLine, line
from credentialing.models import User
from registry.models import Person
from registry.selectors.people.listed import listed
from registry.selectors.search import PersonCard
from senappen.lib.wording import day, moment, tag

MOST = 200
_TONES = {FollowState.ASKED: "info", FollowState.STANDING: "ok", FollowState.REFUSED: "danger"}


def follows_of(user: User) -> QuerySet[Follow]:
    """The user's own, the latest first, each with how many notices nobody read."""
    unread = Count("notices", filter=Q(notices__read_at=None))
    return Follow.objects.filter(user=user).select_related("person").annotate(unread=unread)


def notices_of(user: User) -> QuerySet[Notice]:
    """What the user's follows told, the latest first."""
    return Notice.objects.filter(follow__user=user).select_related("follow__person", "person")


def unread(user: User) -> int:
    """How many notices the user has not read."""
    return Notice.objects.filter(follow__user=user, read_at=None).count()


def follow_rows(access: Access) -> tuple[list[dict[str, Any]], Shown]:
    """The follows of the consultation's user, and whom that shows. Who left the scope has no name here."""
    follows = list(follows_of(access.user)[:MOST])
    cards = listed((follow.person.public_id for follow in follows if follow.person), access.scope)
    rows = [_row(follow, cards.get(follow.person.public_id) if follow.person else None) for follow in follows]
    persons = [row["person"].id for row in rows if row["person"]]
    return rows, Shown(persons=list(dict.fromkeys(persons)), fields=FIELDS if persons else ())


def _row(follow: Follow, card: PersonCard | None) -> dict[str, Any]:
    state, words = FollowState(follow.state), follow.words
    over = state is FollowState.STANDING and follow.is_over(timezone.localdate())
    renewable = state in (FollowState.STANDING, FollowState.ENDED)
    return {
        "id": str(follow.pk),
        "person": line(card) if card else None,
        "search": words.get("name", ""),
        "state": tag("Prazo encerrado", "outline") if over else tag(state.label, _TONES.get(state, "outline")),
        "term": f"{day(follow.since)} a {day(follow.until)}",
        "basis": words["basis"],
        "note": follow.note,
        "unread": getattr(follow, "unread", 0),
        "can_end": state in (FollowState.ASKED, FollowState.STANDING) and not over,
        "renew_url": reverse("consulta:follow-renew", args=[follow.pk]) if renewable else "",
        "end_url": reverse("consulta:follow-end", args=[follow.pk]),
    }


def notice_rows(access: Access) -> tuple[list[dict[str, Any]], Shown]:
    """The notices of the consultation's user, and whom that shows. Notices of who left the scope are not among them."""
    notices = list(notices_of(access.user)[:MOST])
    cards = listed({person.public_id for notice in notices if (person := _whom(notice))}, access.scope)
    rows = []
    for notice in notices:
        person = _whom(notice)
        card = cards.get(person.public_id) if person else None
        if card:
            told = f"{notice.get_kind_display()} em {moment(timezone.localtime(notice.happened_at))}"
            rows.append(
                {
                    "id": notice.pk,
                    "person": line(card, told),
                    "kind": notice.kind,
                    "search": notice.follow.words.get("name", ""),
                    "happened_at": notice.happened_at,
                    "noticed": moment(timezone.localtime(notice.noticed_at)),
                    "unread": notice.read_at is None,
                }
            )
    persons = list(dict.fromkeys(_line(row).id for row in rows))
    return rows, Shown(persons=persons, fields=("avisos", *FIELDS) if persons else ())


def _line(row: dict[str, Any]) -> PersonLine:
    found: PersonLine = row["person"]
    return found


def _whom(notice: Notice) -> Person | None:
    return notice.person or notice.follow.person
