"""The table of sources: one line each, summed up above, narrowed and sorted as asked."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final
from urllib.parse import urlencode

from django.urls import reverse

from ingestion.health import AlertLine, SourceHealth
from ingestion.models import Rule
from ingestion.screens.present.endings import agreement_end, ending
from ingestion.screens.present.runs import when
from ingestion.screens.present.states import TROUBLE, WORDS, State, state_of
from senappen.lib.wording import ago, tag, thousands

NEVER: Final = datetime.min.replace(tzinfo=UTC)
FAR: Final = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Line:
    """A source and its state."""

    health: SourceHealth
    state: State

    @property
    def certificate(self) -> datetime | None:
        return min((seen.expires_at for seen in self.health.certificates), default=None)

    @property
    def rejected(self) -> int:
        return self.health.open_rejections + self.health.waiting_rejections

    @property
    def rows(self) -> int:
        return self.health.last_good.read if self.health.last_good else 0


SORTS: Final[dict[str, Callable[[Line], Any]]] = {
    "estado": lambda line: line.health.origin,
    "situacao": lambda line: list(State).index(line.state),
    "carga": lambda line: line.health.loaded_at or NEVER,
    "linhas": lambda line: line.rows,
    "quarentena": lambda line: line.rejected,
    "regra": lambda line: line.health.rule,
    "certificado": lambda line: line.certificate or FAR,
    "acordo": lambda line: line.health.agreement.ends_on.toordinal() if line.health.agreement else 0,
}
HEADINGS: Final = {
    "estado": "Estado",
    "situacao": "Situação",
    "carga": "Última carga",
    "linhas": "Linhas",
    "quarentena": "Em quarentena",
    "regra": "Regra",
    "certificado": "Certificado até",
    "acordo": "Acordo até",
}
NUMBERS: Final = {"linhas", "quarentena"}


def lines(found: Iterable[SourceHealth]) -> list[Line]:
    """Every source with its state."""
    return [Line(health, state_of(health)) for health in found]


def narrowed(given: Iterable[Line], asked: dict[str, str]) -> list[Line]:
    """The lines of one state (or of all in trouble) and one rule, sorted."""
    chosen, rule = asked.get("situacao", ""), asked.get("regra", "")
    states = TROUBLE if chosen == "problema" else {chosen}
    kept = [
        line for line in given if (not chosen or line.state in states) and (not rule or str(line.health.rule) == rule)
    ]
    backwards = asked.get("sentido") == "desc"
    return sorted(kept, key=SORTS[asked.get("ordem") or "estado"], reverse=backwards)


def summary(given: Sequence[Line]) -> list[dict[str, Any]]:
    """The figures above the table, over every source the reader sees."""
    states = Counter(line.state for line in given)
    trouble = sum(states[state] for state in TROUBLE)
    late = sum(not line.health.fresh for line in given)
    waiting = sum(line.rejected for line in given)
    return [
        _figure("Fontes", len(given)),
        _figure("Em dia", states[State.FRESH], tone="ok" if states[State.FRESH] else ""),
        _figure("Carregando", states[State.RUNNING] + states[State.QUEUED]),
        _figure("Exigem ação", trouble, tone="danger" if trouble else "", url="?situacao=problema" if trouble else ""),
        _figure("Fora do prazo", late, tone="warn" if late else "", detail="dados mais velhos que o combinado"),
        _figure("Pausadas", states[State.PAUSED]),
        _figure("Linhas em quarentena", waiting, tone="warn" if waiting else ""),
    ]


def rows(given: Iterable[Line], now: datetime) -> list[dict[str, Any]]:
    """The lines as the table prints them."""
    return [_row(line, now) for line in given]


def headings(asked: dict[str, str]) -> list[dict[str, Any]]:
    """The columns; each sorts by itself, the one in force the other way round."""
    by, backwards = asked.get("ordem") or "estado", asked.get("sentido") == "desc"
    kept = {key: asked[key] for key in ("situacao", "regra") if asked.get(key)}
    columns = []
    for key, label in HEADINGS.items():
        way = {"sentido": "desc"} if key == by and not backwards else {}
        order = "descending" if backwards else "ascending"
        columns.append(
            {
                "label": label,
                "number": key in NUMBERS,
                "sorted": order if key == by else "",
                "url": f"?{urlencode({**kept, 'ordem': key, **way})}",
            }
        )
    return columns


def alerts(given: Iterable[Line], general: Iterable[AlertLine]) -> list[dict[str, Any]]:
    """Open alerts, those of the platform first, then the newest."""
    own = [(line.health, alert) for line in given for alert in line.health.alerts]
    own.sort(key=lambda pair: pair[1].opened_at, reverse=True)
    told = [alert_line(alert) for alert in general]
    return told + [{**alert_line(alert), **_named(health)} for health, alert in own]


def alert_line(alert: AlertLine) -> dict[str, Any]:
    """One open alert."""
    return {
        "kind": alert.kind.label,
        "text": alert.text,
        "since": when(alert.opened_at),
        "acknowledged_by": alert.acknowledged_by,
        "name": "",
        "url": "",
    }


def _row(line: Line, now: datetime) -> dict[str, Any]:
    health, good, words = line.health, line.health.last_good, WORDS[line.state]
    late = not health.fresh and line.state not in {State.LATE, State.NEVER}
    return {
        **_named(health),
        "code": health.origin,
        "state": tag(*words),
        "late": tag("fora do prazo", "warn", "clock") if late else None,
        "cause": cause(health, line.state),
        "loaded": when(health.loaded_at),
        "age": ago(health.loaded_at, now) if health.loaded_at else "sem carga",
        "rows": good.read if good else None,
        "changes": f"{thousands(changes(good))} com mudança" if good else "",
        "rejected": line.rejected,
        "rejected_url": reverse("ingestion:quarantine", args=[health.origin]),
        "rule": health.rule,
        "rule_words": Rule(health.rule).label.split(" · ")[-1],
        "certificate": ending(line.certificate, now),
        "agreement": agreement_end(health),
        "next": when(health.next_at),
    }


def changes(load: Any) -> int:
    """Rows of a load that changed something."""
    return sum(view.new + view.changed + view.removed for view in load.views)


def cause(health: SourceHealth, state: State) -> str:
    """Why a source is as it is, in a sentence; empty where its state says all."""
    match state:
        case State.PAUSED:
            return health.pause.reason if health.pause else ""
        case State.BREAKER:
            return health.breaker.cause if health.breaker else ""
        case State.STOPPED | State.ASKING:
            return health.latest.cause if health.latest else ""
        case State.BLOCKED:
            return health.refusal
        case _:
            return ""


def _named(health: SourceHealth) -> dict[str, str]:
    return {"name": health.origin_name, "url": reverse("ingestion:source", args=[health.origin])}


def _figure(label: str, value: int, *, tone: str = "", detail: str = "", url: str = "") -> dict[str, Any]:
    return {"label": label, "value": thousands(value), "tone": tone, "detail": detail, "url": url}
