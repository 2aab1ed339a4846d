"""Words of the search's facets and tags."""

from collections.abc import Callable, Mapping
from typing import Final

from consulta.profile.present.state import TONES, WORDS
from consulta.wording import KINDS
from registry import labels
from registry.models import RecordKind, Situation
from registry.selectors.people.situation import State
from senappen.lib.wording import tag

TITLES: Final[Mapping[str, str]] = {
    "situation": "Situação",
    "uf": "UF de custódia",
    "regime": "Regime",
    "modality": "Modalidade de custódia",
    "sex": "Sexo",
    "kind": "Tipo de pessoa",
}


# The profile's words and tones; a list needs a short word for who was never a prisoner.
_STATES: Final[Mapping[str, State]] = {
    Situation.CUSTODY: State.CUSTODY,
    Situation.TRANSIT: State.TRANSIT,
    Situation.FUGITIVE: State.FUGITIVE,
    Situation.RELEASED: State.RELEASED,
    Situation.DEAD: State.DEAD,
    Situation.NONE: State.NEVER,
}


def situation_tag(code: str) -> dict[str, str] | None:
    """The tag of a situation (templates/components/tag.html); None for who was never a prisoner."""
    if code not in _STATES or code == Situation.NONE:
        return None
    return tag(WORDS[_STATES[code]], *TONES[_STATES[code]])


def of(facet: str, value: str) -> str:
    """A facet's value in words."""
    return _WORDS[facet](value)


def _situation(code: str) -> str:
    if code == Situation.NONE:
        return Situation.NONE.label
    return WORDS[_STATES[code]] if code in _STATES else code


def _kind(code: str) -> str:
    return KINDS[RecordKind(code)] if code in RecordKind.values else code


_WORDS: Final[Mapping[str, Callable[[str], str]]] = {
    "situation": _situation,
    "uf": str,
    "regime": lambda code: str(labels.label("regime", code)),
    "modality": lambda code: str(labels.label("modalidade_custodia", code)),
    "sex": lambda code: str(labels.label("sexo", code)),
    "kind": _kind,
}
