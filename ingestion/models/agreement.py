"""The cooperation agreements (ACT) under which states send their data, and the goals of their action plans."""

import calendar
from datetime import date, timedelta

from django.db import models

from credentialing.models import Agency
from registry.models import Origin
from senappen.lib import changes


class AgreementStatus(models.TextChoices):
    """Where an agreement stands. The end of the term is noticed by a daily task; a denunciation is a person's act."""

    IN_FORCE = "in_force", "Vigente"
    ENDED = "ended", "Encerrado pelo prazo"
    DENOUNCED = "denounced", "Denunciado"


@changes.kept()
class Agreement(models.Model):
    """An agreement with an origin (*acordo de cooperação técnica*): 60 months from signing, unless extended.

    `end_noticed_at` is when the daily task first saw the term over: credentials go a day later, so that a clock that
    jumped ahead and came back erases nothing.
    """

    origin = models.ForeignKey(Origin, on_delete=models.PROTECT, related_name="+", verbose_name="origem")
    # The party that sends the data: while it is closed, nothing of its origin is loaded.
    agency = models.ForeignKey(
        Agency, on_delete=models.PROTECT, related_name="+", verbose_name="órgão partícipe", null=True, blank=True
    )
    number = models.CharField("número do acordo", max_length=60)
    signed_on = models.DateField("assinado em")
    term_months = models.PositiveSmallIntegerField("prazo, em meses", default=60)
    extension_months = models.PositiveSmallIntegerField("prorrogação, em meses", default=0)
    responsible = models.CharField("responsável na SENAPPEN", max_length=120)
    responsible_email = models.EmailField("e-mail do responsável na SENAPPEN")
    state_responsible = models.CharField("responsável no estado", max_length=120)
    state_email = models.EmailField("e-mail do responsável no estado")
    status = models.CharField(
        "situação", max_length=10, choices=AgreementStatus.choices, default=AgreementStatus.IN_FORCE, editable=False
    )
    end_noticed_at = models.DateTimeField("fim do prazo notado em", null=True, editable=False)
    closed_at = models.DateTimeField("encerrado em", null=True, editable=False)
    closed_by = models.CharField("encerrado por", max_length=80, blank=True, editable=False)
    created_at = models.DateTimeField("registrado em", auto_now_add=True)

    class Meta:
        verbose_name = "acordo"
        verbose_name_plural = "acordos"
        ordering = ["origin__code", "-signed_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["origin"],
                condition=models.Q(status=AgreementStatus.IN_FORCE),
                name="agreement_one_in_force",
                violation_error_message="Já existe um acordo vigente desta origem; encerre-o ou prorrogue-o.",
            ),
            models.CheckConstraint(
                condition=models.Q(term_months__gt=0),
                name="agreement_has_a_term",
                violation_error_message="O prazo é de pelo menos um mês.",
            ),
        ]

    def __str__(self) -> str:
        return f"ACT {self.number}"

    @property
    def ends_on(self) -> date:
        """The last day of the term: the day of signing, so many months later.

        Where that month has no such day, the first day of the next one (Código Civil, art. 132 §3).
        """
        years, month = divmod(self.signed_on.month - 1 + self.term_months + self.extension_months, 12)
        year, month = self.signed_on.year + years, month + 1
        last = calendar.monthrange(year, month)[1]
        if self.signed_on.day <= last:
            return date(year, month, self.signed_on.day)
        return date(year, month, last) + timedelta(days=1)

    def in_force_on(self, day: date) -> bool:
        """Whether loads are allowed on that day, at the origin's own date."""
        return self.status == AgreementStatus.IN_FORCE and self.signed_on <= day <= self.ends_on


class RuleChoice(models.Model):
    """A transfer rule that an origin chose (*regra escolhida*), and since when: the history of its choices."""

    origin = models.ForeignKey(Origin, on_delete=models.PROTECT, related_name="+", verbose_name="origem")
    rule = models.PositiveSmallIntegerField("regra")
    since = models.DateTimeField("desde")
    chosen_by = models.CharField("registrada por", max_length=80)

    class Meta:
        verbose_name = "regra escolhida"
        verbose_name_plural = "regras escolhidas"
        ordering = ["origin", "since", "id"]

    def __str__(self) -> str:
        return f"{self.origin_id} · {self.rule}"


class GoalStatus(models.TextChoices):
    """Where a goal stands."""

    PENDING = "pending", "A fazer"
    ONGOING = "ongoing", "Em andamento"
    DONE = "done", "Cumprida"


@changes.kept()
class AgreementGoal(models.Model):
    """A goal of an agreement's action plan (*meta*), due so many days after signing (D+20, D+45, D+60)."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="goals", verbose_name="acordo")
    text = models.CharField("meta", max_length=200)
    deadline_days = models.PositiveSmallIntegerField("prazo, em dias da assinatura")
    responsible = models.CharField("responsável", max_length=120, blank=True)
    status = models.CharField("situação", max_length=10, choices=GoalStatus.choices, default=GoalStatus.PENDING)
    done_on = models.DateField("cumprida em", null=True, blank=True)

    class Meta:
        verbose_name = "meta do acordo"
        verbose_name_plural = "metas do acordo"
        ordering = ["agreement", "deadline_days", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(status=GoalStatus.DONE, done_on__isnull=False)
                | (~models.Q(status=GoalStatus.DONE) & models.Q(done_on__isnull=True)),
                name="goal_done_has_its_day",
                violation_error_message="Informe o dia em que a meta foi cumprida, e só então.",
            )
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def due_on(self) -> date:
        return self.agreement.signed_on + timedelta(days=self.deadline_days)

    def late_on(self, day: date) -> bool:
        """Whether the goal's day has passed without it."""
        return self.status != GoalStatus.DONE and day > self.due_on
