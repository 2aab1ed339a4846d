"""The Levantamento: editions made and signed by a state's statistician, their files, and what changed between two."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from consulta.marks import shows_no_person
from consulta.statistics import files, headline
from consulta.statistics.admission import Reader, admit
from registry.figures.catalogue import FIGURES
from registry.figures.form_columns import COLUMNS
from registry.figures.questions import ABSENT
from registry.models import FigureEdition
from registry.selectors.figures.form import added, differences, headings
from registry.services.figures import editions
from registry.services.figures.editions import EditionError
from senappen.lib.wording import count, day, moment, thousands

LONGEST_REMARKS = 4_000
MOST_DIFFERENCES = 200


@require_http_methods(["GET", "POST"])
@shows_no_person
def levantamento(request: HttpRequest) -> HttpResponse:
    """The editions one may see; a POST makes one of the statistician's own state."""
    reader = admit(request, {"panel": "levantamento"})
    if request.method == "POST":
        return _make(request, reader)
    kept = FigureEdition.objects.defer("values").order_by("-last", "uf", "-version")
    context = {
        "editions": [_line(each) for each in kept if _may(reader, each)],
        "semesters": [(f"{end:%Y-%m-%d}", day(end)) for end in editions.semesters(timezone.localdate())],
        "signs": reader.signs,
        "exact": reader.exact,
        "active": "statistics",
    }
    return render(request, "consulta/statistics/editions.html", context)


@require_GET
@shows_no_person
def edition(request: HttpRequest, pk: int) -> HttpResponse:
    """One edition: coverage, findings, and what changed since another one."""
    reader, kept = _edition(request, pk)
    other = _other(request, kept)
    context = {
        "edition": _line(kept),
        "remarks": kept.remarks,
        "may_sign": reader.signs == kept.uf and kept.signed_at is None,
        "units": [(public_id, _name(values)) for public_id, values in kept.values.items()],
        "coverage": [(FIGURES[name].title, _percent(percent)) for name, percent in kept.coverage.items()],
        "findings": sorted(kept.findings.items(), key=lambda each: -each[1]),
        "absent": [(each.section, each.title, len(each.columns), each.why) for each in ABSENT],
        "answered": len(COLUMNS) - sum(len(each.columns) for each in ABSENT),
        "columns": thousands(len(COLUMNS)),
        "other": _line(other) if other else None,
        "differences": _differences(other, kept) if other else [],
        "active": "statistics",
    }
    return render(request, "consulta/statistics/edition.html", context)


@require_POST
@shows_no_person
def sign(request: HttpRequest, pk: int) -> HttpResponse:
    """Sign an edition of one's own state, with remarks."""
    reader, kept = _edition(request, pk)
    if reader.signs != kept.uf:
        raise PermissionDenied
    remarks = request.POST.get("ressalvas", "").strip()[:LONGEST_REMARKS]
    try:
        editions.sign(kept, remarks=remarks, by=reader.actor)
        messages.success(request, "Edição assinada.")
    except EditionError as refusal:
        messages.error(request, str(refusal))
    return redirect("consulta:edition", pk)


@require_GET
@shows_no_person
def file(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """An edition in the form's own columns: a row for each unit, or for one of them."""
    _, kept = _edition(request, pk)
    unit = request.GET.get("unidade", "")
    if kind not in files.LARGE or (unit and unit not in kept.values):
        raise Http404
    chosen = [kept.values[unit]] if unit else list(kept.values.values())
    name = f"levantamento-{kept.uf}-{kept.last:%Y-%m-%d}-v{kept.version}"
    return files.answer(kind, name, _sheet(chosen))


@require_GET
@shows_no_person
def country(request: HttpRequest, kind: str) -> HttpResponse:
    """The last edition of every state for a semester, a row for each unit."""
    reader = admit(request, {"panel": "levantamento", "file": kind, "ate": request.GET.get("ate", "")})
    if not reader.exact:
        raise PermissionDenied
    last = _date(request.GET.get("ate", ""))
    kept = FigureEdition.objects.filter(last=last).order_by("uf", "-version").distinct("uf")
    rows = [values for each in kept for values in each.values.values()]
    if kind not in files.LARGE or not rows:
        raise Http404
    return files.answer(kind, f"levantamento-BR-{last:%Y-%m-%d}", _sheet(rows))


def _make(request: HttpRequest, reader: Reader) -> HttpResponseRedirect:
    if not reader.signs:
        raise PermissionDenied
    try:
        made = editions.make(reader.signs, _date(request.POST.get("ate", "")), by=reader.actor)
    except EditionError as refusal:
        messages.error(request, str(refusal))
        return redirect("consulta:levantamento")
    return redirect("consulta:edition", made.pk)


def _edition(request: HttpRequest, pk: int) -> tuple[Reader, FigureEdition]:
    reader = admit(request, {"panel": "levantamento", "edition": pk})
    kept = get_object_or_404(FigureEdition, pk=pk)
    if not _may(reader, kept):
        raise PermissionDenied
    return reader, kept


def _may(reader: Reader, kept: FigureEdition) -> bool:
    """Its counts are exact, unit by unit: for whoever consults people, and whoever answers for the state."""
    return reader.exact or reader.signs == kept.uf


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise Http404 from error


def _sheet(rows: Iterable[dict[str, Any]]) -> list[list[headline.Value]]:
    """The form's layout: the columns' numbers, what stands above them, then the units; unanswered cells are empty."""
    words = headings()
    return [
        list(COLUMNS),
        [words[column] for column in COLUMNS],
        *([row.get(str(column)) for column in COLUMNS] for row in rows),
    ]


def _other(request: HttpRequest, kept: FigureEdition) -> FigureEdition | None:
    """The edition to compare with: the one asked for, else the state's one before."""
    asked = request.GET.get("com", "")
    of_state = FigureEdition.objects.filter(uf=kept.uf).exclude(pk=kept.pk)
    if asked.isdigit():
        return of_state.filter(pk=int(asked)).first()
    return of_state.filter(pk__lt=kept.pk).order_by("-pk").first()


def _differences(before: FigureEdition, after: FigureEdition) -> list[dict[str, str]]:
    sums = [added(_numbered(values) for values in each.values.values()) for each in (before, after)]
    return [
        {
            "column": str(each.column), "heading": each.heading, "before": thousands(each.before),
            "after": thousands(each.after), "change": f"{each.after - each.before:+d}",
        }
        for each in differences(*sums)[:MOST_DIFFERENCES]
    ]  # fmt: skip


def _numbered(values: dict[str, Any]) -> dict[int, Any]:
    return {int(column): value for column, value in values.items()}


def _name(values: dict[str, Any]) -> str:
    return str(values.get("2", ""))


def _percent(value: float | None) -> str:
    return "—" if value is None else f"{value:.1f}%".replace(".", ",")


def _line(kept: FigureEdition) -> dict[str, Any]:
    signed = f"{kept.signed_by}, {moment(kept.signed_at)}" if kept.signed_at else "não assinada"
    return {
        "pk": kept.pk, "uf": kept.uf, "first": day(kept.first), "last": day(kept.last), "version": kept.version,
        "made_at": moment(kept.made_at), "signed": signed, "is_signed": kept.signed_at is not None,
        "covered": count(len(kept.coverage), "bloco", "blocos"),
    }  # fmt: skip
