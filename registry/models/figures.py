"""The cube of statistics: what was counted of each day, as it was known when it was counted."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now

from registry.models.unit import Unit


class FigureBuild(models.Model):
    """One count of one day (*apuração*). A later count of the same day that differs is a new version; the earlier one
    stays, for whatever was published of it. `loads_to` is the last load whose rows it saw; whatever was received after
    `open_since` it may not have seen. `definition` tells builds that were counted in the same way.

    A check (*conferência*) tells rows that what came later explains (`corrections`) from those that nothing does
    (`differences`).
    """

    day = models.DateField("dia")
    version = models.PositiveSmallIntegerField("versão")
    built_at = models.DateTimeField("apurada em", db_default=Now())
    loads_to = models.DateTimeField("com cargas até", null=True)
    people = models.PositiveIntegerField("pessoas")
    checked_at = models.DateTimeField("conferida em", null=True)
    differences = models.PositiveIntegerField("diferenças na conferência", null=True)
    corrections = models.PositiveIntegerField("linhas corrigidas depois", null=True)
    open_since = models.DateTimeField("viu tudo até", null=True)
    definition = models.CharField("forma de contar", max_length=16, blank=True, db_default="")

    class Meta:
        verbose_name = "apuração"
        verbose_name_plural = "apurações"
        constraints = [models.UniqueConstraint(fields=["day", "version"], name="figure_build_once")]


class FigurePack(models.Model):
    """Counts of one place on one day, by key (`registry.figures.keys`), keys ascending. Named by its content, so that
    days and versions in which nothing changed share it.
    """

    digest = models.UUIDField(primary_key=True)
    keys = ArrayField(models.IntegerField())
    counts = ArrayField(models.IntegerField())

    class Meta:
        verbose_name = "contagens"
        verbose_name_plural = "contagens"


class FigureLevel(models.TextChoices):
    """What a row of the cube adds up."""

    UNIT = "U", "Unidade"
    STATE = "E", "Estado"
    COUNTRY = "P", "País"


class FigureRow(models.Model):
    """The counts of a unit, a state or the country in a build, for one modality of custody (*linha do cubo*).

    Partitioned by year of `day`; primary key in the database: (day, id).
    """

    id = models.BigAutoField(primary_key=True)
    day = models.DateField("dia")
    build = models.ForeignKey(
        FigureBuild,
        on_delete=models.CASCADE,
        related_name="rows",
        verbose_name="apuração",
        db_constraint=False,
        db_index=False,
    )
    level = models.CharField("nível", max_length=1, choices=FigureLevel.choices)
    uf = models.CharField("UF", max_length=2, blank=True)
    unit = models.ForeignKey(
        Unit,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name="unidade",
        db_constraint=False,
        db_index=False,
    )
    modality = models.CharField("modalidade de custódia", max_length=30, blank=True)
    stock = models.UUIDField("contagens no fim do dia", null=True)
    flow = models.UUIDField("contagens do que houve no dia", null=True)
    people = models.PositiveIntegerField("pessoas", default=0)
    women = models.PositiveIntegerField("mulheres", default=0)
    provisional = models.PositiveIntegerField("provisórios", default=0)
    places = models.PositiveIntegerField("vagas", null=True)
    entered = models.PositiveIntegerField("entradas", default=0)
    left = models.PositiveIntegerField("saídas", default=0)

    class Meta:
        verbose_name = "linha do cubo"
        verbose_name_plural = "linhas do cubo"
        indexes = [models.Index(fields=["build", "level", "uf"], name="figure_row_place")]


class FigureEdition(models.Model):
    """The form of one state for one semester (*edição*), as it was on the day it was made. Never changed: a
    correction is a new version. `values` has the columns of each unit by the unit's public id; signing and publishing
    are dated and named.
    """

    uf = models.CharField("UF", max_length=2)
    first = models.DateField("início do período")
    last = models.DateField("data de referência")
    version = models.PositiveSmallIntegerField("versão")
    build = models.ForeignKey(FigureBuild, on_delete=models.PROTECT, related_name="+", verbose_name="apuração")
    values = models.JSONField("valores")
    coverage = models.JSONField("cobertura")
    findings = models.JSONField("achados")
    made_at = models.DateTimeField("feita em", db_default=Now())
    remarks = models.TextField("ressalvas", blank=True)
    signed_by = models.CharField("assinada por", max_length=80, blank=True)
    signed_at = models.DateTimeField("assinada em", null=True)

    class Meta:
        verbose_name = "edição"
        verbose_name_plural = "edições"
        constraints = [models.UniqueConstraint(fields=["uf", "last", "version"], name="figure_edition_once")]
