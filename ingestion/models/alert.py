"""What people must know of the loads, and whether the processes that run them are alive."""

from django.db import models

from ingestion.models.source import Source


class AlertKind(models.TextChoices):
    """The closed list of what is watched."""

    LATE = "late", "Dados atrasados"
    STOPPED = "stopped", "Carga interrompida"
    BREAKER = "breaker", "Disjuntor aberto"
    REMOVALS = "removals", "Exclusões a confirmar"
    CERTIFICATE = "certificate", "Certificado perto do fim"
    AGREEMENT = "agreement", "Acordo perto do fim"
    QUARANTINE = "quarantine", "Quarentena crescendo"
    DRIFT = "drift", "Estrutura alterada no estado"
    WORKER = "worker", "Sem processo de carga"
    CLOCK = "clock", "Relógio das cargas parado"
    DISK = "disk", "Pouco espaço em disco"
    REFERENCES = "references", "Linhas sem a outra ponta"
    FIGURES = "figures", "Apuração que não confere"


class Alert(models.Model):
    """Something to act on (*alerta*): opened and closed by the conditions alone, acknowledged by a person.

    `subject` tells alerts of one kind and source apart (a view, a worker's queue). Never personal data.
    """

    kind = models.CharField("tipo", max_length=12, choices=AlertKind.choices)
    source = models.ForeignKey(Source, on_delete=models.CASCADE, null=True, related_name="+", verbose_name="fonte")
    subject = models.CharField("sobre", max_length=60, blank=True)
    text = models.TextField("o que há e o que fazer")
    opened_at = models.DateTimeField("aberto em", auto_now_add=True)
    closed_at = models.DateTimeField("encerrado em", null=True)
    notified_at = models.DateTimeField("avisado por e-mail em", null=True)
    acknowledged_at = models.DateTimeField("ciência em", null=True)
    acknowledged_by = models.CharField("ciência de", max_length=80, blank=True)

    class Meta:
        verbose_name = "alerta"
        verbose_name_plural = "alertas"
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "source", "subject"],
                condition=models.Q(closed_at__isnull=True),
                name="alert_open_once",
                nulls_distinct=False,
            )
        ]

    def __str__(self) -> str:
        return self.get_kind_display()


class Heartbeat(models.Model):
    """When a process was last seen alive (*sinal de vida*): the loads' clock, and each worker with its queues."""

    name = models.CharField("processo", max_length=120, unique=True)
    queues = models.JSONField("filas", default=list)
    seen_at = models.DateTimeField("visto em")

    class Meta:
        verbose_name = "sinal de vida"
        verbose_name_plural = "sinais de vida"
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
