"""The timeline: lanes by state, and the events in words."""

from itertools import groupby
from typing import Any

from consulta.profile import lanes
from consulta.wording import chips
from registry.labels import Effect
from registry.selectors.people.breaks import Gap, Overlap
from registry.selectors.people.doubts import ESCAPES
from registry.selectors.people.movements import Event, Movements, Stay
from registry.selectors.people.situation import DEATH
from registry.selectors.people.subject import Subject
from senappen.lib.wording import count, day, lasting, moment

TONES = {
    Effect.ENTRY: "entry",
    Effect.RETURN: "entry",
    Effect.EXIT: "exit",
    Effect.TEMPORARY: "warn",
    Effect.UNKNOWN: "warn",
}


def timeline_card(movements: Movements, subject: Subject) -> dict[str, Any]:
    """What `_timeline.html` prints."""
    grouped = groupby(movements.events, key=lambda event: event.at.year)
    return {
        "lanes": lanes.draw(
            [_stay(stay) for stay in movements.stays],
            events=[lanes.Event(e.at.date(), _title(e)) for e in movements.events if e.kind.code in MARKED],
            today=subject.now.date(),
        ),
        "years": [{"year": year, "events": [_event(event) for event in events]} for year, events in grouped],
        "disputed": any(stay.disputed for stay in movements.stays),
        "breaks": [*map(_overlap, movements.breaks.overlaps), *map(_gap, movements.breaks.gaps)],
    }


MARKED = ESCAPES | {DEATH}


def _gap(gap: Gap) -> str:
    term = f"de {day(gap.since)} a {day(gap.until)} ({lasting(gap.days)})"
    way = f"saiu de {gap.unit_from.name} e reaparece em {gap.unit_to.name}"
    why = "com transferência lançada" if gap.transferred else "sem soltura, fuga ou transferência lançada"
    return f"Sem custódia {term}: {way}, {why}."


def _overlap(overlap: Overlap) -> str:
    one, other = (f"{unit.name} ({uf})" for unit, uf in zip(overlap.units, overlap.ufs, strict=True))
    return (
        f"Em duas unidades ao mesmo tempo, de {day(overlap.since)} a {day(overlap.until) or 'hoje'} "
        f"({lasting(overlap.days)}): {one} e {other}."
    )


def _stay(stay: Stay) -> lanes.Stay:
    until = day(stay.until) or "hoje"
    return lanes.Stay(
        state=stay.source.uf,
        start=stay.since.date(),
        end=stay.until.date() if stay.until else None,
        title=f"{stay.unit.name}, {day(stay.since)} a {until}",
        doubtful=stay.disputed,
    )


def _event(event: Event) -> dict[str, Any]:
    return {
        "date": f"{event.at:%d/%m %H:%M}",
        "date_iso": event.at.isoformat(),
        "title": str(event.kind),
        "detail": _detail(event),
        "tone": "exit" if event.kind.code in MARKED else TONES.get(event.effect, ""),
        "sources": chips([event.source]),
    }


def _title(event: Event) -> str:
    return f"{event.kind}, {day(event.at)}"


def _detail(event: Event) -> str:
    """Where from and to, why, by what document, and how late it was written down."""
    parts = [
        _way(event),
        str(event.death_cause) if event.death_cause else "",
        event.reason,
        event.document,
        f"retorno previsto {moment(event.expected_return_at)}" if event.expected_return_at else "",
        f"lançado {count(event.delay_days, 'dia', 'dias')} depois" if event.delay_days else "",
    ]
    return " · ".join(part for part in parts if part)


def _way(event: Event) -> str:
    start = event.unit_from.name if event.unit_from else ""
    end = event.unit_to.name if event.unit_to else ""
    if event.other_uf:
        start, end = (start or event.other_uf, end) if event.effect == Effect.ENTRY else (start, end or event.other_uf)
    if start == end:
        return start
    return f"{start} → {end}" if start and end else start or (f"→ {end}" if end else "")
