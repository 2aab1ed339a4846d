"""What keeps us from knocking at a door that does not open."""

from django.db import models

from ingestion.models.source import Source


class BreakerState(models.TextChoices):
    """Closed: loads run. Open: only a probe, now and then. Half-open: the next attempt decides."""

    CLOSED = "closed", "Fechado"
    OPEN = "open", "Aberto"
    HALF_OPEN = "half_open", "Em teste"


class Breaker(models.Model):
    """A source's circuit breaker (*disjuntor*); a source that never failed has none.

    `probe_at` is when the source is tried next by opening a connection; without it only a person closes the
    breaker: the state refused our credentials, and asking again might lock the account there.
    """

    source = models.OneToOneField(Source, on_delete=models.CASCADE, related_name="breaker", verbose_name="fonte")
    state = models.CharField("situação", max_length=10, choices=BreakerState.choices, default=BreakerState.CLOSED)
    cause = models.TextField("causa", blank=True)
    reference = models.CharField("código de referência", max_length=12, blank=True)
    opened_at = models.DateTimeField("aberto em", null=True)
    probe_at = models.DateTimeField("próximo teste em", null=True)
    probes = models.PositiveIntegerField("testes desde que abriu", default=0)

    class Meta:
        verbose_name = "disjuntor"
        verbose_name_plural = "disjuntores"
        ordering = ["source"]

    def __str__(self) -> str:
        return f"{self.source} · {self.get_state_display()}"
