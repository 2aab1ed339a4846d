"""The stored links follow the records: from either side, as rows change, through merges, and alike from scratch."""

from datetime import date, timedelta
from typing import Any

import pytest

from audit.events import system
from registry.models import LinkKind, PersonLink, Record, Verdict, Way
from registry.services import resolution, search_documents
from registry.services.links import rebuild_all
from registry.values import strength
from tests.factories import registry as make

pytestmark = pytest.mark.django_db(databases=["default", "audit"])

COLUMNS = (
    "a_id", "kind", "b_id", "way", "strength", "contacts", "since", "last", "valid_until", "status", "kinships",
    "origins",
)  # fmt: skip


def refresh(*records: Record) -> None:
    search_documents.refresh(Record.objects.get(pk=record.pk).person_id for record in records)


def between(a: Record, b: Record) -> PersonLink:
    people = [Record.objects.get(pk=record.pk).person_id for record in (a, b)]
    return PersonLink.objects.get(a=people[0], b=people[1])


def everything() -> list[tuple[Any, ...]]:
    return list(PersonLink.objects.order_by("a_id", "kind", "b_id").values_list(*COLUMNS))


def test_visits_of_a_relative_are_one_link_from_either_side() -> None:
    link = make.make_link(kinship="MAE", since=date(2025, 1, 10), valid_until=date(2027, 1, 10))
    prisoner, visitor = link.prisoner, link.visitor
    for days in (3, 40):
        make.make_visit(prisoner=prisoner, visitor=visitor, entered_at=make.UPDATED - timedelta(days=days))
    refresh(prisoner)
    seen = between(prisoner, visitor)
    assert (seen.kind, seen.way, seen.contacts) == (LinkKind.KIN, Way.FROM, 2)
    assert (seen.since, seen.last) == (date(2025, 1, 10), (make.UPDATED - timedelta(days=3)).date())
    assert (seen.kinships, seen.status, seen.origins) == (["MAE"], "ATIVO", [prisoner.origin_id])
    assert (seen.valid_until, seen.strength) == (date(2027, 1, 10), strength.KIN.at(2))
    assert between(visitor, prisoner).way == Way.TO


def test_a_friend_visits_and_a_lawyer_defends() -> None:
    friend = make.make_link(kinship="AMIGO")
    client = make.make_client(prisoner=friend.prisoner)
    make.make_attendance(prisoner=friend.prisoner, lawyer=client.lawyer)
    refresh(friend.prisoner)
    assert between(friend.prisoner, friend.visitor).kind == LinkKind.VISIT
    lawyer = between(friend.prisoner, client.lawyer)
    assert (lawyer.kind, lawyer.contacts, lawyer.strength) == (LinkKind.LAWYER, 1, strength.LAWYER.at(1))


def test_a_visit_without_a_registered_link_counts() -> None:
    visit = make.make_visit()
    refresh(visit.visitor)
    assert between(visit.prisoner, visit.visitor).kinships == []


def test_what_the_state_excluded_links_nobody_any_more() -> None:
    link = make.make_link()
    refresh(link.prisoner)
    link.removed_at = make.UPDATED
    link.save()
    refresh(link.visitor)
    assert not PersonLink.objects.exists()


def test_merging_joins_links_and_unmerging_parts_them() -> None:
    visitor = make.make_visitor()
    here, there = make.make_prisoner(), make.make_prisoner(origin=make.make_origin("PE"))
    make.make_link(prisoner=here, visitor=visitor)
    make.make_link(prisoner=there, visitor=visitor, origin=there.origin)
    refresh(visitor)
    apart = everything()
    by = system("user:teste")
    judged = resolution.judge(a=here, b=there, verdict=Verdict.SAME, by=by)
    assert PersonLink.objects.filter(a=visitor.person_id).count() == 1
    assert between(visitor, here).origins == sorted([here.origin_id, there.origin_id])
    resolution.revoke(judgement=judged.judgement, by=by)
    assert everything() == apart


def test_what_is_kept_up_equals_what_is_made_from_scratch() -> None:
    links = [make.make_link(kinship=kinship) for kinship in ("MAE", "AMIGO", "IRMAO")]
    make.make_link(prisoner=links[0].prisoner, visitor=links[1].visitor)
    client = make.make_client(prisoner=links[2].prisoner)
    refresh(*(link.prisoner for link in links))
    make.make_visit(prisoner=links[0].prisoner, visitor=links[1].visitor)
    refresh(links[0].prisoner)
    client.removed_at = make.UPDATED
    client.save()
    refresh(client.lawyer)
    links[1].visitor = links[2].visitor
    links[1].save()
    refresh(links[1].prisoner)
    kept = everything()
    assert len(kept) == 8
    PersonLink.objects.all().delete()
    rebuild_all()
    assert everything() == kept


def test_rebuilding_twice_changes_nothing() -> None:
    link = make.make_link()
    refresh(link.prisoner)
    first = everything()
    rebuild_all()
    assert everything() == first
