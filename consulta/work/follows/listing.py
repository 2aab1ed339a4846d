"""The user's follows and notices as their screens show them."""

from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone

from consulta.access import Access, Shown
from consulta.models import Follow, FollowState, Notice
from consulta.work.people import FIELDS, PersonLine, line
from credentialing.models import User
from registry.models import Person
from registry.scope import Scope
from registry.selectors import seals
from registry.selectors.people.listed import listed
from registry.selectors.search import PersonCard
from senappen.lib.wording import day, moment, tag

MOST = 200
_TONES = {FollowState.ASKED: "info", FollowState.STANDING: "ok", FollowState.REFUSED: "danger"}


def follows_of(user: User, scope: Scope) -> QuerySet[Follow]:
    """The user's own, the latest first, each with how many notices nobody read; none of a hidden person."""
    own = unread_of(user, scope).filter(follow=OuterRef("pk")).order_by().values("follow")
    unread = Coalesce(Subquery(own.annotate(many=Count("pk")).values("many")), 0)
    seen = Follow.objects.filter(seals.home_seen_by(scope, "person"), user=user)
    return seen.select_related("person").annotate(unread=unread)


def notices_of(user: User, scope: Scope) -> QuerySet[Notice]:
    """What the user's follows told, the latest first; nothing of a hidden person, neither followed nor found."""
    seen = (seals.home_seen_by(scope, "person"), seals.home_seen_by(scope, "follow__person"))
    return Notice.objects.filter(*seen, follow__user=user).select_related("follow__person", "person")


def unread_of(user: User, scope: Scope) -> QuerySet[Notice]:
    """Those the user has not read."""
    return notices_of(user, scope).filter(read_at=None)


def unread(user: User) -> int:
    """How many notices the user has not read. Every page prints it, so that it counts of sealed persons to nobody."""
    return unread_of(user, Scope()).count()


def follow_rows(access: Access) -> tuple[list[dict[str, Any]], Shown]:
    """The follows of the consultation's user, and whom that shows. Who left the scope has no name
    here; who is sealed is not here."""
    follows = list(follows_of(access.user, access.scope)[:MOST])
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
    notices = list(notices_of(access.user, access.scope)[:MOST])
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
