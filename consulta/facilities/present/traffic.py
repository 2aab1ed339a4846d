"""Who came, who left, who visited."""

from typing import Any

from consulta.wording import named
from registry.selectors.units.attendances import AttendanceSeen, UnitAttendances
from registry.selectors.units.flow import Flow, Passage
from registry.selectors.units.visits import UnitVisits, VisitSeen
from senappen.lib.wording import moment


def entered_card(flow: Flow) -> dict[str, Any]:
    """Who came, from where."""
    return {"rows": [_passage(row, "entry", "de") for row in flow.entered], "total": flow.total_entered}


def left_card(flow: Flow) -> dict[str, Any]:
    """Who left, to where."""
    return {"rows": [_passage(row, "exit", "para") for row in flow.left], "total": flow.total_left}


def kinds_card(flow: Flow) -> dict[str, Any]:
    """How many movements of each kind."""
    return {"rows": [{"kind": str(kind), "count": number} for kind, number in flow.kinds]}


def visits_card(found: UnitVisits) -> dict[str, Any]:
    """Who visited whom."""
    rows = [_visit(visit) for visit in found.rows]
    return {"total": found.total, "shown": len(found.rows), "inside": found.inside, "rows": rows}


def inside_card(found: UnitVisits) -> dict[str, Any]:
    """The visitors who are not known to have left."""
    return {"inside": found.inside, "rows": [_visit(visit) for visit in found.rows if visit.inside]}


def attendances_card(found: UnitAttendances) -> dict[str, Any]:
    """Which lawyers came that day."""
    rows = [_attendance(row) for row in found.rows]
    return {"total": found.total, "shown": len(found.rows), "inside": found.inside, "rows": rows}


def _visit(visit: VisitSeen) -> dict[str, Any]:
    return {
        "visitor": named(visit.visitor),
        "prisoner": named(visit.prisoner),
        "kind": str(visit.kind),
        "entered": moment(visit.entered_at),
        "left": f"{visit.left_at:%H:%M}" if visit.left_at else "",
        "inside": visit.inside,
    }


def _attendance(row: AttendanceSeen) -> dict[str, Any]:
    return {
        "lawyer": named(row.lawyer),
        "prisoner": named(row.prisoner),
        "entered": moment(row.entered_at),
        "left": f"{row.left_at:%H:%M}" if row.left_at else "",
        "inside": row.inside,
    }


def _passage(row: Passage, tone: str, preposition: str) -> dict[str, str]:
    return {
        **named(row.person),
        "date": f"{row.at:%d/%m %H:%M}",
        "date_iso": row.at.isoformat(),
        "reason": str(row.kind),
        "destination": f"{preposition} {row.other}" if row.other else "",
        "late": f"lançada só em {moment(row.registered_at)}" if row.untold else "",
        "tone": "warn" if row.temporary else tone,
    }
