"""What identifies a record beside its main fields: documents, other names, marks, photographs."""

from django.db import models

from registry.models.observed import Observed
from registry.models.record import Record


class RecordDocument(Observed):
    """An identity document as presented, and its number normalised when it is valid (`number` is empty when not)."""

    record = models.ForeignKey(
        Record, on_delete=models.CASCADE, related_name="documents", verbose_name="registro", db_constraint=False
    )
    kind = models.CharField("tipo", max_length=20)
    raw = models.CharField("número como recebido", max_length=40)
    number = models.CharField("número", max_length=40, blank=True)
    flaw = models.CharField("defeito", max_length=20, blank=True)
    issuer = models.CharField("órgão emissor/UF", max_length=20, blank=True)
    issued_on = models.DateField("emissão", null=True)

    class Meta:
        verbose_name = "documento"
        verbose_name_plural = "documentos"
        constraints = [models.UniqueConstraint(fields=["origin", "origin_key"], name="document_once_per_origin")]
        indexes = [models.Index(fields=["number", "kind"], name="document_number", condition=~models.Q(number=""))]


class RecordName(Observed):
    """Another name, alcunha, parent's name or birth date of the same record (`kind`: NOME, ALCUNHA, MAE, PAI, NASC)."""

    record = models.ForeignKey(
        Record, on_delete=models.CASCADE, related_name="names", verbose_name="registro", db_constraint=False
    )
    kind = models.CharField("tipo", max_length=12)
    value = models.CharField("valor", max_length=200)
    source = models.CharField("órgão de origem", max_length=80, blank=True)

    class Meta:
        verbose_name = "outro nome"
        verbose_name_plural = "outros nomes"
        constraints = [models.UniqueConstraint(fields=["origin", "origin_key"], name="name_once_per_origin")]


class Mark(Observed):
    """A mark, scar or tattoo (*sinal*)."""

    record = models.ForeignKey(
        Record, on_delete=models.CASCADE, related_name="marks", verbose_name="registro", db_constraint=False
    )
    kind = models.CharField("tipo", max_length=30)
    body_part = models.CharField("região do corpo", max_length=40, blank=True)
    description = models.CharField("descrição", max_length=300, blank=True)
    photo_key = models.CharField("foto na origem", max_length=40, blank=True)

    class Meta:
        verbose_name = "sinal"
        verbose_name_plural = "sinais"
        constraints = [models.UniqueConstraint(fields=["origin", "origin_key"], name="mark_once_per_origin")]


class Photo(Observed):
    """A photograph of a record. The bytes lie encrypted in the photo storage under their SHA-256."""

    record = models.ForeignKey(
        Record, on_delete=models.CASCADE, related_name="photos", verbose_name="registro", db_constraint=False
    )
    view = models.CharField("visão de origem", max_length=20)  # prisoners' and visitors' photos number apart
    position = models.CharField("posição", max_length=20, blank=True)
    content_type = models.CharField("formato", max_length=40, blank=True)
    taken_on = models.DateField("data da foto", null=True)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField("bytes", default=0)

    class Meta:
        verbose_name = "fotografia"
        verbose_name_plural = "fotografias"
        constraints = [models.UniqueConstraint(fields=["origin", "view", "origin_key"], name="photo_once_per_origin")]
        indexes = [models.Index(fields=["sha256"], name="photo_sha256")]
