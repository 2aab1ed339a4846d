"""The page of a pair."""

from typing import Any, Final

from django.urls import reverse

from consulta.profile.present.facts import photos_card
from consulta.profile.present.state import contradiction
from consulta.review.present import fields, linked, lives, waterfall
from consulta.wording import KINDS, chip
from registry.matching import reviewing, vetoes
from registry.models import Judgement, Record, RecordKind
from registry.selectors.provenance import source_of
from registry.selectors.reviewing.pair import Half, Pair
from registry.selectors.reviewing.queue import shown_cause
from senappen.lib.wording import count, day

_VETOES: Final = {veto.code: veto.text for veto in vetoes.VETOES}
MOST_PHOTOS: Final = 3


def page(pair: Pair) -> dict[str, Any]:
    """What `consulta/review/pair.html` prints of the pair."""
    review = pair.review
    return {
        "number": review.pk,
        "cause": shown_cause(review).label,
        "halves": [_half("A", pair.a), _half("B", pair.b)],
        "lines": fields.lines(pair.a, pair.b),
        "waterfall": waterfall.waterfall(review.score, review.reasons),
        "vetoes": [_VETOES.get(code, code) for code in review.vetoes],
        "lives": lives.lives(pair),
        "linked": linked.linked(pair),
        "merge": _merge(pair),
    }


def _half(name: str, half: Half) -> dict[str, Any]:
    record = half.record
    return {
        "letter": name,
        "kind": KINDS[RecordKind(record.kind)],
        "source": chip(half.subject.sources[0], half.subject.now),
        "photos": photos_card(half.identity, half.subject)["rows"][:MOST_PHOTOS],
        **fields.provenance(half),
    }


def _merge(pair: Pair) -> dict[str, Any]:
    """What joining the two would bring together, and what it would contradict."""
    sides = [("A", pair.a), ("B", pair.b)]
    total = 2 + len(pair.a.others) + len(pair.b.others)
    return {
        "total": count(total, "registro", "registros"),
        "sides": [
            {"letter": name, "records": [_record(r, half) for r in (half.record, *half.others)], "links": _links(half)}
            for name, half in sides
        ],
        "doubts": [contradiction(doubt) for doubt in pair.doubts],
        "apart": [_apart(judgement) for judgement in pair.apart],
        "risks": [reviewing.TEXTS[risk] for risk in pair.risks],
    }


def _record(record: Record, half: Half) -> dict[str, Any]:
    return {
        "source": chip(source_of(record.origin, half.subject.now)),
        "kind": KINDS[RecordKind(record.kind)],
        "key": record.origin_key,
        "name": record.name,
        "birth": day(record.birth_date),
        "removed": record.removed_at is not None,
        "own": record.pk == half.record.pk,
    }


def _links(half: Half) -> str:
    """`12 visitantes, 1 advogado, 4 custódias`: what moves to one page with the record of the pair."""
    counted = (
        (half.visitors.total, "visitante", "visitantes"),
        (half.lawyers.total, "advogado", "advogados"),
        (half.links.total, "preso ligado", "presos ligados"),
        (len(half.movements.stays), "custódia", "custódias"),
        (half.movements.total, "movimentação", "movimentações"),
        (len(half.identity.photos), "fotografia", "fotografias"),
    )
    return ", ".join(count(number, one, many) for number, one, many in counted if number)


def _apart(judgement: Judgement) -> str:
    """Not by whom: a reviewer decides for themselves."""
    return f"Em {day(judgement.made_at)} foi julgado que um registro de A e um de B são de pessoas diferentes."


def actions(number: int) -> dict[str, str]:
    """Addresses of the forms of a pair."""
    return {
        "vote": reverse("consulta:review-vote", args=[number]),
        "skip": reverse("consulta:review-skip", args=[number]),
        "leave": reverse("consulta:review-leave", args=[number]),
        "undo": reverse("consulta:review-undo"),
    }
