"""Cases of `registry.findings.dates` and `registry.findings.history`."""

from datetime import UTC, date, datetime, timedelta

from tests.factories import registry as make
from tests.registry.findings.cases import LATER, START, found, left, same_person

TOMORROW = datetime.now(UTC) + timedelta(hours=12)
NEXT_MONTH = datetime.now(UTC) + timedelta(days=30)


@found("dates.birth")
def born_in_year_one() -> None:
    make.make_visitor(birth_date=date(1, 1, 1))


@found("dates.birth")
def born_next_month() -> None:
    make.make_prisoner(birth_date=NEXT_MONTH.date())


@left("dates.birth")
def born_in_1900() -> None:
    make.make_prisoner(birth_date=date(1900, 1, 1))


@left("dates.birth")
def birth_unknown() -> None:
    make.make_prisoner(birth_date=None)


@found("dates.born_after_event")
def arrested_before_birth() -> None:
    make.make_custody(prisoner=make.make_prisoner(birth_date=LATER.date()), started_at=START)


@found("dates.born_after_event")
def dead_before_birth() -> None:
    make.make_prisoner(birth_date=LATER.date(), died_on=START.date())


@left("dates.under_age")
@left("dates.born_after_event")
def arrested_at_18() -> None:
    make.make_custody(prisoner=make.make_prisoner(birth_date=date(2008, 1, 10)), started_at=START)


@found("dates.under_age")
def arrested_the_day_before_18() -> None:
    make.make_custody(prisoner=make.make_prisoner(birth_date=date(2008, 1, 11)), started_at=START)


@left("dates.under_age")
def arrested_before_birth_is_another_rule() -> None:
    make.make_custody(prisoner=make.make_prisoner(birth_date=LATER.date()), started_at=START)


@found("dates.future")
def custody_begins_next_month() -> None:
    make.make_custody(started_at=NEXT_MONTH)


@found("dates.future")
def moves_next_month() -> None:
    make.make_movement(occurred_at=NEXT_MONTH)


@left("dates.future")
def a_clock_half_a_day_ahead() -> None:
    make.make_movement(occurred_at=TOMORROW)


@found("dates.exit_before_entry")
def left_before_entering() -> None:
    make.make_custody(started_at=LATER, ended_at=START)


@left("dates.exit_before_entry")
def left_after_entering() -> None:
    make.make_custody(started_at=START, ended_at=LATER)


@found("dates.arrest_after_entry")
def arrested_after_entering() -> None:
    make.make_custody(started_at=START, arrested_on=LATER.date())


@left("dates.arrest_after_entry")
def arrested_the_next_day_by_another_clock() -> None:
    make.make_custody(started_at=START, arrested_on=START.date() + timedelta(days=1))


@found("history.event_after_death")
def moved_after_death() -> None:
    he = make.make_prisoner(died_on=START.date())
    make.make_movement(prisoner=he, kind="SAI_TEMP", occurred_at=LATER)


@found("history.event_after_death")
def visited_after_a_death_told_by_another_state() -> None:
    he, there = make.make_prisoner(), make.make_prisoner(origin=make.make_origin("PE"), died_on=START.date())
    same_person(he, there)
    make.make_visit(prisoner=he, entered_at=LATER)


@left("history.event_after_death")
def written_down_the_day_after() -> None:
    he = make.make_prisoner(died_on=START.date())
    make.make_movement(prisoner=he, kind="OBITO", occurred_at=LATER)
    make.make_movement(prisoner=he, kind="SAI_TEMP", occurred_at=START + timedelta(days=1))


@found("history.exit_without_entry")
def first_step_is_an_exit() -> None:
    make.make_movement(kind="ALVARA", occurred_at=START)


@found("history.exit_without_entry")
def two_exits_in_a_row() -> None:
    he = make.make_prisoner()
    make.make_movement(prisoner=he, occurred_at=START)
    make.make_movement(prisoner=he, kind="FUGA", occurred_at=LATER)
    make.make_movement(prisoner=he, kind="ALVARA", occurred_at=LATER + timedelta(days=3))


@left("history.exit_without_entry")
def entered_moved_and_left() -> None:
    he = make.make_prisoner()
    make.make_movement(prisoner=he, occurred_at=START)
    make.make_movement(prisoner=he, kind="TR_SAI_UF", occurred_at=LATER)
    make.make_movement(prisoner=he, kind="TR_ENT_UF", occurred_at=LATER)
    make.make_movement(prisoner=he, kind="ALVARA_PREJ", occurred_at=LATER + timedelta(days=1))
    make.make_movement(prisoner=he, kind="ALVARA", occurred_at=LATER + timedelta(days=3))


@left("history.overlap_states")
@found("history.overlap")
def two_units_for_a_week() -> None:
    he = make.make_prisoner()
    make.make_custody(prisoner=he, started_at=START, ended_at=LATER)
    make.make_custody(prisoner=he, started_at=LATER - timedelta(days=7))


@left("history.overlap")
def two_open_custodies_are_another_rule() -> None:
    he = make.make_prisoner()
    make.make_custody(prisoner=he, started_at=START)
    make.make_custody(prisoner=he, started_at=LATER)


@left("history.overlap")
def a_transfer_overnight() -> None:
    he = make.make_prisoner()
    make.make_custody(prisoner=he, started_at=START, ended_at=LATER)
    make.make_custody(prisoner=he, started_at=LATER - timedelta(hours=20))


@left("history.overlap")
@found("history.overlap_states")
def two_states_for_a_week() -> None:
    he, there = make.make_prisoner(), make.make_prisoner(origin=make.make_origin("PE"))
    same_person(he, there)
    make.make_custody(prisoner=he, started_at=START, ended_at=LATER)
    make.make_custody(prisoner=there, started_at=LATER - timedelta(days=7), ended_at=LATER + timedelta(days=9))


@found("history.gap")
def nowhere_for_ten_days() -> None:
    he = make.make_prisoner()
    make.make_custody(prisoner=he, started_at=START, ended_at=LATER)
    make.make_movement(prisoner=he, kind="TR_SAI_UF", occurred_at=LATER)
    make.make_custody(prisoner=he, started_at=LATER + timedelta(days=10))


@left("history.gap")
def free_for_ten_days() -> None:
    he = make.make_prisoner()
    make.make_custody(prisoner=he, started_at=START, ended_at=LATER)
    make.make_movement(prisoner=he, kind="ALVARA", occurred_at=LATER)
    make.make_custody(prisoner=he, started_at=LATER + timedelta(days=10))


@left("history.gap")
def a_longer_period_covers_the_gap() -> None:
    he = make.make_prisoner()
    make.make_custody(prisoner=he, started_at=START, ended_at=LATER + timedelta(days=20))
    make.make_custody(prisoner=he, started_at=START + timedelta(days=1), ended_at=LATER)
    make.make_custody(prisoner=he, started_at=LATER + timedelta(days=10))
