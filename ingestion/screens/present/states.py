"""In which state a source is, in one word: what a person has to know first comes first."""

from enum import StrEnum
from typing import NamedTuple

from ingestion.health import SourceHealth
from ingestion.models import BreakerState, LoadStatus
from ingestion.models.load import ASKING


class State(StrEnum):
    """The states of a source. The value stands in the address of the filtered list."""

    PAUSED = "pausada"
    ASKING = "confirmacao"
    BREAKER = "disjuntor"
    RUNNING = "carregando"
    QUEUED = "fila"
    STOPPED = "interrompida"
    BLOCKED = "impedida"
    NEVER = "sem-carga"
    LATE = "atrasada"
    FRESH = "em-dia"


class Words(NamedTuple):
    """How a state is told: label, tone and icon of its tag."""

    label: str
    tone: str
    icon: str


WORDS: dict[State, Words] = {
    State.PAUSED: Words("Pausada", "neutral", "ban"),
    State.ASKING: Words("Pede confirmação", "warn", "exclamation-triangle"),
    State.BREAKER: Words("Disjuntor aberto", "danger", "exclamation-circle"),
    State.RUNNING: Words("Carregando", "info", "sync-alt"),
    State.QUEUED: Words("Na fila", "info", "clock"),
    State.STOPPED: Words("Interrompida", "danger", "exclamation-circle"),
    State.BLOCKED: Words("Impedida", "danger", "lock"),
    State.NEVER: Words("Sem carga", "neutral", "clock"),
    State.LATE: Words("Atrasada", "warn", "clock"),
    State.FRESH: Words("Em dia", "ok", "check-circle"),
}
# The ones in which nothing comes in until somebody acts.
TROUBLE = frozenset({State.ASKING, State.BREAKER, State.STOPPED, State.BLOCKED})
_OF_LOAD = {
    LoadStatus.RUNNING: State.RUNNING,
    LoadStatus.QUEUED: State.QUEUED,
    LoadStatus.STOPPED: State.STOPPED,
}


def state_of(health: SourceHealth) -> State:
    """The first that holds, in the order of the list above."""
    latest = health.latest
    if not health.enabled:
        return State.PAUSED
    if latest and latest.status is LoadStatus.STOPPED and any(view.state in ASKING for view in latest.views):
        return State.ASKING
    if health.breaker and health.breaker.state is BreakerState.OPEN:
        return State.BREAKER
    if latest and latest.status in _OF_LOAD:
        return _OF_LOAD[latest.status]
    if health.refusal:
        return State.BLOCKED
    if health.loaded_at is None:
        return State.NEVER
    return State.FRESH if health.fresh else State.LATE
