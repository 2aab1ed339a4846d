"""From what a panel read to what the templates print."""

from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from consulta.statistics import charts, headline, panels
from consulta.statistics.charts import number
from consulta.statistics.files import TYPES
from consulta.statistics.panels import PANELS, UNITS_SHOWN, Reading
from registry.figures import catalogue as of
from registry.figures.declared import Counted, Sex, Span
from registry.models import FigureBuild
from registry.selectors.figures import places
from registry.selectors.figures.protected import hidden, month_of
from registry.selectors.figures.tables import ALL, Line, Table
from registry.services.figures.packing import ENTRIES, EXITS
from registry.values.names import legible
from senappen.lib.wording import count, day, moment, thousands

# Longer figures show only the lines that somebody is in.
LONG = 20
# Days in the table under the line.
POINTS = 24


def page(reading: Reading, query: dict[str, str], current: str) -> dict[str, Any]:
    """The context of `page.html`, whatever the panel."""
    parts = {"visao-geral": _overview, "perfil": _profile, "cobertura": _coverage, "movimento": _movement}
    own = parts.get(reading.panel.slug)
    shown = [] if reading.panel.slug == "cobertura" else [_table(each, reading, query) for each in reading.tables]
    return {
        "panel": {"slug": reading.panel.slug, "title": reading.panel.title, "summary": reading.panel.summary},
        "tabs": tabs(query, current),
        "counted": _reference(reading),
        "tables": shown,
        "exact": reading.exact,
        "files": {
            kind: f"{reverse('consulta:statistics-file', args=[current, kind])}?{urlencode(query)}" for kind in TYPES
        },
        **(own(reading, query) if own else {}),
    }


def tabs(query: dict[str, str], current: str) -> list[dict[str, Any]]:
    """Links to every panel with the same filters."""
    return [
        {
            "label": panel.title,
            "url": f"{reverse('consulta:statistics-panel', args=[panel.slug])}?{urlencode(query)}",
            "current": panel.slug == current,
        }
        for panel in PANELS.values()
    ]


def _reference(reading: Reading) -> dict[str, Any]:
    build = reading.build
    checked = None
    if build.checked_at is not None:
        agrees = build.differences == 0
        checked = "confere com os registros" if agrees else f"{build.differences} linhas não conferem com os registros"
        if agrees and build.corrections:
            checked = f"{count(build.corrections, 'linha corrigida', 'linhas corrigidas')} pelos estados desde então"
    return {
        "day": day(build.day), "version": build.version, "built_at": moment(build.built_at), "checked": checked,
        "agrees": build.differences == 0,
    }  # fmt: skip


def _overview(reading: Reading, query: dict[str, str]) -> dict[str, Any]:
    rows = headline.states(reading)
    links = {place.uf: f"?{urlencode({**query, 'uf': place.uf})}" for place in rows}
    units = places.units(reading.build, reading.filters, UNITS_SHOWN) if reading.exact else []
    points = panels.series(reading)
    return {
        "headline": _headline(reading),
        "map": charts.brazil({place.uf: place.occupancy for place in rows}, links),
        "states": [_state(line, links[line.uf]) for line in rows],
        "units": [_unit(place) for place in units],
        "series": charts.line(points),
        "points": [
            {"day": day(p.day), "people": thousands(p.people), "places": thousands(p.places)} for p in points[-POINTS:]
        ],
    }  # fmt: skip


def _headline(reading: Reading) -> list[dict[str, str]]:
    stock, hide = reading.stock, _margins(reading)
    people, room = stock.people(), stock.total(of.CAPACITY)
    women = None if (ALL, Sex.WOMEN) in hide else stock.people(Sex.WOMEN)
    provisional = stock.regimes()["PROVISORIO"]
    figures = [_figure("Vagas", thousands(room)), _figure("Mulheres", number(women))]
    if (ALL, ALL) not in hide:
        full = f"{round(100 * people / room)}%" if room else "—"
        figures.insert(0, _figure("Pessoas", thousands(people)))
        figures.insert(2, _figure("Ocupação", full, _over(people - room), people > room > 0))
    if reading.exact:
        share = f"{round(100 * provisional / people)}% das pessoas" if people else ""
        figures.append(_figure("Provisórios", thousands(provisional), share))
        for words, counts in (("No dia", reading.day), ("No mês", reading.month)):
            came, went = (counts.total(of.MOVEMENTS, *lines) for lines in (ENTRIES, EXITS))
            figures.append(_figure(words, f"+{thousands(came)} −{thousands(went)}", "entradas e saídas"))
    return figures


