"""Dates, times, counts and sources in the words of the screen."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.urls import reverse

from registry.models import RecordKind
from registry.selectors.people.subject import PersonRef
from registry.selectors.provenance import Source
from registry.values import cpf
from registry.values.names import legible

KINDS = {RecordKind.PRISONER: "Preso", RecordKind.VISITOR: "Visitante", RecordKind.LAWYER: "Advogado"}
MONTH = 30
YEAR = 365


def day(value: date | datetime | None) -> str:
    """`14/08/2026`, or empty."""
    return f"{value:%d/%m/%Y}" if value else ""


def moment(value: datetime | None) -> str:
    """`14/08/2026 07:12` on the clock the value carries, or empty."""
    return f"{value:%d/%m/%Y %H:%M}" if value else ""


def count(number: int, one: str, many: str) -> str:
    """`1 dia`, `1.234 dias`."""
    return f"{thousands(number)} {one if number == 1 else many}"


def thousands(number: int) -> str:
    """`11626` → `11.626`."""
    return f"{number:,}".replace(",", ".")


def lasting(days: int) -> str:
    """How long, in the largest fitting unit: `12 dias`, `4 meses`, `2 anos e 3 meses`."""
    if days < 2 * MONTH:
        return count(days, "dia", "dias")
    years, months = days // YEAR, days % YEAR // MONTH
    parts = [count(years, "ano", "anos")] if years else []
    parts += [count(months, "mês", "meses")] if months else []
    return " e ".join(parts)


def ago(value: datetime, now: datetime) -> str:
    """`há 2 h`, `há 6 d`: short, for a chip."""
    passed = max(timedelta(0), now - value)
    if passed < timedelta(hours=1):
        return f"há {passed.seconds // 60} min"
    return f"há {int(passed.total_seconds() // 3600)} h" if passed < timedelta(days=2) else f"há {passed.days} d"


def chip(source: Source, now: datetime | None = None) -> dict[str, object]:
    """A source for `components/source_chip.html`; with `now`, also how old its last load is."""
    if now is None:
        return {"code": source.code, "freshness": "", "stale": False}
    freshness = ago(source.loaded_at, now) if source.loaded_at else "sem carga"
    return {"code": source.code, "freshness": freshness, "stale": source.late}


def chips(sources: Iterable[Source]) -> list[dict[str, object]]:
    """Sources beside a fact: their codes alone."""
    return [chip(source) for source in sources]


def tag(label: str, tone: str = "neutral", icon: str = "") -> dict[str, str]:
    """A short status for `components/tag.html`."""
    return {"label": label, "tone": tone, "icon": icon}


def masked_cpf(number: str) -> str:
    """A CPF with all but its ends hidden, also when it is not eleven digits long; empty stays empty."""
    if len(number) == cpf.LENGTH and number.isdigit():
        return cpf.mask(number)
    return f"{number[:2]}•••{number[-2:]}" if len(number) > 4 else "•" * len(number)


def named(person: PersonRef) -> dict[str, str]:
    """A person as a link: a legible name and where their profile is."""
    return {"name": legible(person.name), "url": reverse("consulta:profile", args=[person.public_id])}


def place(wing: str, cell: str) -> str:
    """`Pavilhão 2 · Cela 14`, without the parts there are not; a bare number gets its word."""
    named = (f"Pavilhão {wing}" if wing.isdigit() else wing, f"Cela {cell}" if cell[:1].isdigit() else cell)
    return " · ".join(part for part in named if part)
