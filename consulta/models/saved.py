"""Searches that somebody keeps beyond the purpose they were asked under."""

from typing import Any

from django.db import models

from consulta.models.kept import Kept
from registry.selectors.search import Criteria, from_json, to_json


class SavedSearch(Kept):
    """A search kept under a name (*busca salva*). Each time it is asked anew, through the gate."""

    KIND = "saved"

    class Meta(Kept.Meta):
        verbose_name = "busca salva"
        verbose_name_plural = "buscas salvas"
        indexes = [models.Index(fields=["user", "-created_at"], name="saved_search_of_user")]

    @property
    def criteria(self) -> Criteria:
        """What it asks."""
        criteria: dict[str, Any] = self.told["criteria"]
        return from_json(criteria)

    def keep(self, name: str, criteria: Criteria) -> None:
        """Set name and criteria; the caller saves the row."""
        self.told = {"name": name, "criteria": to_json(criteria)}
