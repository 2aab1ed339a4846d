"""Searches that somebody keeps beyond the purpose they were asked under."""

from typing import Any

from django.conf import settings
from django.db import models

from consulta.models.told import Told
from registry.selectors.search import Criteria, from_json, to_json


class SavedSearch(Told):
    """A search kept under a name (*busca salva*). Only its owner opens it; each time it is asked anew,
    through the gate.

    The name is kept with the criteria, since people name searches after persons.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", verbose_name="usuário"
    )
    created_at = models.DateTimeField("guardada em", auto_now_add=True)
    opened_at = models.DateTimeField("aberta em", null=True)

    class Meta:
        verbose_name = "busca salva"
        verbose_name_plural = "buscas salvas"
        ordering = ["-created_at"]
        indexes = [models.Index(fields=["user", "-created_at"], name="saved_search_of_user")]

    @property
    def name(self) -> str:
        """How its owner calls it."""
        return str(self.told["name"])

    @property
    def criteria(self) -> Criteria:
        """What it asks."""
        criteria: dict[str, Any] = self.told["criteria"]
        return from_json(criteria)

    def keep(self, name: str, criteria: Criteria) -> None:
        """Set name and criteria; the caller saves the row."""
        self.told = {"name": name, "criteria": to_json(criteria)}
