"""What the database kept of a row's changes (`senappen.lib.changes`), as the admin site shows it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any, Final

from django.contrib.admin.utils import display_for_field
from django.contrib.postgres.fields import ArrayField
from django.db.models import Field, Model

from senappen.lib import changes

# The latest so many; the table holds the others.
MOST: Final = 200
WHAT: Final = {
    changes.INSERTED: "Cadastro",
    changes.UPDATED: "Alteração",
    changes.DELETED: "Exclusão",
    changes.KNOWN: "Como estava quando o registro de mudanças começou",
}
NOTHING: Final = "—"
_EMPTY: Final[tuple[Any, ...]] = (None, "", [])


@dataclass(frozen=True)
class FieldChange:
    """One field: its name on screen, and what stood there before and after, as text."""

    name: str
    before: str
    after: str


@dataclass(frozen=True)
class Change:
    """One change of a row: when, what, by which request (empty: a job, a command or a hand), and the fields."""

    at: datetime
    what: str
    request: str
    fields: tuple[FieldChange, ...]


def are_kept(model: type[Model]) -> bool:
    """Whether the database keeps the changes of the model's rows."""
    return hasattr(model, "changes")


def of(model: type[Model], key: object) -> list[Change]:
    """The latest changes of a row, the newest first, of a model whose changes are kept (`are_kept`)."""
    events: Any = model._meta.get_field("changes").related_model
    kept = list(events.objects.filter(pgh_obj=key).order_by("-pgh_id")[: MOST + 1])
    before: list[Any] = [*kept, None] if len(kept) <= MOST else kept
    return [_change(model, earlier, later) for later, earlier in pairwise(before)]


def _change(model: type[Model], earlier: Any, later: Any) -> Change:
    label = str(later.pgh_label)
    secret = label not in WHAT
    what = f"{_name(model, label)}: novo valor (não guardado)" if secret else WHAT[label]
    request = str((later.pgh_context or {}).get("request", ""))
    return Change(at=later.pgh_created_at, what=what, request=request, fields=tuple(_differences(earlier, later)))


def _name(model: type[Model], field: str) -> str:
    return str(getattr(model._meta.get_field(field), "verbose_name", field))


def _differences(earlier: Any, later: Any) -> Iterator[FieldChange]:
    for field in type(later)._meta.concrete_fields:
        if field.name.startswith("pgh_") or field.name == "id":
            continue
        before = getattr(earlier, field.attname, None)
        after = getattr(later, field.attname)
        if before != after and (earlier or after not in _EMPTY):
            yield FieldChange(str(field.verbose_name), _shown(earlier, field), _shown(later, field))


def _shown(kept: Any, field: "Field[Any, Any]") -> str:
    """The field as the admin site writes it; of a relation, what it points to."""
    value: Any = getattr(kept, field.attname, None)
    if value in _EMPTY:
        return NOTHING
    if isinstance(field, ArrayField):
        words = dict(field.base_field.flatchoices)
        return ", ".join(str(words.get(one, one)) for one in value)
    return str(getattr(kept, field.name)) if field.is_relation else str(display_for_field(value, field, NOTHING))
