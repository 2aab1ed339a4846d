"""The people of a unit: one by one, and counted by wing, cell, group and need."""

from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from consulta.wording import named, place
from registry.selectors.units.census import Census, WingCount
from registry.selectors.units.residents import Resident, Residents
from registry.values.names import legible
from senappen.lib.paging import pages
from senappen.lib.wording import count, day, tag

# Fewer cells than this are all listed; more only for the wing chosen.
FEW_CELLS = 60

NEEDS = {
    "hospital": "no hospital",
    "disabled": "com deficiência",
    "pregnant": "gestantes",
    "lactating": "lactantes",
    "elderly": "com 60 anos ou mais",
    "rdd": "em RDD",
    "monitored": "com monitoração eletrônica",
}


def residents_card(found: Residents, query: dict[str, Any]) -> dict[str, Any]:
    """Who is in."""

    def to_page(number: int) -> str:
        return f"?{urlencode({**query, 'pagina': number})}"

    return {
        "rows": [resident(row) for row in found.rows],
        "total": found.total,
        "pages": pages(found.page, found.pages, to_page),
    }


def roll(found: Residents) -> list[dict[str, Any]]:
    """Everybody, wing by wing and cell by cell, for paper."""
    return [
        {
            "name": place(wing, "") or "Sem pavilhão informado",
            "cells": [
                {"name": place("", cell) or "Sem cela informada", "rows": [resident(row) for row in rows]}
                for cell, rows in groupby(people, key=lambda row: row.cell)
            ],
        }
        for wing, people in groupby(found.rows, key=lambda row: row.wing)
    ]


def wings_card(found: Census, query: dict[str, Any], wing: str | None, cell: str | None) -> dict[str, Any]:
    """How many people each wing holds, and each cell of the wing chosen; each leads to its own list."""
    most = max((each.people for each in found.wings), default=1)
    kept = {key: value for key, value in query.items() if key not in ("pavilhao", "cela")}
    all_cells = sum(len(each.cells) for each in found.wings) <= FEW_CELLS
    return {
        "rows": [
            {
                "name": place(each.name, "") or "sem pavilhão informado",
                "url": f"?{urlencode({**kept, 'pavilhao': each.name})}" if each.name else "",
                "people": each.people,
                "away": count(each.away, "fora", "fora") if each.away else "",
                "width": round(100 * each.people / most),
                "current": each.name == wing,
                "cells": _cells(each, kept, wing, cell) if all_cells or each.name == wing else [],
                "mixed": sum(each.mixed for each in each.cells),
            }
            for each in found.wings
        ],
        "all_url": f"?{urlencode(kept)}",
    }


def needs_card(found: Census, factions: bool) -> dict[str, Any]:
    """Who needs care, and, with its permission, which groups the state declares."""
    needs = ((getattr(found.needs, name), words) for name, words in NEEDS.items())
    mixed = (
        [place(wing.name, cell.name) for wing in found.wings for cell in wing.cells if cell.mixed] if factions else []
    )
    return {
        "needs": [{"count": number, "label": words} for number, words in needs if number],
        "factions": [{"name": name, "people": people} for name, people in found.factions],
        "declares": factions,
        "mixed": mixed,
    }


def resident(row: Resident) -> dict[str, Any]:
    """Someone held, in words."""
    return {
        **named(row.person),
        "registration": row.registration,
        "birth": day(row.birth_date),
        "regime": str(row.regime),
        "situation": str(row.situation),
        "wing": place(row.wing, ""),
        "cell": place("", row.cell),
        "since": day(row.since),
        "days": row.days,
        "tags": _tags(row),
    }


def _cells(wing: WingCount, kept: dict[str, Any], in_wing: str | None, chosen: str | None) -> list[dict[str, Any]]:
    within = {**kept, "pavilhao": wing.name} if wing.name else kept
    return [
        {
            "name": cell.name or "—",
            "label": place("", cell.name) or "sem cela informada",
            "url": f"?{urlencode({**within, 'cela': cell.name})}" if cell.name else "",
            "people": cell.people,
            "mixed": cell.mixed,
            "current": cell.name == chosen and (wing.name or None) == in_wing,
        }
        for cell in wing.cells
    ]


def _tags(row: Resident) -> list[dict[str, str]]:
    marks = [
        (f"fora: {row.out}" if row.out else "", "info"),
        (f"saída lançada: {row.gone}" if row.gone else "", "danger"),
        (f"consta também em {legible(row.elsewhere)}" if row.elsewhere else "", "danger"),
        (f"grupo: {row.faction}" if row.faction else "", "warn"),
        ("cela pode ser outra" if row.moved_since else "", "warn"),
        ("deficiência" if row.disabled else "", "outline"),
        ("gestante" if row.pregnant else "", "outline"),
        ("lactante" if row.lactating else "", "outline"),
        ("RDD" if row.rdd else "", "outline"),
        ("monitorado" if row.monitored else "", "outline"),
    ]
    return [tag(words, tone) for words, tone in marks if words]
