"""Two lives on one timeline, and whether one human being could have lived both."""

from collections.abc import Iterator
from typing import Any, Final

from consulta.profile import lanes
from consulta.wording import chip
from registry.selectors.reviewing.pair import Half, Pair
from registry.values.lives import Answer, Overlap
from senappen.lib.wording import count, day

WIDTH: Final = 380
MOST_DOTS: Final = 60

# Answer → tone and words of the message above the drawing.
ANSWERS: Final[dict[Answer, tuple[str, str, str]]] = {
    Answer.CONFLICT: (
        "danger", "Presos em dois lugares ao mesmo tempo.", "Não podem ser a mesma pessoa, salvo erro de data.",
    ),
    Answer.TOGETHER: (
        "info", "Presos na mesma unidade ao mesmo tempo.", "Pode ser um registro repetido, ou duas pessoas.",
    ),
    Answer.JOINED: (
        "ok", "Um sai e o outro entra em seguida.", "As custódias se encadeiam como as de quem é transferido.",
    ),
    Answer.APART: ("ok", "Nunca presos ao mesmo tempo.", "As datas não impedem que sejam a mesma pessoa."),
    Answer.NO_STAYS: ("info", "Sem custódia de um dos lados.", "As datas de custódia nada dizem deste par."),
}  # fmt: skip


def lives(pair: Pair) -> dict[str, Any]:
    """What `_lives.html` prints."""
    tone, title, text = ANSWERS[pair.lives.answer]
    halves = (("A", pair.a), ("B", pair.b))
    return {
        "tone": tone,
        "title": title,
        "text": text,
        "lanes": lanes.draw(
            [stay for name, half in halves for stay in _stays(name, half)],
            spans=[_span(overlap) for overlap in pair.lives.overlaps],
            steps=[step for name, half in halves for step in _steps(name, half)],
            today=pair.now.date(),
            width=WIDTH,
        ),
        "overlaps": [_words(overlap) for overlap in pair.lives.overlaps],
        "rows": sorted((row for name, half in halves for row in _rows(name, half)), key=lambda row: row["order"]),
    }


def _stays(name: str, half: Half) -> Iterator[lanes.Stay]:
    for stay in half.movements.stays:
        until = day(stay.until) or "hoje"
        title = f"{name}: {stay.unit.name}, {day(stay.since)} a {until}"
        yield lanes.Stay(name, stay.since.date(), stay.until.date() if stay.until else None, title)


def _steps(name: str, half: Half) -> Iterator[lanes.Step]:
    for event in half.movements.events[:MOST_DOTS]:
        yield lanes.Step(name, event.at.date(), f"{name}: {event.kind}, {day(event.at)}")


def _span(overlap: Overlap) -> lanes.Span:
    return lanes.Span(
        overlap.since.date(), overlap.until.date(), "same" if overlap.same_place else "conflict", _words(overlap)
    )


def _words(overlap: Overlap) -> str:
    where = "na mesma unidade" if overlap.same_place else "em unidades diferentes"
    return f"{day(overlap.since)} a {day(overlap.until)}: {count(overlap.days, 'dia', 'dias')} {where}"


def _rows(name: str, half: Half) -> Iterator[dict[str, Any]]:
    for stay in half.movements.stays:
        yield {
            "order": stay.since,
            "who": name,
            "what": f"{stay.unit.name} · {stay.regime}",
            "when": f"{day(stay.since)} a {day(stay.until) or 'hoje'}",
            "source": chip(stay.source),
        }
    for event in half.movements.events[:MOST_DOTS]:
        place = event.unit_to or event.unit_from
        yield {
            "order": event.at,
            "who": name,
            "what": " · ".join(part for part in (str(event.kind), place.name if place else "", event.other_uf) if part),
            "when": day(event.at),
            "source": chip(event.source),
        }
