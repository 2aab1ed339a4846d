"""Dates, times, counts and statuses in the words of the screen."""

from datetime import date, datetime, timedelta

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


def tag(label: str, tone: str = "neutral", icon: str = "") -> dict[str, str]:
    """A short status for `components/tag.html`."""
    return {"label": label, "tone": tone, "icon": icon}