def _margins(reading: Reading) -> frozenset[tuple[str, str]]:
    return frozenset() if reading.exact else hidden(reading.build, of.AGE, reading.filters, reading.knows)


def _over(people: int) -> str:
    return f"{count(people, 'pessoa', 'pessoas')} além das vagas" if people > 0 else ""


def _figure(label: str, value: str, detail: str = "", danger: bool = False) -> dict[str, str]:
    return {"label": label, "value": value, "detail": detail, "tone": "danger" if danger else ""}


def _state(line: headline.StateLine, url: str) -> dict[str, Any]:
    return {
        "uf": line.uf, "name": line.uf, "url": url, "people": number(line.people), **_room(line.places, line.occupancy),
        "women": number(line.women), "provisional": number(line.provisional), "entered": number(line.entered),
        "left": number(line.left),
    }  # fmt: skip


def _unit(place: places.Place) -> dict[str, Any]:
    return {
        "uf": place.uf, "name": legible(place.name), "url": reverse("consulta:unit", args=[place.unit]),
        "people": thousands(place.people), **_room(place.places, place.occupancy), "deficit": thousands(place.deficit),
    }  # fmt: skip


def _room(room: int | None, occupancy: int | None) -> dict[str, Any]:
    return {
        "places": thousands(room) if room is not None else "não informado",
        "percent": f"{occupancy}%" if occupancy is not None else "—",
        "width": min(100, occupancy or 0), "tone": "over" if (occupancy or 0) > 100 else "",
    }  # fmt: skip


def _profile(reading: Reading, query: dict[str, str]) -> dict[str, Any]:
    return {"pyramid": charts.pyramid(reading.table(of.AGE))}


def _movement(reading: Reading, query: dict[str, str]) -> dict[str, Any]:
    first, last = month_of(reading.build.day)
    counted = FigureBuild.objects.filter(day__range=(first, last)).values("day").distinct().count()
    return {"period": {"first": day(first), "last": day(last), "counted": counted, "days": last.day}}


def _coverage(reading: Reading, query: dict[str, str]) -> dict[str, Any]:
    return {
        "coverage": [
            {
                "section": each.figure.section,
                "title": each.figure.title,
                "population": each.figure.population,
                "percent": "—" if each.coverage is None else f"{each.coverage:.1f}%".replace(".", ","),
                "width": round(each.coverage or 0),
            }
            for each in reading.tables
        ],
        "builds": [
            {
                "day": day(build.day), "version": build.version, "built_at": moment(build.built_at),
                "people": thousands(build.people) if reading.exact else "•",
                "checked": _checked(build),
            }
            for build in FigureBuild.objects.order_by("-day", "-version")[:31]
        ],
    }  # fmt: skip


def _checked(build: FigureBuild) -> str:
    if build.differences is None or build.checked_at is None:
        return "não conferida"
    found = count(build.differences, "diferença", "diferenças") if build.differences else "confere"
    if build.corrections:
        found += f", {count(build.corrections, 'linha corrigida', 'linhas corrigidas')} depois"
    return f"{found} ({moment(build.checked_at)})"


def _table(given: Table, reading: Reading, query: dict[str, str]) -> dict[str, Any]:
    figure = given.figure
    lines = [line for line in given.lines if len(given.lines) <= LONG or not line.is_empty]
    most = max((line.total or 0 for line in lines), default=0) or 1
    drills = reading.exact and figure.span is Span.AS_OF and figure.counted is not Counted.PLACES
    return {
        "id": figure.id, "title": figure.title, "section": figure.section, "population": figure.population,
        "counted": str(figure.counted), "reference": figure.reference, "note": figure.note,
        "coverage": None if given.coverage is None else f"{given.coverage:.1f}%".replace(".", ","),
        "lines": [_line(line, most, figure.id if drills else "", query) for line in lines],
        "total": _line(given.total, most, "", query) if given.total else None,
        "unknown": any(line.unknown != 0 for line in given.lines), "hides": given.hides,
        "omitted": len(given.lines) - len(lines),
    }  # fmt: skip


def _line(line: Line, most: int, figure: str, query: dict[str, str]) -> dict[str, Any]:
    url = ""
    if figure and line.total:
        asked = {**query, "figura": figure, "categoria": line.category.code}
        url = f"{reverse('consulta:statistics-people')}?{urlencode(asked)}"
    return {
        "text": line.category.text, "group": line.category.group, "men": number(line.men),
        "women": number(line.women), "unknown": number(line.unknown), "total": number(line.total),
        "width": round(100 * (line.total or 0) / most), "url": url,
    }  # fmt: skip
