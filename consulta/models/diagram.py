"""Diagrams of links that somebody keeps: whom they chose and where they put them, never what was known of them."""

import uuid
from collections.abc import Mapping
from typing import Any

from django.db import models

from consulta.models.kept import Kept

Places = Mapping[uuid.UUID, tuple[int, int]]


class SavedDiagram(Kept):
    """A graph of links kept under a name (*diagrama salvo*). Opened, through the gate, it has the persons and links as
    they are known then: whoever left their owner's sight in the meantime is not drawn."""

    KIND = "diagram"

    class Meta(Kept.Meta):
        verbose_name = "diagrama salvo"
        verbose_name_plural = "diagramas salvos"
        indexes = [models.Index(fields=["user", "-created_at"], name="saved_diagram_of_user")]

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
