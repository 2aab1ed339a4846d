"""The system's notices: published and withdrawn by the administração geral, read by everybody on Início."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from audit import recorder
from audit.events import Channel, Event, Kind
from credentialing import actors
from credentialing.adhesion import access
from credentialing.models import SystemNotice

MOST_PAST = 50

# Django's form classes are generic for the type checker only.
if TYPE_CHECKING:
    NoticeModelForm = forms.ModelForm[SystemNotice]
else:
    NoticeModelForm = forms.ModelForm


def _moment() -> forms.DateTimeInput:
    return forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")


class NoticeForm(NoticeModelForm):
    """What everybody is told, from when to when."""

    class Meta:
        model = SystemNotice
        fields = ["title", "text", "since", "until"]
        widgets = {"text": forms.Textarea(attrs={"rows": 3}), "since": _moment(), "until": _moment()}

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        since, until = given.get("since"), given.get("until")
        if since and until and (until <= since or until <= timezone.now()):
            self.add_error("until", "O fim vem antes do começo, ou já passou.")
        return given


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """Publish a notice; those published so far."""
    user = access.coordination(request)
    form = NoticeForm(request.POST if request.method == "POST" else None, initial={"since": timezone.now()})
    if form.is_valid():
        with transaction.atomic():
            form.instance.made_by = user
            _record(request, "notice.publish", form.save())
        messages.success(request, "Aviso publicado.")
        return redirect("credentialing:system-notices")
    context = {"form": form, "notices": _lines(), "active": "system_notices"}
    return render(request, "credentialing/notices/page.html", context, status=422 if form.errors else 200)


@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a notice no more."""
    user = access.coordination(request)
    found = get_object_or_404(SystemNotice, pk=pk, withdrawn_at=None)
    with transaction.atomic():
        found.withdrawn_at, found.withdrawn_by = timezone.now(), user
        found.save(update_fields=["withdrawn_at", "withdrawn_by"])
        _record(request, "notice.withdraw", found)
    messages.success(request, "Aviso retirado.")
    return redirect("credentialing:system-notices")


def _lines() -> list[dict[str, Any]]:
    shown = set(SystemNotice.objects.shown().values_list("pk", flat=True))
    return [{"notice": one, "shown": one.pk in shown} for one in SystemNotice.objects.order_by("-since")[:MOST_PAST]]


def _record(request: HttpRequest, action: str, notice: SystemNotice) -> None:
    by = actors.from_request(request, Channel.PAGE)
    detail = {"notice": notice.pk, "title": notice.title}
    recorder.record_with(Event(kind=Kind.NOTICE_CHANGED, actor=by, action=action, detail=detail))
