"""Agreements (ACT): signing, extending, denouncing, and what follows from their end (requirements B8 and B9)."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction

from audit import recorder
from audit.events import Actor, Event, Kind
from ingestion import clock
from ingestion.models import Agreement, AgreementGoal, AgreementStatus, GoalStatus, Load, LoadStatus, Source
from ingestion.models.load import UNFINISHED
from ingestion.services import sources
from registry.models import Origin

TERM_MONTHS = 60
# The action plan as the agreements' template has it: days from signing, and the goal.
GOALS = (
    (20, "Escolher a regra de transferência e indicar os responsáveis técnicos"),
    (45, "Criar as views do Anexo II e o usuário com permissão só de leitura"),
    (60, "Concluir a primeira carga completa, conferida pelo estado"),
)
NONE = "Esta origem não tem acordo (ACT) vigente; registre o acordo assinado antes de carregar."
ENDED = "O acordo {number} terminou em {day:%d/%m/%Y}; prorrogue-o ou registre outro para voltar a carregar."
DENOUNCED = "O acordo {number} foi denunciado; registre outro para voltar a carregar."
NOT_YET = "O acordo {number} só vale a partir de {day:%d/%m/%Y}."
CLOSED_AGENCY = "{closed} A fonte volta a carregar quando a coordenação o reabrir."
# A term seen over for less than this may be a clock that jumped: loads stop at once, credentials go after it.
CERTAINTY = timedelta(hours=23)


@transaction.atomic
def sign(
    *,
    origin: Origin,
    number: str,
    signed_on: date,
    responsible: str,
    responsible_email: str,
    state_responsible: str,
    state_email: str,
    by: Actor,
    term_months: int = TERM_MONTHS,
) -> Agreement:
    """Register a signed agreement with its action plan. Raises IntegrityError while another is in force."""
    agreement = Agreement.objects.create(
        origin=origin,
        number=number,
        signed_on=signed_on,
        term_months=term_months,
        responsible=responsible,
        responsible_email=responsible_email,
        state_responsible=state_responsible,
        state_email=state_email,
    )
    add_goals(agreement)
    _record("agreement.sign", agreement, by, {"signed_on": str(signed_on), "term_months": term_months})
    return agreement


def add_goals(agreement: Agreement) -> None:
    """The action plan's usual goals, to be edited."""
    AgreementGoal.objects.bulk_create(
        AgreementGoal(agreement=agreement, deadline_days=days, text=text) for days, text in GOALS
    )


@transaction.atomic
def extend(*, agreement: Agreement, months: int, by: Actor) -> None:
    """So many months in all beyond the term. An agreement that ended by its term is in force again."""
    agreement.extension_months = months
    if agreement.status == AgreementStatus.ENDED and agreement.ends_on >= today(agreement.origin, clock.now()):
        agreement.status, agreement.end_noticed_at, agreement.closed_at = AgreementStatus.IN_FORCE, None, None
        agreement.closed_by = ""
    agreement.save()
    _record("agreement.extend", agreement, by, {"months": months})


@transaction.atomic
def follow_goal(*, goal: AgreementGoal, status: GoalStatus, done_on: date | None, responsible: str, by: Actor) -> None:
    """Note how a goal stands and who answers for it; one that is met has its day."""
    goal.status, goal.done_on, goal.responsible = status, done_on, responsible
    goal.save(update_fields=["status", "done_on", "responsible"])
    known = {"goal": goal.pk, "status": status, "done_on": str(done_on or "")}
    _record("agreement.goal", goal.agreement, by, known)


@transaction.atomic
def denounce(*, agreement: Agreement, by: Actor) -> None:
    """End the agreement today: whatever is loading stops at its next batch, and the credentials are erased."""
    _close(agreement, AgreementStatus.DENOUNCED, by)


def refusal(origin: Origin, now: datetime) -> str:
    """Why the agreements of an origin do not let it load now, in pt-BR; empty when they do."""
    known = Agreement.objects.filter(origin=origin).select_related("agency")
    latest = known.order_by("-signed_on", "-id").first()
    in_force = known.filter(status=AgreementStatus.IN_FORCE).first()
    return words(in_force or latest, today(origin, now))


def words(agreement: Agreement | None, day: date) -> str:
    """Why this agreement does not allow loads on a day, in pt-BR; empty when it does."""
    if agreement is None:
        return NONE
    if agreement.in_force_on(day):
        return closed_agency(agreement)
    if agreement.status == AgreementStatus.DENOUNCED:
        return DENOUNCED.format(number=agreement.number)
    if day < agreement.signed_on:
        return NOT_YET.format(number=agreement.number, day=agreement.signed_on)
    return ENDED.format(number=agreement.number, day=agreement.ends_on)


def closed_agency(agreement: Agreement) -> str:
    """Why the agency that sends the data may not send it now, in pt-BR; empty when it may."""
    closed = agreement.agency.why_closed if agreement.agency else ""
    return CLOSED_AGENCY.format(closed=closed) if closed else ""


def today(origin: Origin, now: datetime) -> date:
    """The date at the origin."""
    return now.astimezone(ZoneInfo(origin.timezone)).date()


def close_ended(*, now: datetime, by: Actor) -> int:
    """Close agreements whose term is over, erasing their credentials; how many. Run at least once a day.

    The first time it sees a term over it only notes so: see CERTAINTY. Loads are refused from the first day on.
    """
    closed = 0
    for agreement in Agreement.objects.select_related("origin").filter(status=AgreementStatus.IN_FORCE):
        with transaction.atomic():
            locked = Agreement.objects.select_for_update(of=("self",)).select_related("origin").get(pk=agreement.pk)
            closed += _close_if_ended(locked, now, by)
    return closed


def _close_if_ended(agreement: Agreement, now: datetime, by: Actor) -> bool:
    if agreement.status != AgreementStatus.IN_FORCE:
        return False
    over = today(agreement.origin, now) > agreement.ends_on
    noticed = agreement.end_noticed_at if over else None
    if over and noticed is not None and now - noticed >= CERTAINTY:
        _close(agreement, AgreementStatus.ENDED, by)
        return True
    noticed = (noticed or now) if over else None
    if noticed != agreement.end_noticed_at:
        agreement.end_noticed_at = noticed
        agreement.save(update_fields=["end_noticed_at"])
    return False


def _close(agreement: Agreement, status: AgreementStatus, by: Actor) -> None:
    agreement.status, agreement.closed_at, agreement.closed_by = status, clock.now(), by.username
    agreement.save(update_fields=["status", "closed_at", "closed_by"])
    _record("agreement.close", agreement, by, {"status": status})
    for source in Source.objects.select_related("origin").filter(origin=agreement.origin):
        fence(source, words(agreement, date.max))
        sources.erase_credentials(source=source, by=by)


def fence(source: Source, cause: str) -> int:
    """Take running loads from their worker, which finds out at its next batch; how many. What is committed stays."""
    fenced = 0
    for load in Load.objects.select_for_update().filter(source=source, status__in=UNFINISHED):
        load.status, load.epoch, load.cause, load.reference = LoadStatus.STOPPED, load.epoch + 1, cause, ""
        load.save(update_fields=["status", "epoch", "cause", "reference"])
        fenced += 1
    return fenced


def _record(action: str, agreement: Agreement, by: Actor, detail: dict[str, object]) -> None:
    known = {"agreement": agreement.pk, "origin": agreement.origin.code}
    recorder.record_with(Event(kind=Kind.CONFIGURED, actor=by, action=action, detail={**known, **detail}))
