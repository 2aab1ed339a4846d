"""The mapping of a source: its file, what it would do with live rows, its versions and their differences."""

from hashlib import sha256
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from audit.events import Channel
from credentialing import actors
from credentialing.roles import Permission
from ingestion import clock
from ingestion.contract import VIEWS
from ingestion.mapping.reading import MOST_CHARACTERS, MappingError, read
from ingestion.models import MappingVersion, Rereading, Source
from ingestion.problems import SourceProblem, describe
from ingestion.screens import access, disclosure
from ingestion.screens.frame import source_frame
from ingestion.screens.present import mapping as present
from ingestion.services import agreements, mappings, rereading, secrets
from ingestion.services.dry_run import try_out

PAGE = "ingestion/mapping/page.html"
STALE = (
    "Outra pessoa guardou outra versão enquanto esta página estava aberta. Seu texto está abaixo; compare-o com a"
    " versão em uso antes de guardar."
)


class MappingForm(forms.Form):
    """The file and the view to try it on."""

    texto = forms.CharField(
        label="Arquivo do mapeamento (YAML)",
        max_length=MOST_CHARACTERS,
        strip=False,
        widget=forms.Textarea(
            attrs={"rows": 28, "wrap": "off", "spellcheck": "false", "autocomplete": "off", "data-editor": ""}
        ),
        error_messages={
            "required": "Escreva o mapeamento.",
            "max_length": "O arquivo passa de 1 milhão de caracteres.",
        },
    )
    visao = forms.ChoiceField(
        label="Visão para o ensaio", choices=[(name, f"{name} · {view.description}") for name, view in VIEWS.items()]
    )
    base = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def clean_texto(self) -> str:
        # Browsers send the lines of a textarea with CRLF, whatever they were.
        text: str = self.cleaned_data["texto"]
        return text.replace("\r\n", "\n")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def editor(request: HttpRequest, code: str) -> HttpResponse:
    """The file in use, to be read, tried and changed by whoever manages sources."""
    if request.method != "POST":
        source = access.source_of(request, code)
        text = source.mapping.text if source.mapping else ""
        first = next(iter(read(text).views), "") if _serves(text) else ""
        form = MappingForm(
            initial={"texto": text, "visao": first, "base": source.mapping.number if source.mapping else None}
        )
        return render(request, PAGE, _context(request, source, form))
    source = access.source_of(request, code, needs=Permission.MANAGE_SOURCES)
    form = MappingForm(request.POST)
    if not form.is_valid():
        return render(request, PAGE, _context(request, source, form), status=422)
    if request.POST.get("acao") == "guardar":
        return _keep(request, source, form)
    return _try(request, source, form)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def version(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """One version and how the one in use differs from it; a POST puts its text in use again, as a new version."""
    needs = Permission.MANAGE_SOURCES if request.method == "POST" else Permission.SEE_CONNECTORS
    source = access.source_of(request, code, needs=needs)
    found = get_object_or_404(MappingVersion.objects.select_related("created_by"), origin=source.origin, number=number)
    if request.method == "POST":
        return _go_back(request, source, found)
    context = {
        **source_frame(source, "mapping"),
        # Not `version`: the platform's own stands in every page's footer.
        "shown": present.version(found, source),
        "text": found.text,
        "diff": present.difference(found.text, source.mapping.text) if source.mapping else [],
        "may_edit": request.user.has_perm(Permission.MANAGE_SOURCES),
    }
    return render(request, "ingestion/mapping/version.html", context)


@require_POST
def reread(request: HttpRequest, code: str) -> HttpResponse:
    """Have the rows already published read again by the mapping in use."""
    source = access.source_of(request, code, needs=Permission.MANAGE_SOURCES)
    try:
        made = rereading.start(source=source, by=actors.from_request(request, Channel.PAGE))
    except ValueError as error:
        messages.error(request, str(error))
    else:
        views = ", ".join(one.view for one in made)
        said = f"Releitura pedida: {views}." if made else "O mapeamento em uso lê tudo como as versões anteriores liam."
        messages.success(request, said)
    return redirect("ingestion:mapping", code=code)


def _serves(text: str) -> bool:
    try:
        read(text)
    except MappingError:
        return False
    return True


def _keep(request: HttpRequest, source: Source, form: MappingForm) -> HttpResponse:
    given = form.cleaned_data
    try:
        kept = mappings.put_in_use(
            source=source, text=given["texto"], by=actors.from_request(request, Channel.PAGE), instead_of=given["base"]
        )
    except MappingError as error:
        context = _context(request, source, form, problems=present.problems(error, given["texto"]))
        return render(request, PAGE, context, status=422)
    except mappings.StaleMapping:
        source.refresh_from_db()
        context = _context(request, source, form, failure={"title": "Nada foi guardado.", "text": STALE})
        return render(request, PAGE, context, status=409)
    messages.success(request, f"Versão {kept.number} do mapeamento em uso: vale a partir da próxima carga.")
    return redirect("ingestion:mapping", code=source.origin.code)


def _go_back(request: HttpRequest, source: Source, found: MappingVersion) -> HttpResponse:
    try:
        kept = mappings.put_in_use(source=source, text=found.text, by=actors.from_request(request, Channel.PAGE))
    except MappingError as error:
        messages.error(request, "A versão não serve mais: " + " ".join(error.problems))
        return redirect("ingestion:mapping-version", code=source.origin.code, number=found.number)
    messages.success(request, f"O texto da versão {found.number} voltou a valer, como versão {kept.number}.")
    return redirect("ingestion:mapping", code=source.origin.code)


def _try(request: HttpRequest, source: Source, form: MappingForm) -> HttpResponse:
    """Rows are personal data: asked for on record, and shown only after what is shown is on record too."""
    if not request.user.has_perm(Permission.REVIEW_QUARANTINE):
        raise PermissionDenied
    text, view = form.cleaned_data["texto"], form.cleaned_data["visao"]
    if refusal := agreements.refusal(source.origin, clock.now()):
        failure = {"title": "O estado não pode ser lido.", "text": refusal}
        return render(request, PAGE, _context(request, source, form, failure=failure), status=422)
    asked = {"view": view, "mapping": sha256(text.encode()).hexdigest()}
    intent = disclosure.intend(request, disclosure.Action.DRY_RUN, origin=source.origin.code, asked=asked)
    try:
        tried = try_out(source=source, text=text, view=view)
    except MappingError as error:
        context = _context(request, source, form, problems=present.problems(error, text))
        return render(request, PAGE, context, status=422)
    except SourceProblem as problem:
        failure = {"title": "O estado não pôde ser lido.", "text": problem.cause}
        return render(request, PAGE, _context(request, source, form, failure=failure), status=422)
    except Exception as error:  # noqa: BLE001 a driver may raise anything, and its text may quote rows
        _, reference = describe(error)
        failure = {"title": "O ensaio falhou.", "text": f"Informe o código {reference} ao suporte."}
        return render(request, PAGE, _context(request, source, form, failure=failure), status=422)
    context = _context(request, source, form, result=present.result(tried))
    detail = {"view": view, "fields": list(read(text).views[view].fields)}
    return disclosure.answer(request, intent, PAGE, context, rows=len(tried.rows), detail=detail)


def _context(request: HttpRequest, source: Source, form: MappingForm, **more: Any) -> dict[str, Any]:
    versions = MappingVersion.objects.filter(origin=source.origin).select_related("created_by").order_by("-number")
    rereadings = Rereading.objects.filter(origin=source.origin).select_related("mapping")[:10]
    may_edit = request.user.has_perm(Permission.MANAGE_SOURCES)
    return {
        **source_frame(source, "mapping"),
        "form": form,
        "may_edit": may_edit,
        "may_try": may_edit and request.user.has_perm(Permission.REVIEW_QUARANTINE),
        "missing_secrets": secrets.missing(source) if may_edit else [],
        "versions": [present.version(one, source) for one in versions.defer("text")],
        "rereadings": [present.rereading(one) for one in rereadings],
        "problems": [],
        **more,
    }
