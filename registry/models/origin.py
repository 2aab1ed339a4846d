"""The database a record comes from: what gives `id_origem` its meaning."""

from django.db import models


class Halt(models.TextChoices):
    """Why nothing comes in from an origin for now."""

    NONE = "", "—"
    PAUSED = "paused", "Pausada"
    STOPPED = "stopped", "Interrompida"


class Origin(models.Model):
    """A supplier of records (*origem*): a state's system or the federal one.

    It outlives the way data is transferred: a state that changes its rule keeps its origin, and with it the
    identity and history of every record.
    """

    code = models.CharField("código", max_length=10, unique=True)
    name = models.CharField("nome", max_length=120)
    uf = models.CharField("UF", max_length=2)
    timezone = models.CharField("fuso horário", max_length=40)
    # Data no older than this is fresh; later, screens say that the state is late.
    fresh_for = models.DurationField("prazo de atualização")
    loaded_at = models.DateTimeField("última carga concluída", null=True, blank=True)
    # Told to whoever consults: the data grows old whether or not it is late already.
    halt = models.CharField("parada", max_length=7, choices=Halt.choices, default=Halt.NONE, blank=True, editable=False)
    # None of its records has been judged: all of them wait to be (ADR 25).
    unjudged = models.BooleanField("nada julgado ainda", default=False, editable=False)
    created_at = models.DateTimeField("criada em", auto_now_add=True)

    class Meta:
        verbose_name = "origem"
        verbose_name_plural = "origens"
        ordering = ["code"]

    def __str__(self) -> str:
        return self.code
