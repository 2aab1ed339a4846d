"""Who the person is, and who says so."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from registry.models import Origin
from registry.selectors.people.identity import Identity, identity
from tests.factories import registry as make
from tests.registry.selectors.people.opening import ALL, NO_LAWYERS, opened

pytestmark = pytest.mark.django_db

OLD = datetime(2025, 1, 1, tzinfo=UTC)
NEW = datetime(2026, 6, 1, tzinfo=UTC)


def of(record: make.Record) -> Identity:
    return identity(opened(record), ALL)


def test_the_name_most_states_hold_comes_first() -> None:
    one = make.make_prisoner(name="JOSE SILVA", origin_updated_at=NEW)
    for code in ("PE", "SP"):
        make.make_prisoner(
            name="JOSE DA SILVA SANTOS", person=one.person, origin=make.make_origin(code), origin_updated_at=OLD
        )
    name = of(one).name
    assert [variant.text for variant in name.variants] == ["JOSE DA SILVA SANTOS", "JOSE SILVA"]
    assert [source.code for source in name.variants[0].sources] == ["PE", "SP"]


def test_among_equals_the_freshest_comes_first() -> None:
    old = make.make_prisoner(mother_name="MARIA SOUZA", origin_updated_at=OLD)
    make.make_prisoner(
        mother_name="MARIA SOUSA", person=old.person, origin=make.make_origin("PE"), origin_updated_at=NEW
    )
    assert of(old).mother.text == "MARIA SOUSA"


def test_accents_and_case_are_no_divergence_and_the_accented_spelling_shows() -> None:
    one = make.make_prisoner(name="JOSE CARLOS")
    make.make_prisoner(name="José Carlos", person=one.person, origin=make.make_origin("PE"))
    name = of(one).name
    assert (name.text, name.divergent) == ("José Carlos", ())


def test_birth_dates_that_differ_are_all_told() -> None:
    one = make.make_prisoner(birth_date=date(1991, 3, 12), origin_updated_at=NEW)
    make.make_prisoner(
        birth_date=date(1991, 12, 3), person=one.person, origin=make.make_origin("PE"), origin_updated_at=OLD
    )
    make.make_name(record=one, kind="NASC", value="1990-01-01")
    birth = of(one).birth
    assert [variant.text for variant in birth.variants] == ["1991-03-12", "1991-12-03", "1990-01-01"]


def test_a_listed_birth_that_is_no_date_is_left_out() -> None:
    one = make.make_prisoner(birth_date=date(1991, 3, 12))
    make.make_name(record=one, kind="NASC", value="31/02/1990")
    assert [variant.text for variant in of(one).birth.variants] == ["1991-03-12"]


def test_a_listed_mother_fills_in_for_a_missing_one() -> None:
    one = make.make_prisoner(mother_name="")
    make.make_name(record=one, kind="MAE", value="ROSA LIMA")
    assert of(one).mother.text == "ROSA LIMA"


def test_a_record_s_own_name_goes_before_listed_ones() -> None:
    one = make.make_prisoner(name="JOSE SILVA")
    nameless = make.make_visitor(person=one.person, name="", origin=make.make_origin("PE"))
    for record in (one, nameless):
        make.make_name(record=record, kind="NOME", value="JOSE SOUZA")
    assert of(one).name.text == "JOSE SILVA"


def test_nicknames_marks_and_registrations() -> None:
    one = make.make_prisoner(registration="A-77")
    make.make_name(record=one, value="ZECA")
    there = make.make_visitor(person=one.person, origin=make.make_origin("PE"))
    make.make_name(record=there, value="zeca")
    make.make_mark(record=one, description="carpa")
    found = of(one)
    assert [[source.code for source in v.sources] for v in found.nicknames.variants] == [["AL", "PE"]]
    assert [mark.description for mark in found.marks] == ["carpa"]
    assert found.registrations == (("AL", "A-77"),)


def test_what_a_state_excluded_is_left_out() -> None:
    one = make.make_prisoner()
    make.make_name(record=one, value="ZECA", removed_at=NEW)
    make.make_mark(record=one, removed_at=NEW)
    make.make_photo(record=one, removed_at=NEW)
    found = of(one)
    assert (found.nicknames.variants, found.marks, found.photos) == ((), (), ())


def test_photos_frontal_first_then_newest_each_picture_once() -> None:
    one = make.make_prisoner()
    make.make_photo(record=one, sha256="a" * 64, position="PERFIL_D", taken_on=date(2026, 1, 1))
    older = make.make_photo(record=one, sha256="b" * 64, taken_on=date(2020, 1, 1))
    newer = make.make_photo(record=one, sha256="c" * 64, taken_on=date(2025, 1, 1))
    make.make_photo(record=one, sha256="c" * 64, taken_on=date(2025, 1, 1), origin=make.make_origin("PE"))
    found = of(one).photos
    assert len(found) == 3
    assert (found[0].taken_on, found[1].taken_on) == (newer.taken_on, older.taken_on)
    assert found[2].position.code == "PERFIL_D"


def test_a_code_without_mapping_is_told_as_received() -> None:
    one = make.make_prisoner(race="99-X")
    assert of(one).facts["race"].text == "99-X (código da origem)"


def test_age_and_copy() -> None:
    one = make.make_prisoner(name="ANA LIMA", birth_date=date(1990, 1, 1), rji="18012345678")
    found = of(one)
    assert found.copy == "ANA LIMA · 180123456-78"
    assert found.age in (timezone.now().year - 1990, timezone.now().year - 1991)


@pytest.mark.parametrize(("loaded", "late"), [(timedelta(hours=2), False), (timedelta(days=6), True), (None, True)])
def test_a_state_is_late_when_its_load_is_older_than_agreed(loaded: timedelta | None, late: bool) -> None:
    one = make.make_prisoner()
    at = timezone.now() - loaded if loaded is not None else None
    Origin.objects.filter(pk=one.origin_id).update(loaded_at=at)
    [provenance] = of(one).provenance
    assert (provenance.source.code, provenance.source.late, provenance.records) == ("AL", late, 1)


def test_an_oab_is_told_only_within_the_scope() -> None:
    prisoner = make.make_prisoner()
    make.make_lawyer(person=prisoner.person, oab_uf="AL", oab_number="1234")
    assert [variant.text for variant in of(prisoner).oab.variants] == ["OAB/AL 1.234"]
    assert not identity(opened(prisoner, NO_LAWYERS), NO_LAWYERS).oab


def test_not_informed_is_no_value() -> None:
    one = make.make_prisoner(race="NAO_INFORMADO", origin_updated_at=NEW)
    make.make_prisoner(race="PARDA", person=one.person, origin=make.make_origin("PE"), origin_updated_at=OLD)
    assert [variant.text for variant in of(one).facts["race"].variants] == ["Parda"]
