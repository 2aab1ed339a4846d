"""From candidates to what the templates print."""

from typing import Any, Final

from consulta.crossing.present import brief
from registry.selectors.missing import Agreement, Candidates, MissingSeen
from senappen.lib.paging import pages
from senappen.lib.wording import count, tag

_TITLES: Final = {
    Agreement.AGREES: "Concorda",
    Agreement.COMPATIBLE: "Compatível",
    Agreement.CONTRADICTS: "Contradiz",
}


def answer(found: Candidates, base: str) -> dict[str, Any]:
    """The context of `_candidates.html`, for the answer at the address `base`."""
    return {
        "base": base,
        "total": count(found.total, "pessoa a conferir", "pessoas a conferir"),
        "compared": count(found.compared, "cadastro comparado", "cadastros comparados"),
        "cut": found.cut,
        "late": ", ".join(source.code for source in found.late),
        "rows": [_row(row) for row in found.rows],
        "pages": pages(found.page, found.pages, lambda number: f"{base}?pagina={number}"),
    }


def _row(seen: MissingSeen) -> dict[str, Any]:
    return {
        "person": brief(seen.person),
        "tag": tag("não identificada", "warn") if seen.unidentified else None,
        "marks": "; ".join(seen.marks),
        "clues": [
            {"title": title, "tone": agreement.value, "texts": texts}
            for agreement, title in _TITLES.items()
            if (texts := [clue.text for clue in seen.clues if clue.agreement is agreement])
        ],
    }
