"""Cases of `registry.findings.units` and `registry.findings.visits`."""

from datetime import date, timedelta

from registry.models import Prisoner, Unit, Visitor
from tests.factories import registry as make
from tests.registry.findings.cases import LATER, START, found, left, same_person


@found("units.sex")
def a_woman_among_men() -> None:
    make.make_custody(prisoner=make.make_prisoner(sex="F"))


@left("units.sex")
def a_trans_woman_among_women() -> None:
    she = make.make_prisoner(sex="M", gender_identity="MULHER TRANS")
    make.make_custody(prisoner=she, unit=make.make_unit(sex="F"))


@left("units.sex")
def a_woman_in_a_mixed_unit() -> None:
    make.make_custody(prisoner=make.make_prisoner(sex="F"), unit=make.make_unit(sex="X"))


@left("units.sex")
def she_was_there_once() -> None:
    make.make_custody(prisoner=make.make_prisoner(sex="F"), started_at=START, ended_at=LATER)


@found("units.pregnant_man")
def a_pregnant_man() -> None:
    make.make_prisoner(sex="M", pregnant=True)


@left("units.pregnant_man")
def a_pregnant_woman() -> None:
    make.make_prisoner(sex="F", pregnant=True)


def _full(*, before: int, entering: int, places: int) -> Unit:
    unit = make.make_unit()
    make.make_capacity(unit=unit, places=places)
    for number in range(before + entering):
        started = LATER if number >= before else START
        make.make_custody(unit=unit, started_at=started + timedelta(minutes=number))
    return unit


@found("units.capacity_jump")
def from_twenty_to_forty_in_a_day() -> None:
    _full(before=20, entering=20, places=30)


@left("units.capacity_jump")
def there_is_room() -> None:
    _full(before=20, entering=20, places=40)


@left("units.capacity_jump")
def full_for_a_month() -> None:
    _full(before=40, entering=5, places=30)


@left("units.capacity_jump")
def capacity_unknown() -> None:
    unit = make.make_unit()
    for _ in range(30):
        make.make_custody(unit=unit, started_at=LATER)


def _prisoner_who_visits() -> tuple[Prisoner, Visitor]:
    held, visiting = make.make_prisoner(), make.make_visitor()
    same_person(held, visiting)
    return held, visiting


@found("visits.visitor_in_custody")
def visits_and_is_held() -> None:
    held, visiting = _prisoner_who_visits()
    make.make_link(visitor=visiting)
    make.make_custody(prisoner=held)


@left("visits.visitor_in_custody")
def the_card_was_cancelled() -> None:
    held, visiting = _prisoner_who_visits()
    make.make_link(visitor=visiting, status="CANCELADO")
    make.make_custody(prisoner=held)


@left("visits.visitor_in_custody")
def under_house_arrest() -> None:
    held, visiting = _prisoner_who_visits()
    make.make_link(visitor=visiting)
    make.make_custody(prisoner=held, unit=make.make_unit(modality="DOMICILIAR"))


@found("visits.visited_in_custody")
def visited_from_within() -> None:
    held, visiting = _prisoner_who_visits()
    make.make_custody(prisoner=held, started_at=START, ended_at=LATER)
    make.make_visit(visitor=visiting, entered_at=START + timedelta(days=9))


@left("visits.visited_in_custody")
def visited_before_and_after() -> None:
    held, visiting = _prisoner_who_visits()
    make.make_custody(prisoner=held, started_at=START, ended_at=LATER)
    make.make_visit(visitor=visiting, entered_at=START - timedelta(days=9))
    make.make_visit(visitor=visiting, entered_at=LATER + timedelta(days=9))


@found("visits.lawyer_in_custody")
def a_lawyer_held() -> None:
    lawyer, held = make.make_lawyer(), make.make_prisoner()
    same_person(lawyer, held)
    make.make_custody(prisoner=held)


@left("visits.lawyer_in_custody")
def a_lawyer_once_held() -> None:
    lawyer, held = make.make_lawyer(), make.make_prisoner()
    same_person(lawyer, held)
    make.make_custody(prisoner=held, started_at=START, ended_at=LATER)


@found("visits.minor_alone")
def a_child_alone() -> None:
    child = make.make_visitor(birth_date=date(2015, 5, 5))
    make.make_visit(visitor=child, accompanied_minor=False)


@left("visits.minor_alone")
def a_child_with_somebody_and_one_of_whom_nothing_is_said() -> None:
    make.make_visit(visitor=make.make_visitor(birth_date=date(2015, 5, 5)), accompanied_minor=True)
    make.make_visit(visitor=make.make_visitor(birth_date=date(2015, 5, 5)), accompanied_minor=None)


@left("visits.minor_alone")
def a_grown_up() -> None:
    make.make_visit(accompanied_minor=False)


@found("visits.prisoner_absent")
def visited_after_leaving() -> None:
    he = make.make_prisoner()
    make.make_custody(prisoner=he, started_at=START, ended_at=LATER)
    make.make_visit(prisoner=he, entered_at=LATER + timedelta(days=3))


@left("visits.prisoner_absent")
def no_custody_is_known() -> None:
    make.make_visit()


@left("visits.prisoner_absent")
def visited_while_held() -> None:
    he = make.make_prisoner()
    make.make_custody(prisoner=he, started_at=START)
    make.make_visit(prisoner=he, entered_at=LATER)
