"""Seals: whom they hide and admit, through merges and in time."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection
from django.utils import timezone

from audit.events import Actor, Channel, Kind, system
from registry.models import NameKey, PendingPerson, Person, Prisoner, Record, Seal, SealedPerson, SealGrant, SealLevel
from registry.scope import Scope
from registry.selectors import seals
from registry.selectors.search import Criteria, search
from registry.services import sealing, search_documents
from registry.services.resolution import persons
from registry.values import phonetics
from tests.events import recorded
from tests.factories import registry as make

pytestmark = pytest.mark.django_db(databases=["default", "audit"])

ANA, BIA, CAIO = (Actor(username=name, channel=Channel.PAGE) for name in ("ana", "bia", "caio"))
NOBODY = Scope()


def seal(record: Record, level: SealLevel = SealLevel.NAMED, agency: str = "PP-AL", days: int | None = None) -> Seal:
    until = timezone.now() + timedelta(days=days) if days is not None else None
    person = Record.objects.get(pk=record.pk).person.public_id
    return sealing.seal(
        person=person, level=level, agency=agency, reason="Proteção.", ordered_by="Vara fictícia", until=until, by=ANA
    )


def admit(of: Seal, username: str = "dora") -> SealGrant:
    made = sealing.grant(seal=of.pk, username=username, reason="Investigação.", until=None, by=ANA)
    return sealing.confirm(grant=made.pk, by=BIA)


def lifted(of: Seal) -> None:
    sealing.ask_lift(seal=of.pk, reason="Decisão revista.", by=ANA)
    sealing.lift(seal=of.pk, by=BIA)


def hidden() -> set[int]:
    return set(SealedPerson.objects.values_list("person", flat=True))


def opened(username: str = "", agency: str = "") -> frozenset[int]:
    return seals.opened_to(viewer=username, agency=agency)


def merged(*records: Record) -> None:
    """Make the persons what the standing judgements say."""
    with connection.cursor() as cursor:
        persons.seed(cursor, [record.pk for record in records])
        persons.rebuild(cursor)


def person_of(record: Record) -> int:
    return Record.objects.get(pk=record.pk).person_id


@pytest.fixture
def he() -> Prisoner:
    return make.make_prisoner(name="ZULMIRO QUIXERAMOBIM")


def test_a_seal_hides_at_once_and_lifting_it_shows_again(he: Prisoner) -> None:
    of = seal(he)
    assert hidden() == {he.person_id}
    assert not seals.records(NOBODY).exists()
    assert seals.records(Scope(opened=frozenset({he.person_id}))).exists()
    lifted(of)
    assert hidden() == set()
    assert seals.records(NOBODY).exists()
    assert [event.subjects for event in recorded(Kind.SEALED, Kind.SEAL_LIFTED)] == [[he.home.public_id]] * 3
    for again in (sealing.lift, sealing.keep):
        with pytest.raises(sealing.NotStanding):
            again(seal=of.pk, by=BIA)
    with pytest.raises(sealing.NotStanding):
        sealing.ask_lift(seal=of.pk, reason="De novo.", by=BIA)


def test_lifting_takes_two_and_until_then_the_seal_hides(he: Prisoner) -> None:
    of = seal(he)
    with pytest.raises(sealing.NotStanding):
        sealing.lift(seal=of.pk, by=BIA)
    sealing.ask_lift(seal=of.pk, reason="Decisão revista.", by=ANA)
    with pytest.raises(sealing.SamePerson):
        sealing.lift(seal=of.pk, by=ANA)
    assert hidden() == {he.person_id}
    sealing.keep(seal=of.pk, by=BIA)
    with pytest.raises(sealing.NotStanding):
        sealing.lift(seal=of.pk, by=CAIO)
    assert hidden() == {he.person_id}
    assert recorded(Kind.SEAL_LIFTED)[-1].detail["proposed"] == {"by": "ana", "reason": "Decisão revista."}
    sealing.ask_lift(seal=of.pk, reason="Decisão revista.", by=ANA)
    with pytest.raises(IntegrityError):
        Seal.objects.filter(pk=of.pk).update(lifted_at=timezone.now(), lifted_by="ana")


def test_nobody_is_sealed_who_is_unknown() -> None:
    with pytest.raises(sealing.UnknownPerson):
        sealing.seal(
            person=make.make_person().public_id, level=SealLevel.NAMED, agency="PP-AL", reason="x", ordered_by="x",
            until=None, by=ANA,
        )  # fmt: skip


def test_a_seal_ends_with_its_term(he: Prisoner) -> None:
    of = seal(he, days=1)
    Seal.objects.filter(pk=of.pk).update(until=timezone.now() - timedelta(seconds=1))
    PendingPerson.objects.all().delete()
    assert (sealing.expire(), hidden()) == (1, set())
    assert PendingPerson.objects.filter(person=he.person_id).exists()
    assert sealing.expire() == 0


@pytest.mark.parametrize("older_is_sealed", [True, False])
def test_the_seal_of_one_record_hides_the_merged_person_until_the_merge_is_undone(older_is_sealed: bool) -> None:
    pair = make.make_prisoner(), make.make_prisoner(origin=make.make_origin("PE"))
    sealed, other = pair if older_is_sealed else reversed(pair)
    seal(sealed)
    judged = make.make_judgement(*pair)
    merged(*pair)
    assert person_of(sealed) == person_of(other)
    assert hidden() == {person_of(other)}
    judged.revoked_at = timezone.now()
    judged.save()
    merged(*pair)
    assert hidden() == {person_of(sealed)} != {person_of(other)}


def test_the_strictest_of_two_seals_counts() -> None:
    first, second = make.make_prisoner(), make.make_prisoner(origin=make.make_origin("PE"))
    seal(first, SealLevel.AGENCY, "PP-AL")
    strict = seal(second, SealLevel.NAMED, "PP-PE")
    assert opened(agency="PP-AL") == {first.person_id}
    make.make_judgement(first, second)
    merged(first, second)
    assert opened(agency="PP-AL") == frozenset()
    admit(strict, "dora")
    assert opened("dora", "PP-AL") == {person_of(first)}
    assert opened("dora", "PP-PE") == frozenset()


def test_a_named_seal_admits_nobody_of_its_agency(he: Prisoner) -> None:
    seal(he, SealLevel.NAMED, "PP-AL")
    assert opened("dora", "PP-AL") == frozenset()


def test_a_grant_takes_two_others_and_ends_by_time_or_word(he: Prisoner) -> None:
    of = seal(he)
    made = sealing.grant(seal=of.pk, username="dora", reason="Investigação.", until=None, by=ANA)
    assert opened("dora") == frozenset()
    for own in (ANA, Actor(username="dora", channel=Channel.PAGE)):
        with pytest.raises(sealing.SamePerson):
            sealing.confirm(grant=made.pk, by=own)
    with pytest.raises(sealing.SamePerson):
        sealing.grant(seal=of.pk, username="ana", reason="Para mim.", until=None, by=ANA)
    sealing.confirm(grant=made.pk, by=BIA)
    assert opened("dora") == {he.person_id}
    SealGrant.objects.update(until=timezone.now() - timedelta(seconds=1))
    assert opened("dora") == frozenset()
    SealGrant.objects.update(until=None)
    sealing.revoke(grant=made.pk, by=CAIO)
    assert opened("dora") == frozenset()
    with pytest.raises(IntegrityError):
        SealGrant.objects.filter(pk=made.pk).update(confirmed_by="ana")


def test_lifted_seals_admit_and_hide_nobody(he: Prisoner) -> None:
    of = seal(he)
    admit(of)
    lifted(of)
    assert opened("dora") == frozenset()
    with pytest.raises(sealing.NotStanding):
        sealing.grant(seal=of.pk, username="eva", reason="x", until=None, by=ANA)


def test_a_word_that_only_sealed_people_have_is_nobodys_and_who_is_admitted_finds_it(he: Prisoner) -> None:
    make.make_prisoner(name="JOSE QUIXERAMOBIM")
    search_documents.refresh(Person.objects.values_list("pk", flat=True))
    of = seal(he)
    people = dict(NameKey.objects.values_list("key", "people"))
    assert [people[phonetics.key(word)] for word in ("ZULMIRO", "QUIXERAMOBIM", "JOSE")] == [0, 1, 1]
    for _ in range(2):
        assert search(Criteria(text="zulmiro quixeramobim"), NOBODY).dropped == ("ZULMIRO",)
        sought = search(Criteria(text="zulmiro quixeramobim"), Scope(opened=frozenset({he.person_id})))
        assert [card.public_id for card in sought.cards][:1] == [he.person.public_id]
        search_documents.refresh(Person.objects.values_list("pk", flat=True))
        search_documents.refresh_frequencies()
    lifted(of)
    search_documents.refresh()
    assert search(Criteria(text="zulmiro quixeramobim"), NOBODY).total == 1


def test_a_word_that_only_a_sealed_lawyer_has_is_nobodys_for_who_sees_lawyers_too() -> None:
    she = make.make_lawyer(name="ZULMIRA QUIXERAMOBIM")
    make.make_lawyer(name="ANA QUIXERAMOBIM")
    search_documents.refresh(Person.objects.values_list("pk", flat=True))
    seal(she)
    lawyers = dict(NameKey.objects.values_list("key", "lawyers"))
    assert [lawyers[phonetics.key(word)] for word in ("ZULMIRA", "QUIXERAMOBIM")] == [0, 1]
    for _ in range(2):
        assert search(Criteria(text="zulmira quixeramobim"), Scope(lawyers=True)).dropped == ("ZULMIRA",)
        search_documents.refresh(Person.objects.values_list("pk", flat=True))


def test_what_nobody_ordered_hides_nobody(he: Prisoner) -> None:
    SealedPerson.objects.create(person=he.person)
    assert (sealing.expire(), hidden()) == (1, set())


def test_the_background_does_not_appear_as_a_person(he: Prisoner) -> None:
    sealing.seal(
        person=he.person.public_id, level=SealLevel.AGENCY, agency="PP-AL", reason="x", ordered_by="x", until=None,
        by=system("test"),
    )  # fmt: skip
    assert Seal.objects.get().sealed_by == "system:test"


def test_a_hidden_document_keeps_nobody_with_a_near_one_from_being_found() -> None:
    he, near = make.make_prisoner(rji="99000000142"), make.make_prisoner(rji="99000000143")
    search_documents.refresh([he.person_id, near.person_id])
    assert [card.public_id for card in search(Criteria(document=he.rji), NOBODY).cards] == [he.person.public_id]
    seal(he)
    assert [card.public_id for card in search(Criteria(document=he.rji), NOBODY).cards] == [near.person.public_id]
