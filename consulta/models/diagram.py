"""Diagrams of links that somebody keeps: whom they chose and where they put them, never what was known of them."""

import uuid
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.db import models

from consulta.models.told import Told

Places = Mapping[uuid.UUID, tuple[int, int]]


class SavedDiagram(Told):
    """A graph of links kept under a name (*diagrama salvo*). Only its owner opens it, through the gate, and sees the
    persons and links as they are known then: whoever left their sight in the meantime is not drawn.

    The name and the persons are kept encrypted.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", verbose_name="usuário"
    )
    created_at = models.DateTimeField("guardado em", auto_now_add=True)
    opened_at = models.DateTimeField("aberto em", null=True)

    class Meta:
        verbose_name = "diagrama salvo"
        verbose_name_plural = "diagramas salvos"
        ordering = ["-created_at"]
        indexes = [models.Index(fields=["user", "-created_at"], name="saved_diagram_of_user")]

    @property
    def name(self) -> str:
        """How its owner calls it."""
        return str(self.told["name"])

    @property
    def focus(self) -> uuid.UUID:
        """The person whose links it began with."""
        return uuid.UUID(self.told["focus"])

    @property
    def places(self) -> Places:
        """Where each person stands, in points of the drawing from its origin."""
        places: dict[str, Any] = self.told["places"]
        return {uuid.UUID(person): (int(x), int(y)) for person, (x, y) in places.items()}

    def keep(self, name: str, focus: uuid.UUID, places: Places) -> None:
        """Set name, focus and places; the caller saves the row."""
        self.told = {
            "name": name,
            "focus": str(focus),
            "places": {str(person): list(place) for person, place in places.items()},
        }
