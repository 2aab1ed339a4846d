"""Events as a file to take along."""

import csv
import io
from collections.abc import Iterable

from django.utils import timezone

from audit import sentences
from audit.events import CHANNEL_LABELS, LABELS
from audit.models import AccessEvent

COLUMNS = (
    "evento", "quando", "usuário", "perfil", "órgão", "canal", "endereço", "tipo", "o que fez", "pedido",
    "pessoas mostradas",
    "finalidade", "finalidade declarada", "recibo", "requisição",
)  # fmt: skip
# What a spreadsheet would take for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def table(events: Iterable[AccessEvent]) -> bytes:
    """CSV with `;`, in UTF-8 with its mark, as Brazilian spreadsheets open it; one line an event."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for event in events:
        writer.writerow([_cell(value) for value in _row(event)])
    return text.getvalue().encode("utf-8-sig")


def _row(event: AccessEvent) -> list[object]:
    return [
        event.pk,
        timezone.localtime(event.at).isoformat(timespec="milliseconds"),
        event.actor,
        event.role,
        event.agency,
        CHANNEL_LABELS.get(event.channel, event.channel),  # type: ignore[call-overload]
        event.address or "",
        LABELS.get(event.kind, event.kind),  # type: ignore[call-overload]
        sentences.sentence(event),
        "; ".join(f"{label}: {value}" for label, value in sentences.asked(event)),
        " ".join(map(str, event.subjects)),
        event.purpose or "",
        event.purpose_text,
        event.receipt or "",
        event.request,
    ]


def _cell(value: object) -> str:
    text = str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text
