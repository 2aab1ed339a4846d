"""The screens of monthly reports: an agency's own for those who answer for it, all of them for the coordination."""

import hashlib
from datetime import date
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from audit import recorder
from audit.events import Channel, Event, Kind
from audit.reports import figures
from credentialing import actors, policy, stepping
from credentialing.adhesion import access
from credentialing.models import Agency, MonthlyReport, Scope, User
from credentialing.policy import Permission
from credentialing.reports import files, making, present
from senappen.lib import pdf

SIGNED: Final = "O relatório já foi assinado e não muda mais."
REMARK_MOST: Final = 5_000


class MonthForm(forms.Form):
    """A month, as browsers write it: `2026-10`; never one to come."""

    mes = forms.DateField(
        label="Mês",
        input_formats=["%Y-%m"],
        widget=forms.DateInput(attrs={"type": "month"}, format="%Y-%m"),
        error_messages={"invalid": "Informe o mês como AAAA-MM."},
    )

    def clean_mes(self) -> date:
        month: date = self.cleaned_data["mes"]
        if month > timezone.localdate():
            raise forms.ValidationError("O mês ainda não começou.")
        return month


class PreparationForm(MonthForm):
    """The month of a report, and for the coordination the agency."""

    orgao = forms.ModelChoiceField(label="Órgão", queryset=Agency.objects.order_by("acronym"))

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not policy.allows(user, Permission.MANAGE_AGENCIES):
            del self.fields["orgao"]


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """The reports the reader may see, the newest first."""
    return _listing(request, _reader(request))


@require_POST
def prepare(request: HttpRequest) -> HttpResponse:
    """Prepare a month's report now, or count it again before it is signed."""
    user = _reader(request)
    form = PreparationForm(user, request.POST)
    if not form.is_valid():
        return _listing(request, user, form)
    by, agency = actors.from_request(request, Channel.PAGE), form.cleaned_data.get("orgao", user.agency)
    try:
        made = making.prepare(agency=agency, month=form.cleaned_data["mes"], by=by)
    except making.AlreadySigned:
        messages.warning(request, SIGNED)
        return redirect("credentialing:reports")
    return redirect("credentialing:report", made.pk)


@require_safe
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """One report."""
    user = _reader(request)
    found = _one(user, pk)
    _tell(request, "report.read", found)
    own = found.agency_id == user.agency_id and policy.allows(user, Permission.SEE_AGENCY)
    context = {
        **present.report(found),
        "digest": found.digest,
        "may_write": own and not found.is_signed,
        "may_sign": own and not found.is_signed and timezone.localdate() >= figures.following(found.month),
        "remark_most": REMARK_MOST,
        "active": "reports",
    }
    return render(request, "credentialing/reports/report.html", context)


@require_POST
def remark(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep what the agency adds."""
    user = _reader(request)
    found = _one(user, pk)
    given = {scope: request.POST.get(scope, "")[:REMARK_MOST] for scope in Scope.values}
    try:
        making.remark(report=found, remarks=given, user=user, by=actors.from_request(request, Channel.PAGE))
    except making.AlreadySigned:
        messages.warning(request, SIGNED)
    else:
        messages.success(request, "Observações guardadas.")
    return redirect("credentialing:report", pk)


@require_POST
def sign(request: HttpRequest, pk: int) -> HttpResponse:
    """Sign and submit what the person has seen."""
    user = _reader(request)
    found = _one(user, pk)
    stepping.require(request)
    by = actors.from_request(request, Channel.PAGE)
    try:
        making.sign(report=found, digest=request.POST.get("digest", ""), user=user, by=by)
    except making.AlreadySigned:
        messages.warning(request, SIGNED)
    except making.NotOver:
        messages.error(request, "O mês ainda não terminou: o relatório se assina depois.")
    except ValueError as changed:
        messages.error(request, f"{changed} Leia de novo e assine.")
    else:
        messages.success(request, "Relatório assinado e entregue. O resumo do conteúdo está na auditoria.")
    return redirect("credentialing:report", pk)


@require_safe
def file(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """The report as PDF or XLSX; its digest is in the audit before it leaves."""
    found = _one(_reader(request), pk)
    if kind not in files.TYPES:
        raise Http404
    try:
        content = files.make(kind, found)
    except pdf.Unavailable:
        messages.error(request, "Este servidor não tem as bibliotecas que compõem o PDF; leve a planilha.")
        return redirect("credentialing:report", pk)
    _tell(request, f"report.{kind}", found, sha256=hashlib.sha256(content).hexdigest())
    name = f"relatorio-{found.agency.acronym}-{found.month:%Y-%m}.{kind}".lower()
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return HttpResponse(content, content_type=files.TYPES[kind], headers=headers)


@require_safe
def balance(request: HttpRequest) -> HttpResponse:
    """The platform's month, agency by agency (art. 32)."""
    access.coordination(request)
    form = MonthForm({"mes": request.GET.get("mes") or f"{timezone.localdate():%Y-%m}"})
    month: date | None = form.cleaned_data["mes"] if form.is_valid() else None
    rows = _balance(month) if month else []
    actor, detail = actors.from_request(request, Channel.PAGE), {"month": str(month or ""), "count": len(rows)}
    recorder.record_now(Event(kind=Kind.AUDIT_READ, actor=actor, action="balance", detail=detail))
    totals = {name: sum(row[name] for row in rows) for name in ("accounts", "asked", "shown", "denied")}
    context = {"form": form, "rows": rows, "totals": totals, "active": "balance"}
    return render(request, "credentialing/reports/balance.html", context, status=200 if month else 422)


def _balance(month: date) -> list[dict[str, Any]]:
    signed = MonthlyReport.objects.filter(month=month, signed_at__isnull=False)
    delivered = set(signed.values_list("agency__acronym", flat=True))
    return [{**row, "delivered": row["agency"] in delivered} for row in figures.of_platform(month)]


def _reader(request: HttpRequest) -> User:
    user = access.verified(request)
    if not (policy.allows(user, Permission.SEE_AGENCY) or policy.allows(user, Permission.MANAGE_AGENCIES)):
        raise PermissionDenied
    return user


def _visible(user: User) -> QuerySet[MonthlyReport]:
    seen = MonthlyReport.objects.select_related("agency", "signed_by")
    return seen if policy.allows(user, Permission.MANAGE_AGENCIES) else seen.filter(agency=user.agency_id)


def _one(user: User, pk: int) -> MonthlyReport:
    found = _visible(user).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def _listing(request: HttpRequest, user: User, form: PreparationForm | None = None) -> HttpResponse:
    lines = [
        {"pk": one.pk, "agency": one.agency.acronym, "month": present.words(one), "state": present.state(one)}
        for one in _visible(user)[:300]
    ]
    context = {
        "reports": lines,
        "form": form or PreparationForm(user),
        "active": "reports",
    }
    return render(request, "credentialing/reports/page.html", context, status=422 if form else 200)


def _tell(request: HttpRequest, action: str, found: MonthlyReport, **more: object) -> None:
    detail = {"agency": found.agency.acronym, "month": f"{found.month:%m/%Y}", **more}
    actor = actors.from_request(request, Channel.PAGE)
    recorder.record_now(Event(kind=Kind.MONTHLY_REPORT, actor=actor, action=action, detail=detail))
