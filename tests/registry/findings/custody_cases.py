"""Cases of `registry.findings.custody`."""

from datetime import timedelta

from tests.factories import registry as make
from tests.registry.findings.cases import LATER, START, found, left, same_person


@found("custody.two_units")
def two_open_custodies_of_one_record() -> None:
    he = make.make_prisoner()
    make.make_custody(prisoner=he, started_at=START)
    make.make_custody(prisoner=he, started_at=LATER)


@found("custody.two_units")
def open_custodies_of_two_records_of_one_state() -> None:
    he, again = make.make_prisoner(), make.make_prisoner()
    same_person(he, again)
    make.make_custody(prisoner=he)
    make.make_custody(prisoner=again)


@left("custody.two_units")
def the_earlier_custody_is_closed() -> None:
    he = make.make_prisoner()
    make.make_custody(prisoner=he, started_at=START, ended_at=LATER)
    make.make_custody(prisoner=he, started_at=LATER)


@left("custody.two_units")
def two_cells_of_one_unit() -> None:
    he = make.make_prisoner()
    unit = make.make_unit()
    make.make_custody(prisoner=he, unit=unit, cell="1")
    make.make_custody(prisoner=he, unit=unit, cell="2")


@left("custody.two_units")
def the_second_is_excluded_by_its_state() -> None:
    he = make.make_prisoner()
    make.make_custody(prisoner=he)
    make.make_custody(prisoner=he, removed_at=LATER)


@left("custody.two_units")
def two_people() -> None:
    make.make_custody()
    make.make_custody()


@left("custody.two_units")
@found("custody.two_states")
def held_in_two_states() -> None:
    he, there = make.make_prisoner(), make.make_prisoner(origin=make.make_origin("PE"))
    same_person(he, there)
    make.make_custody(prisoner=he)
    make.make_custody(prisoner=there)


@left("custody.two_states")
def escaped_here_and_held_there() -> None:
    he, there = make.make_prisoner(), make.make_prisoner(origin=make.make_origin("PE"))
    same_person(he, there)
    make.make_custody(prisoner=he, started_at=START)
    make.make_movement(prisoner=he, kind="FUGA", occurred_at=LATER)
    make.make_custody(prisoner=there)


@found("custody.after_death")
def dead_and_held() -> None:
    he = make.make_prisoner(died_on=LATER.date())
    make.make_custody(prisoner=he, started_at=START)


@found("custody.after_death")
def dead_by_a_movement_of_another_state() -> None:
    he, there = make.make_prisoner(), make.make_prisoner(origin=make.make_origin("PE"))
    same_person(he, there)
    make.make_custody(prisoner=he, started_at=START)
    make.make_movement(prisoner=there, kind="OBITO", occurred_at=LATER)


@left("custody.after_death")
def dead_and_released() -> None:
    he = make.make_prisoner(died_on=LATER.date())
    make.make_custody(prisoner=he, started_at=START, ended_at=LATER)


@found("custody.after_escape")
def escaped_and_held() -> None:
    he = make.make_prisoner()
    make.make_custody(prisoner=he, started_at=START)
    make.make_movement(prisoner=he, kind="EVASAO", occurred_at=LATER)


@left("custody.after_escape")
def escaped_recaptured_and_held() -> None:
    he = make.make_prisoner()
    make.make_custody(prisoner=he, started_at=START)
    make.make_movement(prisoner=he, kind="FUGA", occurred_at=LATER)
    make.make_movement(prisoner=he, kind="RECAP", occurred_at=LATER + timedelta(days=2))


@left("custody.after_escape")
def escaped_and_dead() -> None:
    he = make.make_prisoner(died_on=LATER.date())
    make.make_custody(prisoner=he, started_at=START)
    make.make_movement(prisoner=he, kind="FUGA", occurred_at=LATER)


@found("custody.after_release")
def released_and_held() -> None:
    he = make.make_prisoner()
    make.make_custody(prisoner=he, started_at=START)
    make.make_movement(prisoner=he, kind="ALVARA", occurred_at=LATER)


@left("custody.after_release")
def released_before_the_custody_began() -> None:
    he = make.make_prisoner()
    make.make_custody(prisoner=he, started_at=LATER)
    make.make_movement(prisoner=he, kind="ALVARA", occurred_at=START)


@left("custody.after_release")
def only_out_for_a_while() -> None:
    he = make.make_prisoner()
    make.make_custody(prisoner=he, started_at=START)
    make.make_movement(prisoner=he, kind="SAI_TEMP", occurred_at=LATER)


@found("custody.escaped_elsewhere")
def sought_here_and_held_there() -> None:
    he, there = make.make_prisoner(), make.make_prisoner(origin=make.make_origin("PE"))
    same_person(he, there)
    make.make_movement(prisoner=he, kind="FUGA", occurred_at=START)
    make.make_custody(prisoner=there, started_at=LATER)


@found("custody.escaped_elsewhere")
def sought_here_and_seen_there() -> None:
    he, there = make.make_prisoner(), make.make_prisoner(origin=make.make_origin("PE"))
    same_person(he, there)
    make.make_movement(prisoner=he, kind="ABANDONO", occurred_at=START)
    make.make_movement(prisoner=there, kind="INC_ORIG", occurred_at=LATER)


@left("custody.escaped_elsewhere")
def sought_here_and_nowhere_else() -> None:
    make.make_movement(kind="FUGA", occurred_at=START)
