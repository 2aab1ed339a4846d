"""Persons and searches under watch, and what became known of them."""

from datetime import date
from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now

from consulta.models.told import Told
from registry.models import Person


class FollowKind(models.TextChoices):
    """What a follow tells of; the first five of a person, the last of a search."""

    MOVEMENT = "movement", "Movimentação"
    VISIT = "visit", "Visita"
    MATCH = "match", "Novo registro da mesma pessoa"
    RELEASE = "release", "Soltura"
    DEATH = "death", "Óbito"
    ANSWER = "answer", "Nova pessoa na busca"


class FollowState(models.TextChoices):
    """The life of a follow."""

    ASKED = "asked", "Aguarda aprovação"
    STANDING = "standing", "Em vigor"
    REFUSED = "refused", "Recusado"
    ENDED = "ended", "Encerrado"


class FollowQuerySet(models.QuerySet["Follow"]):
    """Which follows are at work."""

    def at_work(self, today: date) -> "FollowQuerySet":
        """Approved ones within their term."""
        return self.filter(state=FollowState.STANDING, since__lte=today, until__gte=today)


class Follow(Told):
    """A watch over a person or a search (*acompanhamento*): with a term, a reason and a second person's approval.

    `person` is the home person of the record met (ADR 3); a follow of a search has none, and keeps the criteria among
    its words. `known` are the records, or the persons who answered, that are no news.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="usuário"
    )
    person = models.ForeignKey(
        Person, null=True, on_delete=models.PROTECT, related_name="+", verbose_name="pessoa", db_constraint=False
    )
    kinds = ArrayField(models.CharField(max_length=10, choices=FollowKind.choices), verbose_name="avisar de")
    since = models.DateField("de")
    until = models.DateField("até")
    # What had happened longer ago than this when it became known is not told.
    most_days = models.PositiveSmallIntegerField("ignorar fatos com mais de (dias)", default=30)
    state = models.CharField("situação", max_length=10, choices=FollowState.choices, default=FollowState.ASKED)
    asked_at = models.DateTimeField("pedido em", auto_now_add=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", verbose_name="decidido por"
    )
    decided_at = models.DateTimeField("decidido em", null=True)
    note = models.CharField("motivo da decisão", max_length=300, blank=True)
    ended_at = models.DateTimeField("encerrado em", null=True)
    known = ArrayField(models.BigIntegerField(), verbose_name="já conhecidos", default=list)
    renews = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+", verbose_name="renova")

    objects = FollowQuerySet.as_manager()

    class Meta:
        verbose_name = "acompanhamento"
        verbose_name_plural = "acompanhamentos"
        ordering = ["-asked_at"]
        indexes = [
            models.Index(fields=["user", "-asked_at"], name="follow_of_user"),
            models.Index(fields=["until"], name="follow_standing", condition=models.Q(state=FollowState.STANDING)),
        ]
        constraints = [
            models.CheckConstraint(condition=models.Q(until__gte=models.F("since")), name="follow_term_is_ordered")
        ]

    @property
    def words(self) -> dict[str, Any]:
        """`reason`, `basis`, and of a search `name` and `criteria`."""
        return self.told

    def is_over(self, today: date) -> bool:
        """True when its term is past, whatever its state."""
        return self.until < today


class Notice(models.Model):
    """One thing that a follow tells (*aviso*). `fact` names the row of the base, so that nothing is told twice."""

    follow = models.ForeignKey(Follow, on_delete=models.CASCADE, related_name="notices", verbose_name="acompanhamento")
    kind = models.CharField("tipo", max_length=10, choices=FollowKind.choices)
    fact = models.CharField("fato", max_length=60)
    # Who answered a search under watch; for a person under watch the follow knows.
    person = models.ForeignKey(
        Person, null=True, on_delete=models.PROTECT, related_name="+", verbose_name="pessoa", db_constraint=False
    )
    happened_at = models.DateTimeField("quando")
    noticed_at = models.DateTimeField("avisado em", db_default=Now())
    read_at = models.DateTimeField("lido em", null=True)

    class Meta:
        verbose_name = "aviso"
        verbose_name_plural = "avisos"
        ordering = ["-noticed_at", "-id"]
        constraints = [models.UniqueConstraint(fields=["follow", "fact"], name="notice_once")]
        indexes = [models.Index(fields=["follow"], name="notice_unread", condition=models.Q(read_at=None))]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class NoticeSettings(models.Model):
    """When somebody wants to hear of their notices by e-mail (*preferências de aviso*). Mail carries a count and an
    address, nothing of anybody."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, primary_key=True, on_delete=models.CASCADE, related_name="+", verbose_name="usuário"
    )
    every_hours = models.PositiveSmallIntegerField("e-mail a cada (horas)", default=0)  # 0: never
    quiet_from = models.TimeField("silêncio de", null=True, blank=True)
    quiet_until = models.TimeField("silêncio até", null=True, blank=True)
    told_at = models.DateTimeField("último e-mail", null=True, editable=False)

    class Meta:
        verbose_name = "preferências de aviso"
        verbose_name_plural = "preferências de aviso"

    def __str__(self) -> str:
        return str(self.pk)
