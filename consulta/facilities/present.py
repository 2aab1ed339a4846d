"""From units to what the templates print."""

from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from consulta.facilities.forms import PERIODS
from consulta.wording import chip, named, place
from registry.selectors.units.establishment import Establishment
from registry.selectors.units.flow import Flow, Passage
from registry.selectors.units.listing import UnitLine, UnitList
from registry.selectors.units.occupancy import Occupancy
from registry.selectors.units.residents import Resident, Residents
from registry.selectors.units.visits import UnitVisits
from registry.values.names import legible
from senappen.lib.paging import pages
from senappen.lib.wording import count, day, moment, tag, thousands

NEAR_FULL = 90  # per cent: from here on the bar warns


def units_list(found: UnitList, query: dict[str, str]) -> dict[str, Any]:
    """The context of `list.html`."""
    return {
        "facilities": {"rows": [_line(line) for line in found.rows], "total": found.total},
        "pages": pages(found.page, found.pages, lambda n: f"?{urlencode({**query, 'pagina': n})}"),
    }


def head(of: Establishment) -> dict[str, Any]:
    """The establishment itself."""
    unit = of.unit
    tags = [tag("acima da capacidade", "danger", "exclamation-triangle")] if of.occupancy.over else []
    tags += [tag("excluída na origem", "warn")] if of.withdrawn else []
    facts = [
        unit.origin.uf,
        str(of.kind),
        str(of.modality),
        str(of.sex),
        f"gestão {of.management}" if of.management else "",
    ]
    facts += [
        f"código {unit.senappen_code}" if unit.senappen_code else "",
        f"IBGE {unit.municipality}" if unit.municipality else "",
    ]
    return {
        "name": legible(unit.name),
        "acronym": unit.acronym,
        "url": reverse("consulta:unit", args=[unit.public_id]),
        "facts": " · ".join(fact for fact in facts if fact),
        "source": chip(of.source, of.now),
        "tags": tags,
    }


def totals(of: Establishment, flow: Flow | None, visits: UnitVisits | None, hours: int) -> list[dict[str, str]]:
    """The figures on top."""
    occupancy, period = of.occupancy, PERIODS[hours]
    full = f"{occupancy.percent}%" if occupancy.percent is not None else "—"
    figures = [
        _figure("Pessoas", thousands(occupancy.inside)),
        _figure("Vagas", thousands(occupancy.places) if occupancy.places is not None else "não informado"),
        _figure(
            "Ocupação",
            full,
            f"{count(occupancy.over, 'pessoa', 'pessoas')} além das vagas" if occupancy.over else "",
            _tone(occupancy),
        ),
    ]
    if flow:
        figures += [
            _figure("Entradas", thousands(flow.total_entered), period),
            _figure("Saídas", thousands(flow.total_left), period),
        ]
    if visits:
        figures.append(_figure("Visitas hoje", thousands(visits.today), f"{thousands(visits.total)} em {period}"))
    return figures


def capacity_card(of: Establishment) -> dict[str, Any]:
    """Places by regime and sex."""
    rows = [{"regime": str(p.regime), "men": p.men, "women": p.women, "total": p.total} for p in of.places]
    sums = {key: sum(row[key] for row in rows) for key in ("men", "women", "total")}  # type: ignore[misc]
    return {"rows": rows, "totals": sums, "disabled": of.unit.disabled_places}


def residents_card(found: Residents, query: dict[str, Any]) -> dict[str, Any]:
    """Who is in."""

    def to_page(number: int) -> str:
        return f"?{urlencode({**query, 'pagina': number})}"

    return {
        "rows": [_resident(row) for row in found.rows],
        "total": found.total,
        "pages": pages(found.page, found.pages, to_page),
    }


def wings_card(found: Residents, query: dict[str, Any], chosen: str | None) -> dict[str, Any]:
    """How many people each wing holds; each leads to its own list."""
    most = max((wing.people for wing in found.wings), default=1)
    kept = {key: value for key, value in query.items() if key != "pavilhao"}
    return {
        "rows": [
            {
                "name": place(wing.name, "") or "sem pavilhão informado",
                "url": f"?{urlencode({**kept, 'pavilhao': wing.name})}" if wing.name else "",
                "people": wing.people,
                "width": round(100 * wing.people / most),
                "current": wing.name == chosen,
            }
            for wing in found.wings
        ],
        "all_url": f"?{urlencode(kept)}",
    }


def entered_card(flow: Flow) -> dict[str, Any]:
    """Who came, from where."""
    return {"rows": [_passage(row, "entry", "de") for row in flow.entered], "total": flow.total_entered}


def left_card(flow: Flow) -> dict[str, Any]:
    """Who left, to where."""
    return {"rows": [_passage(row, "exit", "para") for row in flow.left], "total": flow.total_left}


def kinds_card(flow: Flow) -> dict[str, Any]:
    """How many movements of each kind."""
    return {"rows": [{"kind": str(kind), "count": number} for kind, number in flow.kinds]}


def visits_card(found: UnitVisits) -> dict[str, Any]:
    """Who visited whom."""
    return {
        "total": found.total,
        "shown": len(found.rows),
        "rows": [
            {
                "visitor": named(visit.visitor),
                "prisoner": named(visit.prisoner),
                "kind": str(visit.kind),
                "entered": moment(visit.entered_at),
                "left": f"{visit.left_at:%H:%M}" if visit.left_at else "",
            }
            for visit in found.rows
        ],
    }


def periods(hours: int, query: dict[str, Any]) -> list[dict[str, Any]]:
    """The choice of period, as links."""
    return [
        {"label": label, "url": f"?{urlencode({**query, 'horas': value})}", "current": value == hours}
        for value, label in PERIODS.items()
    ]


def _line(line: UnitLine) -> dict[str, Any]:
    occupancy = line.occupancy
    return {
        "name": legible(line.name),
        "acronym": line.acronym,
        "url": reverse("consulta:unit", args=[line.public_id]),
        "state": line.source.uf,
        "kind": str(line.kind),
        "modality": str(line.modality),
        "sex": str(line.sex),
        "capacity": occupancy.places,
        "population": occupancy.inside,
        "occupancy": occupancy.percent,
        "width": min(100, occupancy.percent or 0),
        "tone": "over" if occupancy.over else "",
        "source": {"code": line.source.code, "freshness": "", "stale": line.source.late},
    }


def _tone(occupancy: Occupancy) -> str:
    if occupancy.over:
        return "danger"
    return "warn" if (occupancy.percent or 0) >= NEAR_FULL else ""


def _figure(label: str, value: str, detail: str = "", tone: str = "") -> dict[str, str]:
    return {"label": label, "value": value, "detail": detail, "tone": tone}


def _resident(row: Resident) -> dict[str, Any]:
    return {
        **named(row.person),
        "birth": day(row.birth_date),
        "regime": str(row.regime),
        "situation": str(row.situation),
        "wing": place(row.wing, ""),
        "cell": place("", row.cell),
        "since": day(row.since),
        "days": row.days,
        "tags": [tag(f"fora: {row.out}", "info")] if row.out else [],
    }


def _passage(row: Passage, tone: str, preposition: str) -> dict[str, str]:
    return {
        **named(row.person),
        "date": f"{row.at:%d/%m %H:%M}",
        "date_iso": row.at.isoformat(),
        "reason": str(row.kind),
        "destination": f"{preposition} {row.other}" if row.other else "",
        "tone": "warn" if row.temporary else tone,
    }
