"""Loads, their progress by view, and how far each view has been read."""

from django.db import models

from ingestion.models.mapping_version import MappingVersion
from ingestion.models.source import Source
from registry.models import Origin


class LoadStatus(models.TextChoices):
    """Where a load stands. The first three are unfinished: whoever works on the source goes on with that load."""

    QUEUED = "queued", "Na fila"
    RUNNING = "running", "Em andamento"
    STOPPED = "stopped", "Interrompida"
    FINISHED = "finished", "Concluída"


UNFINISHED = (LoadStatus.QUEUED, LoadStatus.RUNNING, LoadStatus.STOPPED)


class LoadKind(models.TextChoices):
    """What a load compares: what came since the watermark, or every key of the state besides."""

    INCREMENTAL = "incremental", "Incremental"
    RECONCILIATION = "reconciliation", "Conferência de chaves"


class Load(models.Model):
    """One load of a source (*carga*).

    `epoch` rises each time a worker takes the load over; every write names the epoch it works under, so that a
    worker that lost the load without noticing writes nothing.
    """

    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="loads", verbose_name="fonte")
    kind = models.CharField("tipo", max_length=14, choices=LoadKind.choices, default=LoadKind.INCREMENTAL)
    status = models.CharField("situação", max_length=10, choices=LoadStatus.choices, default=LoadStatus.QUEUED)
    epoch = models.PositiveIntegerField("tomada", default=0)
    requested_by = models.CharField("pedida por", max_length=80)
    created_at = models.DateTimeField("pedida em", auto_now_add=True)
    started_at = models.DateTimeField("início", null=True)
    beat_at = models.DateTimeField("último sinal", null=True)
    finished_at = models.DateTimeField("fim", null=True)
    cause = models.TextField("causa da interrupção", blank=True)
    reference = models.CharField("código de referência", max_length=12, blank=True)
    failures = models.PositiveIntegerField("interrupções seguidas", default=0)
    # Views done and batches committed when it last stopped: a load that moved since is not failing in a row.
    progress_at_stop = models.BigIntegerField("avanço na última interrupção", default=0)
    retry_at = models.DateTimeField("nova tentativa em", null=True)
    # A worker was asked and has not answered yet: nobody is asked again until it does, or long enough after.
    asked_at = models.DateTimeField("na fila desde", null=True)

    class Meta:
        verbose_name = "carga"
        verbose_name_plural = "cargas"
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["source"], condition=models.Q(status__in=UNFINISHED), name="load_one_unfinished_per_source"
            )
        ]

    def __str__(self) -> str:
        return f"carga {self.pk}"


class ViewState(models.TextChoices):
    """Where a view of a load stands. A reconciliation lists its keys after the first publication.

    A view that asks holds its load until `services.loads.answer_removals`: first the rows, then the keys.
    """

    PENDING = "pending", "Aguardando"
    EXTRACTING = "extracting", "Lendo"
    EXTRACTED = "extracted", "Lida"
    ASKING = "asking", "Pede confirmação"
    LISTING = "listing", "Listando chaves"
    ASKING_KEYS = "ask_keys", "Pede confirmação"
    PUBLISHED = "published", "Publicada"


ASKING = (ViewState.ASKING, ViewState.ASKING_KEYS)


class RemovalAnswer(models.TextChoices):
    """What a person said of more removals than a load may make by itself."""

    APPROVED = "approved", "Aprovadas"
    REFUSED = "refused", "Recusadas"


class LoadView(models.Model):
    """Progress of one view of a load (*visão da carga*): the counters, and where to go on after a stop.

    `position` is the key of the last landed row; `landed_count` tells whether the landing table still has them all.
    A reconciliation may read a view twice: `reading` 2 goes on from `read_again_from`, and what the counters held
    before it is in the `…_before` ones.
    `asked_count` is how many of `asked_of` standing rows would go, and waits for an answer while the state says so;
    an answer covers as many removals as were asked about.

    Every row has one outcome: of a finished view, read + retried = rejected + waiting + new + changed + unchanged +
    removed + refused + repeated, where no absence was refused (those are counted as refused and were not read).
    """

    load = models.ForeignKey(Load, on_delete=models.CASCADE, related_name="views", verbose_name="carga")
    view = models.CharField("visão", max_length=30)
    order = models.PositiveSmallIntegerField("ordem")
    state = models.CharField("situação", max_length=10, choices=ViewState.choices, default=ViewState.PENDING)
    mapping = models.ForeignKey(
        MappingVersion, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="mapeamento"
    )
    batch = models.PositiveIntegerField("lotes", default=0)
    position = models.JSONField("posição", null=True)
    read_count = models.BigIntegerField("linhas lidas", default=0)
    landed_count = models.BigIntegerField("aceitas na leitura", default=0)
    rejected_count = models.BigIntegerField("rejeitadas", default=0)
    waiting_count = models.BigIntegerField("à espera do registro pai", default=0)
    retried_count = models.BigIntegerField("da quarentena, tentadas de novo", default=0)
    repeated_count = models.BigIntegerField("lidas outra vez na mesma carga", default=0)
    new_count = models.BigIntegerField("novas", default=0)
    changed_count = models.BigIntegerField("alteradas", default=0)
    removed_count = models.BigIntegerField("excluídas na origem", default=0)
    unchanged_count = models.BigIntegerField("sem mudança", default=0)
    refused_count = models.BigIntegerField("exclusões recusadas", default=0)
    key_count = models.BigIntegerField("chaves na origem", default=0)
    absent_count = models.BigIntegerField("ausentes da origem", default=0)
    missed_count = models.BigIntegerField("perdidas e relidas", default=0)
    reading = models.PositiveSmallIntegerField("leitura", default=1)
    read_again_from = models.JSONField("relida desde", null=True)
    read_before = models.BigIntegerField(default=0)
    landed_before = models.BigIntegerField(default=0)
    rejected_before = models.BigIntegerField(default=0)
    asked_count = models.BigIntegerField("exclusões a confirmar", null=True)
    asked_of = models.BigIntegerField("de um total de", null=True)
    # Put aside in the first reading: the watermark waits, and a second reading does not ask again.
    exclusions_refused = models.BooleanField("exclusões recusadas nesta carga", default=False)
    answer = models.CharField("resposta", max_length=8, choices=RemovalAnswer.choices, blank=True)
    answered_by = models.CharField("respondida por", max_length=80, blank=True)
    answered_at = models.DateTimeField("respondida em", null=True)
    started_at = models.DateTimeField("início", null=True)
    finished_at = models.DateTimeField("fim", null=True)

    class Meta:
        verbose_name = "visão da carga"
        verbose_name_plural = "visões da carga"
        ordering = ["load", "order"]
        constraints = [models.UniqueConstraint(fields=["load", "view"], name="load_view_once")]

    def __str__(self) -> str:
        return self.view


class ViewCursor(models.Model):
    """How far a view of an origin has been read (*marca d'água*): belongs to the view, whatever the rule."""

    origin = models.ForeignKey(Origin, on_delete=models.PROTECT, related_name="+", verbose_name="origem")
    view = models.CharField("visão", max_length=30)
    position = models.JSONField("posição")
    load = models.ForeignKey(Load, on_delete=models.PROTECT, related_name="+", verbose_name="carga")
    moved_at = models.DateTimeField("avançou em", auto_now=True)

    class Meta:
        verbose_name = "marca d'água"
        verbose_name_plural = "marcas d'água"
        ordering = ["origin", "view"]
        constraints = [models.UniqueConstraint(fields=["origin", "view"], name="view_cursor_once")]

    def __str__(self) -> str:
        return self.view
