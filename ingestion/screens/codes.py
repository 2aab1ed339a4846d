"""The states' codes that wait for a person: each with the contract's codes to choose from."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from audit.events import Channel
from credentialing import actors
from credentialing.roles import Permission
from ingestion.mapping.editing import EditError
from ingestion.mapping.reading import MappingError
from ingestion.models import Source, UnmappedCode
from ingestion.screens import access
from ingestion.screens.frame import source_frame
from ingestion.services import codes as service
from ingestion.services.mappings import StaleMapping
from senappen.lib.paging import pages
from senappen.lib.wording import moment

ROWS = 50
STALE = "Outra pessoa pôs outra versão do mapeamento em uso enquanto isso; confira e escolha de novo."


@require_http_methods(["GET", "HEAD", "POST"])
def codes(request: HttpRequest, code: str) -> HttpResponse:
    """The queue, the most frequent first; a POST translates what was chosen into a new version of the mapping."""
    if request.method == "POST":
        source = access.source_of(request, code, needs=Permission.MANAGE_SOURCES)
        _translate(request, source)
        return redirect("ingestion:codes", code=code)
    source = access.source_of(request, code, needs=Permission.REVIEW_QUARANTINE)
    queue = service.pending(source)
    page = Paginator(queue, ROWS).get_page(request.GET.get("pagina"))
    context = {
        **source_frame(source, "codes"),
        "lines": [_line(one) for one in page.object_list],
        "total": len(queue),
        "may_translate": request.user.has_perm(Permission.MANAGE_SOURCES),
        "pages": pages(page.number, page.paginator.num_pages, lambda n: f"?pagina={n}"),
    }
    return render(request, "ingestion/codes/page.html", context)


def _translate(request: HttpRequest, source: Source) -> None:
    given = {name[len("codigo-") :]: str(request.POST[name]) for name in request.POST if name.startswith("codigo-")}
    asked = {int(pk): value for pk, value in given.items() if value and pk.isascii() and pk.isdigit() and len(pk) < 19}
    chosen = {one: asked[one.pk] for one in UnmappedCode.objects.filter(origin=source.origin, pk__in=asked)}
    if not chosen:
        messages.warning(request, "Nenhum código do contrato foi escolhido; nada mudou.")
        return
    try:
        version = service.translate(source=source, chosen=chosen, by=actors.from_request(request, Channel.PAGE))
    except (service.WrongChoice, EditError) as error:
        messages.error(request, str(error))
    except MappingError as error:
        messages.error(request, " ".join(error.problems))
    except StaleMapping:
        messages.error(request, STALE)
    else:
        messages.success(
            request,
            f"Versão {version.number} do mapeamento em uso. As linhas que já estão na base serão relidas sem pedir nada"
            " ao estado, e publicadas na próxima carga.",
        )


def _line(one: service.Pending) -> dict[str, Any]:
    unmapped = one.unmapped
    return {
        "id": unmapped.pk,
        "view": unmapped.view,
        "field": unmapped.field,
        "code": unmapped.code,
        "rows": unmapped.count,
        "first": moment(timezone.localtime(unmapped.first_seen_at)),
        "last": moment(timezone.localtime(unmapped.last_seen_at)),
        "choices": [{"code": code, "label": label} for code, label in one.choices],
        "shared_with": one.shared_with,
    }
