"""The establishment itself, the figures on top, the instant shown and what is not known of it."""

from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from consulta.facilities.forms import PERIODS
from consulta.wording import chip
from registry.municipalities import municipality
from registry.selectors.provenance import local
from registry.selectors.units.attendances import UnitAttendances
from registry.selectors.units.census import Census
from registry.selectors.units.establishment import Establishment
from registry.selectors.units.flow import Flow
from registry.selectors.units.known import Known
from registry.selectors.units.occupancy import Occupancy
from registry.selectors.units.visits import UnitVisits
from registry.values.names import legible
from senappen.lib.wording import count, day, moment, tag, thousands

NEAR_FULL = 90  # per cent: from here on the bar warns


def head(of: Establishment, counted: Census | None) -> dict[str, Any]:
    """The establishment itself; `counted` is None when nobody is shown."""
    unit = of.unit
    over = counted is not None and counted.occupancy(of).over > 0
    tags = [tag("acima da capacidade", "danger", "exclamation-triangle")] if over else []
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
        str(municipality(unit.municipality)),
    ]
    return {
        "name": legible(unit.name),
        "acronym": unit.acronym,
        "url": reverse("consulta:unit", args=[unit.public_id]),
        "facts": " · ".join(fact for fact in facts if fact),
        "source": chip(of.source, of.now),
        "tags": tags,
        "at": moment(local(of.at, unit.origin)),
        "past": of.past,
    }


def totals(
    of: Establishment,
    counted: Census | None,
    flow: Flow | None,
    visits: UnitVisits | None,
    attendances: UnitAttendances | None,
    hours: int,
) -> list[dict[str, str]]:
    """The figures on top; a part that failed leaves its figures out."""
    figures = [*_inside(counted), *_room(counted.occupancy(of), of.past)] if counted else []
    if flow:
        period = PERIODS[hours]
        figures += [
            _figure("Entradas", thousands(flow.total_entered), period),
            _figure("Saídas", thousands(flow.total_left), period),
        ]
    if visits:
        lawyers = attendances.inside if attendances else 0
        detail = [f"{count(visits.today, 'visita', 'visitas')} no dia"]
        detail += [count(lawyers, "advogado", "advogados")] if lawyers else []
        figures.append(
            _figure(
                "Visitantes dentro",
                thousands(visits.inside),
                " · ".join(detail),
                "warn" if visits.inside or lawyers else "",
            )
        )
    return figures


def instant(of: Establishment, known: Known | None, counted: Census | None, flow: Flow | None) -> dict[str, Any]:
    """For a past instant: when it is, what the page knows of it and what nobody does."""
    if not of.past:
        return {}
    doubts = [
        *_unknown(known),
        *_doubtful(counted, flow),
        "As vagas são as de hoje: nenhum estado informa quantas eram.",
        "O que o estado corrigiu ou excluiu desde então aparece como ele o informa hoje.",
    ]
    return {"at": moment(local(of.at, of.unit.origin)), "uf": of.unit.origin.uf, "doubts": doubts}


def periods(hours: int, query: dict[str, Any]) -> list[dict[str, Any]]:
    """The choice of period, as links."""
    return [
        {"label": label, "url": f"?{urlencode({**query, 'horas': value})}", "current": value == hours}
        for value, label in PERIODS.items()
    ]


def _unknown(known: Known | None) -> list[str]:
    if known is None or not known.before:
        return []
    since = f"antes de {day(known.since)}" if known.since else "nesta unidade"
    return [f"A base não tem custódia {since}: a relação vazia não quer dizer que não havia ninguém."]


def _doubtful(counted: Census | None, flow: Flow | None) -> list[str]:
    late = sum(row.untold for row in (*flow.entered, *flow.left)) if flow else 0
    moved = counted.moved_since if counted else 0
    found = []
    if late:
        found.append(f"Ainda sem lançamento nessa hora: {count(late, 'movimentação', 'movimentações')} do período.")
    if moved:
        people = count(moved, "pessoa mudou", "pessoas mudaram")
        found.append(f"{people} de cela depois, na mesma custódia: a cela mostrada pode não ser a dessa hora.")
    return found


def _inside(counted: Census) -> list[dict[str, str]]:
    away = [
        count(counted.out, "fora por tempo", "fora por tempo") if counted.out else "",
        count(counted.gone, "com saída lançada", "com saída lançada") if counted.gone else "",
    ]
    detail = " · ".join(part for part in away if part) or "ninguém fora"
    return [_figure("Dentro", thousands(counted.inside), f"de {thousands(counted.people)}: {detail}")]


def _room(occupancy: Occupancy, past: bool) -> list[dict[str, str]]:
    full = f"{occupancy.percent}%" if occupancy.percent is not None else "—"
    beyond = f"{count(occupancy.over, 'pessoa', 'pessoas')} além das vagas" if occupancy.over else ""
    places = thousands(occupancy.places) if occupancy.places is not None else "não informado"
    return [
        _figure("Vagas", places, "hoje" if past and occupancy.places is not None else ""),
        _figure("Ocupação", full, beyond, _tone(occupancy)),
    ]


def _tone(occupancy: Occupancy) -> str:
    if occupancy.over:
        return "danger"
    return "warn" if (occupancy.percent or 0) >= NEAR_FULL else ""


def _figure(label: str, value: str, detail: str = "", tone: str = "") -> dict[str, str]:
    return {"label": label, "value": value, "detail": detail, "tone": tone}
