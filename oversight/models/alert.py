"""Cases of possible misuse, one for each account, week and cause."""

from datetime import date, datetime, time, timedelta

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone

from credentialing.models import User
from credentialing.roles import Permission, Role


class Cause(models.TextChoices):
    """Why somebody's week is looked at."""

    SIGNS = "signs", "Sinais"
    AUTOMATION = "automation", "Conta congelada"
    COPIED_KEY = "copied_key", "Chave de acesso copiada"
    SAMPLE = "sample", "Amostra"


class State(models.TextChoices):
    """How far a case has come."""

    OPEN = "open", "A examinar"
    ASKED = "asked", "Aguarda explicação"
    EXPLAINED = "explained", "Aguarda o superior"
    CONFIRMED = "confirmed", "Pronto para decidir"
    CLOSED = "closed", "Decidido"


class Verdict(models.TextChoices):
    """What the corregedor makes of it."""

    NONE = "", "—"
    JUSTIFIED = "justified", "Justificado"
    INCONCLUSIVE = "inconclusive", "Inconclusivo"
    MISUSE = "misuse", "Uso indevido"


# Whose use the agency's corregedor does not judge: their own trade's, and the centre's.
JUDGED_BY_CENTRE = (Role.CORREGEDOR, Role.GENERAL_ADMIN)


class AlertQuerySet(models.QuerySet["Alert"]):
    """Whose cases somebody may see."""

    def judged_by(self, judge: User) -> "AlertQuerySet":
        """Those this person judges: a corregedor their agency's, the centre those of corregedores and its own; nobody
        their own."""
        others = self.exclude(user=judge)
        if judge.has_perm(Permission.JUDGE_OVERSEERS):
            return others.filter(user__role__in=JUDGED_BY_CENTRE)
        if judge.has_perm(Permission.JUDGE_MISUSE):
            return others.filter(user__agency=judge.agency_id).exclude(user__role__in=JUDGED_BY_CENTRE)
        return self.none()

    def confirmed_by(self, superior: User) -> "AlertQuerySet":
        """Those whose explanation this person may confirm: of the same agency, never their own."""
        if not superior.has_perm(Permission.CONFIRM_EXPLANATIONS):
            return self.none()
        waiting = self.filter(state=State.EXPLAINED, user__agency=superior.agency_id)
        return waiting.exclude(user=superior).exclude(user__role__in=JUDGED_BY_CENTRE)

    def asked_of(self, user: User) -> "AlertQuerySet":
        """Those the person is asked to explain."""
        return self.filter(user=user, state=State.ASKED)

    def waiting(self) -> "AlertQuerySet":
        """Those not decided yet."""
        return self.exclude(state=State.CLOSED)


class Alert(models.Model):
    """A week of one account that somebody should look at (*alerta de desvio*): why, and how far that has come.

    `week` is its Monday, in the platform's time zone. `expected` of `looked` openings had an explanation that the
    platform knows.
    """

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="usuário")
    week = models.DateField("semana de")
    cause = models.CharField("causa", max_length=12, choices=Cause.choices)
    state = models.CharField("situação", max_length=10, choices=State.choices, default=State.OPEN)
    verdict = models.CharField("parecer", max_length=12, choices=Verdict.choices, default=Verdict.NONE, blank=True)
    score = models.PositiveSmallIntegerField("peso", default=0)
    looked = models.PositiveIntegerField("fichas abertas", default=0)
    expected = models.PositiveIntegerField("fichas explicadas", default=0)
    because = models.JSONField("explicações", default=dict)  # reason → openings
    created_at = models.DateTimeField("criado em", auto_now_add=True)
    due_on = models.DateField("prazo", null=True)
    judged_by = models.ForeignKey(
        User, null=True, on_delete=models.PROTECT, related_name="+", verbose_name="decidido por"
    )

    objects = AlertQuerySet.as_manager()

    class Meta:
        verbose_name = "alerta de desvio"
        verbose_name_plural = "alertas de desvio"
        ordering = ["-score", "created_at"]
        constraints = [
            models.UniqueConstraint(fields=["user", "week", "cause"], name="alert_once_a_week"),
            models.CheckConstraint(
                condition=models.Q(verdict="") | models.Q(state="closed"), name="alert_verdict_closes"
            ),
        ]
        indexes = [models.Index(fields=["state", "-score"], name="alert_queue")]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def span(self) -> tuple[datetime, datetime]:
        """The first moment of the week and the first after it."""
        return span_of(self.week)

    @property
    def evidence(self) -> list[int]:
        """The events its signs speak of, oldest first."""
        return sorted({event for sign in self.signs.all() for event in sign.evidence})

    @property
    def is_late(self) -> bool:
        """True when whoever it waits for has let the term pass."""
        return self.due_on is not None and self.due_on < timezone.localdate()


class AlertSign(models.Model):
    """One sign of a case (*sinal*): the sentence says what was seen and names nobody; `evidence` are ids of events."""

    alert = models.ForeignKey(Alert, on_delete=models.CASCADE, related_name="signs", verbose_name="alerta")
    name = models.CharField("sinal", max_length=20)
    weight = models.PositiveSmallIntegerField("peso")
    words = models.CharField("o que se viu", max_length=300)
    evidence = ArrayField(models.BigIntegerField(), verbose_name="eventos", default=list)

    class Meta:
        verbose_name = "sinal de desvio"
        verbose_name_plural = "sinais de desvio"
        ordering = ["-weight", "name"]
        constraints = [models.UniqueConstraint(fields=["alert", "name"], name="alert_sign_once")]

    def __str__(self) -> str:
        return self.name


def span_of(week: date) -> tuple[datetime, datetime]:
    """The first moment of the week of this Monday, and of the next one."""
    first = timezone.make_aware(datetime.combine(week, time.min))
    return first, timezone.make_aware(datetime.combine(week + timedelta(days=7), time.min))


def monday(day: date) -> date:
    """The Monday of the day's week."""
    return day - timedelta(days=day.weekday())
