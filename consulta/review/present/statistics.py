"""The statistics of the desk in words."""

from typing import Any, Final

from registry.models import Verdict
from registry.selectors.reviewing.statistics import DAYS, Precision, Statistics
from senappen.lib.wording import day, thousands

_FAMILIES: Final = {"model": "Modelo", "rule": "Regras"}
_VERDICTS: Final = {verdict.value: verdict.label.lower() for verdict in Verdict}


def page(found: Statistics) -> dict[str, Any]:
    """What `consulta/review/statistics.html` prints."""
    return {
        "days": DAYS,
        "closed": thousands(found.closed),
        "pairs": thousands(found.agreement.pairs),
        "raw": percent(found.agreement.raw),
        "kappa": _figure(found.agreement.kappa),
        "reading": _reading(found.agreement.kappa),
        "disagreements": [
            {"first": _VERDICTS[a], "second": _VERDICTS[b], "count": thousands(n)} for a, b, n in found.disagreements
        ],
        "reviewers": [
            {"name": _name(voter), "votes": thousands(votes), "median": _seconds(median)}
            for voter, votes, median in found.reviewers
        ],
        "rows": [
            {"day": day(row.day), "name": _name(row.voter), "votes": row.votes, "median": _seconds(row.median)}
            for row in found.days
        ],
        "precision": [_precision(row) for row in found.precision],
        "repeated": found.repeated if any(found.repeated) else None,
    }


def percent(share: float | None) -> str:
    """`99,3 %`, or a dash."""
    return "—" if share is None else f"{share * 100:.1f}".replace(".", ",") + " %"


def _precision(row: Precision) -> dict[str, Any]:
    bounds = row.interval
    return {
        "family": _FAMILIES.get(row.family, row.family),
        "band": str(row.band),
        "right": row.right,
        "wrong": row.wrong,
        "unsure": row.unsure,
        "waiting": row.waiting,
        "share": percent(row.share),
        "interval": f"{percent(bounds[0])} a {percent(bounds[1])}" if bounds else "—",
    }


def _reading(kappa: float | None) -> str:
    """After Landis and Koch (1977): a convention, not a law."""
    if kappa is None:
        return ""
    scale = ((0.81, "quase perfeita"), (0.61, "substancial"), (0.41, "moderada"), (0.21, "razoável"))
    return next((words for least, words in scale if kappa >= least), "fraca")


def _figure(value: float | None) -> str:
    return "—" if value is None else f"{value:.2f}".replace(".", ",")


def _seconds(value: float | None) -> str:
    return "—" if value is None else f"{value:.1f} s".replace(".", ",")


def _name(voter: str) -> str:
    return voter.partition(":")[2]
