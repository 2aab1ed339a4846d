"""A report's life: prepared with what the audit and the accounts say, completed, signed with its digest."""

from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from audit import recorder
from audit.events import Actor, Event, Kind
from audit.reports import figures
from credentialing import policy
from credentialing.models import Agency, MonthlyReport, Scope, User
from credentialing.roles import LABELS, Role


class AlreadySigned(Exception):
    """What was signed is never changed."""


class NotOver(Exception):
    """The month is not over: it cannot be signed for yet."""


@transaction.atomic
def prepare(*, agency: Agency, month: date, by: Actor) -> MonthlyReport:
    """The report with this moment's figures; what the agency wrote stays. Raises AlreadySigned, AuditUnavailable."""
    counted = _figures(agency, month)
    # The agency's row makes two simultaneous preparations one after the other.
    Agency.objects.select_for_update().get(pk=agency.pk)
    report = MonthlyReport.objects.filter(agency=agency, month=month).first() or MonthlyReport(
        agency=agency, month=month, remarks=dict.fromkeys(Scope.values, "")
    )
    if report.is_signed:
        raise AlreadySigned
    report.figures, report.prepared_at, report.prepared_by = counted, timezone.now(), by.username
    report.save()
    _record("report.prepare", report, by)
    return report


@transaction.atomic
def remark(*, report: MonthlyReport, remarks: Mapping[str, str], user: User, by: Actor) -> None:
    """What the agency adds to each scope. Raises PermissionDenied, AlreadySigned."""
    locked = _own(report, user)
    locked.remarks = {scope: remarks.get(scope, "").strip() for scope in Scope.values}
    locked.save(update_fields=["remarks"])
    _record("report.remark", locked, by)


@transaction.atomic
def sign(*, report: MonthlyReport, digest: str, user: User, by: Actor) -> None:
    """Sign and submit what the person saw: `digest` is of that. Raises PermissionDenied, AlreadySigned, NotOver.

    A report that changed since raises ValueError: it must be read again.
    """
    locked = _own(report, user)
    if timezone.localdate() < figures.following(locked.month):
        raise NotOver
    if locked.digest != digest:
        raise ValueError("O relatório mudou depois de aberto.")
    tied = figures.anchor()
    locked.signed_by, locked.signed_at, locked.sha256 = user, timezone.now(), digest
    locked.checkpoint, locked.root = (tied.number, tied.root) if tied else (None, "")
    locked.save()
    _record("report.sign", locked, by, sha256=digest, checkpoint=locked.checkpoint)


def prepare_due(*, by: Actor) -> int:
    """Last month's reports of open agencies, where nobody prepared them; how many. Safe to run any number of times."""
    this = timezone.localdate().replace(day=1)
    month = date(this.year - (this.month == 1), (this.month - 2) % 12 + 1, 1)
    waiting = Agency.objects.active().filter(created_at__date__lt=this).exclude(reports__month=month)
    for agency in waiting:
        prepare(agency=agency, month=month, by=by)
    return len(waiting)


def _figures(agency: Agency, month: date) -> dict[str, Any]:
    counted = figures.of_agency(agency.acronym, month)
    active = Counter(User.objects.filter(agency=agency, is_active=True).values_list("role", flat=True))
    return {
        Scope.USERS.value: {
            "headcount": agency.headcount,
            "active": [{"what": LABELS[role], "count": active[role]} for role in Role],
            "events": counted["management"],
        },
        # Operations are not yet kept by the platform: the scope is there to receive them, and says so.
        Scope.OPERATIONS.value: {"events": []},
        Scope.BEHAVIOUR.value: {
            "events": counted["behaviour"],
            "shown": counted["shown"],
            "accounts": counted["accounts"],
        },
    }


def _own(report: MonthlyReport, user: User) -> MonthlyReport:
    locked = MonthlyReport.objects.select_for_update(of=("self",)).select_related("agency").get(pk=report.pk)
    if locked.agency_id != user.agency_id or not policy.allows(user, policy.Permission.SEE_AGENCY):
        raise PermissionDenied
    if locked.is_signed:
        raise AlreadySigned
    return locked


def _record(action: str, report: MonthlyReport, by: Actor, **more: object) -> None:
    known = {"agency": report.agency.acronym, "month": f"{report.month:%m/%Y}"}
    recorder.record_with(Event(kind=Kind.MONTHLY_REPORT, actor=by, action=action, detail={**known, **more}))
