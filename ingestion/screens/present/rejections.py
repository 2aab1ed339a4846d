"""The quarantine as its pages print it."""

import base64
from collections import defaultdict
from collections.abc import Iterable
from typing import Any, Final
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone

from ingestion.mapping.reading import read
from ingestion.models import Rejection, RejectionStatus
from ingestion.reasons import SENTENCES, ReasonCode
from ingestion.screens.words import reason as words
from ingestion.selectors.rejections import ReasonCount
from ingestion.services.quarantine import Reprocessed, received
from senappen.lib.wording import count, moment, tag

LONGEST: Final = 600  # characters of a value
MOST_BYTES: Final = 64
TONES: Final = {
    RejectionStatus.OPEN: "danger",
    RejectionStatus.WAITING: "warn",
    RejectionStatus.REPROCESSED: "ok",
    RejectionStatus.SUPERSEDED: "neutral",
}


def tally(counts: Iterable[ReasonCount], query: dict[str, str]) -> list[dict[str, Any]]:
    """Reasons with how many rows each keeps out; each leads to its rows."""
    listed = list(counts)
    most = max((line.rows for line in listed), default=1)
    chosen = (query.get("motivo", ""), query.get("campo", ""))
    return [
        {
            "reason": words(line.code),
            "field": line.field,
            "rows": line.rows,
            "width": round(100 * line.rows / most),
            "url": f"?{urlencode({**query, 'motivo': line.code, 'campo': line.field})}",
            "current": chosen == (line.code, line.field),
        }
        for line in listed
    ]


def lines(origin: str, rejections: Iterable[Rejection]) -> list[dict[str, Any]]:
    """Rows of the list, without what the state sent."""
    return [
        {
            "id": rejection.pk,
            "url": reverse("ingestion:rejection", args=[origin, rejection.pk]),
            "view": rejection.view,
            "key": rejection.origin_key,
            "reasons": [f"{reason['field']}: {words(reason['code']).lower()}" for reason in rejection.reasons],
            "status": tag(rejection.get_status_display(), TONES[RejectionStatus(rejection.status)]),
            "load": rejection.load,
            "load_url": reverse("ingestion:load", args=[origin, rejection.load]),
            "rejected": moment(timezone.localtime(rejection.created_at)),
        }
        for rejection in rejections
    ]


def row(origin: str, rejection: Rejection) -> dict[str, Any]:
    """One row, but for its values."""
    [line] = lines(origin, [rejection])
    settled = rejection.settled_at
    return {
        **line,
        "messages": [_message(reason) for reason in rejection.reasons],
        "mapping": rejection.mapping.number,
        "settled": moment(timezone.localtime(settled)) if settled else "",
    }


def values(rejection: Rejection) -> list[dict[str, Any]]:
    """The state's columns in their order: the contract's fields each fills, what came, and what is wrong with it."""
    fed = defaultdict(list)
    for name, field in read(rejection.mapping.text).views[rejection.view].fields.items():
        fed[field.column].append(name)
    return [
        {
            "column": column,
            "fields": fed[column],
            **_value(value),
            "reasons": [_message(r) for r in rejection.reasons if r["field"] in {column, *fed[column]}],
        }
        for column, value in received(rejection).items()
    ]


def outcome(done: Reprocessed) -> str:
    """What became of rows that were read again, in a sentence."""
    if not done.readable + done.still_rejected:
        return "Nenhuma linha aberta para reprocessar com estes filtros."
    parts = [count(done.readable, "linha entrará", "linhas entrarão") + " na próxima carga"] if done.readable else []
    if done.still_rejected:
        parts.append(count(done.still_rejected, "linha continua rejeitada", "linhas continuam rejeitadas"))
    more = " Há mais linhas: reprocesse de novo para continuar de onde parou." if done.more else ""
    return f"Reprocessado: {'; '.join(parts)}.{more}"


def is_readable_again(rejection: Rejection) -> bool:
    """True when reading the row again may help."""
    repeated = any(reason["code"] == ReasonCode.REPEATED_KEY for reason in rejection.reasons)
    return rejection.status == RejectionStatus.OPEN and not repeated


def _message(reason: dict[str, str]) -> str:
    # Not the sentence kept with the row: it may be of an older version.
    sentence = SENTENCES.get(reason["code"])  # type: ignore[call-overload]
    return f"{reason['field']}: {sentence}." if sentence else reason["message"]


def _value(value: Any) -> dict[str, Any]:
    if value is None:
        return {"text": "", "note": "nulo"}
    if isinstance(value, dict) and "base64" in value:
        given = base64.b64decode(value["base64"])
        return {"text": given[:MOST_BYTES].hex(" "), "note": f"{count(len(given), 'byte', 'bytes')}, em hexadecimal"}
    text = "".join(map(_legible, str(value)))
    if not text:
        return {"text": "", "note": "texto vazio"}
    if len(text) > LONGEST:
        return {"text": text[:LONGEST], "note": f"os {LONGEST} primeiros de {count(len(text), '', 'caracteres')}"}
    return {"text": text, "note": "só espaços" if text.isspace() else ""}


def _legible(character: str) -> str:
    """Characters that cannot be shown, halves of pairs among them, by their number."""
    return character if character.isprintable() else f"\\u{ord(character):04x}"
