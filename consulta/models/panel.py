"""Panels of statistics that somebody keeps under a name."""

from django.conf import settings
from django.db import models


class SavedPanel(models.Model):
    """A panel with its filters (*painel salvo*). Only its owner sees it; it holds no numbers, and nothing about people.

    `filters` are those of the panel's address: place, modality, regime, sex, age, and the day where one was chosen.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", verbose_name="usuário"
    )
    name = models.CharField("nome", max_length=60)
    panel = models.SlugField("painel", max_length=40)
    filters = models.JSONField("filtros", default=dict)
    created_at = models.DateTimeField("guardado em", auto_now_add=True)

    class Meta:
        verbose_name = "painel salvo"
        verbose_name_plural = "painéis salvos"
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["user", "name"], name="saved_panel_once")]
