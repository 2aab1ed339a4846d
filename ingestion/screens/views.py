"""The connectors: all of them, and one."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from credentialing.roles import Permission
from ingestion import clock, health
from ingestion.models import Load
from ingestion.screens import access
from ingestion.screens.forms import ConnectorsForm, PauseForm
from ingestion.screens.frame import source_frame
from ingestion.screens.present import connectors as present
from ingestion.screens.present import source as present_source
from ingestion.selectors.alerts import of_platform
from ingestion.selectors.loads import with_counts
from senappen.lib.paging import pages

LOADS = 20


@require_safe
def connectors(request: HttpRequest) -> HttpResponse:
    """Every source the reader sees."""
    user = access.reader(request)
    form = ConnectorsForm(request.GET)
    form.is_valid()
    lines = present.lines(health.of(access.visible_sources(user)))
    general = of_platform() if user.has_perm(Permission.MANAGE_SOURCES) else ()
    context = {
        "active": "connectors",
        "form": form,
        "may_compare": user.has_perm(Permission.MANAGE_SOURCES),
        "filtered": form.filtered,
        "any": bool(lines),
        "summary": present.summary(lines),
        "alerts": present.alerts(lines, general),
        "headings": present.headings(form.asked),
        "rows": present.rows(present.narrowed(lines, form.asked), clock.now()),
    }
    return render(request, "ingestion/connectors/page.html", context)


@require_safe
def source(request: HttpRequest, code: str) -> HttpResponse:
    """One source: how it stands, what may be done, its loads."""
    found = access.source_of(request, code)
    [read] = health.of([found])
    loads = with_counts(Load.objects.filter(source__origin=found.origin)).order_by("-id")
    page = Paginator(loads, LOADS).get_page(request.GET.get("pagina"))
    context = {
        **source_frame(found, "status"),
        **present_source.context(read, clock.now()),
        "history": present_source.history(code, page.object_list),
        "total": page.paginator.count,
        "pages": pages(page.number, page.paginator.num_pages, lambda n: f"?pagina={n}"),
        "may_act": request.user.has_perm(Permission.MANAGE_SOURCES),
        "form": PauseForm(),
    }
    return render(request, "ingestion/source/page.html", context)
