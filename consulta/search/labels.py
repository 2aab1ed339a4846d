"""Words of the search's facets and tags."""

from collections.abc import Callable, Mapping
from typing import Final

from consulta.profile.present.state import TONES, WORDS
from consulta.wording import KINDS, tag
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


_STATES: Final = frozenset(state.value for state in State)


def situation_tag(code: str) -> dict[str, str] | None:
    """The tag of a situation (templates/components/tag.html), or None for none."""
    if not code:
        return None
    if code not in _STATES:
        return tag(code)
    return tag(WORDS[State(code)], *TONES[State(code)])


def of(facet: str, value: str) -> str:
    """A facet's value in words."""
    return _WORDS[facet](value)


def _situation(code: str) -> str:
    return WORDS[State(code)] if code in _STATES else code


def _kind(code: str) -> str:
    return KINDS[RecordKind(code)] if code in RecordKind.values else code


_WORDS: Final[Mapping[str, Callable[[str], str]]] = {
    "situation": _situation,
    "uf": str,
    "regime": lambda code: str(labels.label("regime", code)),
    "sex": lambda code: str(labels.label("sexo", code)),
    "kind": _kind,
}
