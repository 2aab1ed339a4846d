"""Words of the search's facets and tags."""

from collections.abc import Callable, Mapping
from typing import Final

from registry import labels
from registry.models import RecordKind
from registry.selectors.people.situation import State

TITLES: Final[Mapping[str, str]] = {
    "situation": "Situação",
    "uf": "UF de custódia",
    "regime": "Regime",
    "sex": "Sexo",
    "kind": "Tipo de pessoa",
}

# Situation → words, tone and icon of its tag.
_SITUATIONS: Final[Mapping[str, tuple[str, str, str]]] = {
    State.CUSTODY: ("Custodiado", "ok", ""),
    State.TRANSIT: ("Em saída temporária", "info", ""),
    State.TRANSFERRED: ("Em transferência", "info", ""),
    State.RELEASED: ("Egresso", "neutral", ""),
    State.FUGITIVE: ("Foragido", "danger", "exclamation-triangle"),
    State.DEAD: ("Óbito", "neutral", ""),
    State.CONFLICT: ("Situação em conflito", "warn", "exclamation-triangle"),
    State.UNKNOWN: ("Situação não informada", "outline", ""),
    State.NEVER: ("Sem passagem", "outline", ""),
}


def situation_tag(code: str) -> dict[str, str] | None:
    """The tag of a situation (templates/components/tag.html), or None for none."""
    if not code:
        return None
    text, tone, icon = _SITUATIONS.get(code, (code, "neutral", ""))
    return {"label": text, "tone": tone, "icon": icon}


def of(facet: str, value: str) -> str:
    """A facet's value in words."""
    return _WORDS[facet](value)


def _situation(code: str) -> str:
    return _SITUATIONS[code][0] if code in _SITUATIONS else code


def _kind(code: str) -> str:
    return str(RecordKind(code).label) if code in RecordKind.values else code


_WORDS: Final[Mapping[str, Callable[[str], str]]] = {
    "situation": _situation,
    "uf": str,
    "regime": lambda code: str(labels.label("regime", code)),
    "sex": lambda code: str(labels.label("sexo", code)),
    "kind": _kind,
}
