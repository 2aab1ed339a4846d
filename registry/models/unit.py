"""Where people are held."""

import uuid

from django.db import models

from registry.models.observed import Observed


class Unit(Observed):
    """A prison establishment (*unidade*). `modality` decides the headline statistics (cela física or not)."""

    public_id = models.UUIDField("identificador", default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField("nome", max_length=200)
    acronym = models.CharField("sigla", max_length=40, blank=True)
    senappen_code = models.CharField("código SISDEPEN", max_length=20, blank=True)
    kind = models.CharField("tipo", max_length=30)
    modality = models.CharField("modalidade de custódia", max_length=30)
    sex = models.CharField("sexo a que se destina", max_length=1)
    management = models.CharField("gestão", max_length=20, blank=True)
    municipality = models.CharField("município (IBGE)", max_length=7, blank=True)
    disabled_places = models.PositiveIntegerField("vagas desativadas", null=True)

    class Meta:
        verbose_name = "unidade"
        verbose_name_plural = "unidades"
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["origin", "origin_key"], name="unit_once_per_origin")]

    def __str__(self) -> str:
        return self.name


class UnitCapacity(Observed):
    """Places of a unit by regime and sex (form section 1.3)."""

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="capacities", verbose_name="unidade")
    regime = models.CharField("regime", max_length=20)
    sex = models.CharField("sexo", max_length=1)
    places = models.PositiveIntegerField("vagas")

    class Meta:
        verbose_name = "capacidade"
        verbose_name_plural = "capacidades"
        constraints = [models.UniqueConstraint(fields=["origin", "origin_key"], name="capacity_once_per_origin")]
