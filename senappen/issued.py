"""Where a file came from: its SHA-256 leads to the receipt under which it left. For those who read the audit."""

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import RegexValidator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from audit import recorder
from audit.events import Channel, Event, Kind
from audit.models import AccessEvent
from audit.sentences import sentence
from audit.views import readable_by
from consulta.work.issuing import events_of
from credentialing import actors
from senappen.lib.wording import moment

# Django's class is generic for the type checker only.
if TYPE_CHECKING:
    Uploaded = UploadedFile[bytes]
else:
    Uploaded = UploadedFile

MOST_BYTES: Final = 50 * 1024 * 1024


class FileForm(forms.Form):
    """The file, or its digest where the file may not travel."""

    arquivo = forms.FileField(label="Arquivo", required=False)
    resumo = forms.CharField(
        label="SHA-256",
        required=False,
        max_length=64,
        validators=[RegexValidator(r"^[0-9a-fA-F]{64}$", "O SHA-256 tem 64 algarismos hexadecimais.")],
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    def clean_arquivo(self) -> Uploaded | None:
        """Not larger than any file of ours."""
        given: Uploaded | None = self.cleaned_data["arquivo"]
        if given is not None and (given.size or 0) > MOST_BYTES:
            raise forms.ValidationError("O arquivo é maior que qualquer documento emitido aqui (50 MB).")
        return given

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and not (cleaned.get("arquivo") or cleaned.get("resumo")):
            raise forms.ValidationError("Envie o arquivo ou informe o SHA-256.")
        return cleaned

    @property
    def digest(self) -> str:
        """Of a valid form: 64 hexadecimal digits."""
        given = self.cleaned_data["arquivo"]
        if given is None:
            return str(self.cleaned_data["resumo"]).lower()
        found = hashlib.sha256()
        for chunk in given.chunks():
            found.update(chunk)
        return found.hexdigest()


@dataclass(frozen=True, kw_only=True)
class Origin:
    """Who took the file, when, for what; `proven` when the event itself says the digest."""

    receipt: str
    event: int
    who: str
    when: str
    what: str
    purpose: str
    proven: bool


@require_http_methods(["GET", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """Look a file up among the events the reader may read."""
    readable = readable_by(request.user)
    form = FileForm(request.POST, request.FILES) if request.method == "POST" else FileForm()
    context: dict[str, Any] = {"form": form, "active": "audit", "digest": "", "origins": []}
    if form.is_bound and form.is_valid():
        digest = form.digest
        events = readable.filter(pk__in=events_of(digest), kind=Kind.DISCLOSURE).order_by("-at")
        context |= {"digest": digest, "origins": [_origin(event, digest) for event in events]}
        _record(request, digest, len(context["origins"]))
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "senappen/issued/page.html", context, status=status)


def _origin(event: AccessEvent, digest: str) -> Origin:
    return Origin(
        receipt=str(event.receipt),
        event=event.pk,
        who=f"{event.actor} · {event.agency}",
        when=moment(timezone.localtime(event.at)),
        what=sentence(event),
        purpose=event.purpose_text,
        proven=event.detail.get("sha256") == digest,
    )


def _record(request: HttpRequest, digest: str, count: int) -> None:
    detail = {"sha256": digest, "count": count}
    actor = actors.from_request(request, Channel.PAGE)
    recorder.record_now(Event(kind=Kind.AUDIT_READ, actor=actor, action="file", detail=detail))
