"""One page of what a model was measured to be: tables and inline SVG, nothing from anywhere else."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any, Final

_STYLE: Final = """body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}
table{border-collapse:collapse;margin:1rem 0}th,td{padding:.2rem .8rem;border-bottom:1px solid #ccc;text-align:right}
th:first-child,td:first-child{text-align:left}svg{max-width:100%;height:auto}"""
_SUMMARY: Final = {
    "records": "registros", "true_pairs": "pares verdadeiros", "precision": "precisão dos unidos sem pessoa",
    "recall": "revocação dos unidos sem pessoa", "found": "achados, com a revisão", "b3_f1": "B³ F1",
    "persons_exact": "pessoas exatas", "mixed_per_10000": "pessoas misturadas por 10.000",
    "twin_pairs": "pares de gêmeos",
    "twins_joined": "gêmeos unidos", "review_share": "pares à revisão por registro",
    "blocking_ceiling": "pares verdadeiros comparados", "calibration_error": "erro de calibração",
}  # fmt: skip
_TABLES: Final = (
    ("thresholds", "Limiar de união"), ("vetoes", "Vetos: pares detidos e quantos eram a mesma pessoa"),
    ("groups", "Por grupo"), ("weights", "Pesos do modelo"),
)  # fmt: skip
_WIDTH, _HEIGHT, _MARGIN = 640, 320, 48
_LOW, _HIGH = 0, 32  # match weights


def page(version: str, figures: Mapping[str, Any]) -> str:
    """A whole HTML document, in Portuguese, of `evaluation.figures` of one model."""
    summary = [{"medida": label, "valor": figures[key]} for key, label in _SUMMARY.items() if key in figures]
    noise = [{"ruído": label, **found} for label, found in figures.get("recall_by_noise", {}).items()]
    false = [{"o que são": kind, "pares": count} for kind, count in figures.get("false_pairs", {}).items()]
    parts = [
        _table("Medidas", summary), _calibration(figures.get("calibration", [])), _table("Pares errados", false),
        *(_table(title, figures.get(key, [])) for key, title in _TABLES), _table("Por classe de ruído", noise),
    ]  # fmt: skip
    title = f"Modelo de correspondência {escape(version)}"
    return (
        f'<!doctype html><html lang="pt-BR"><head><meta charset="utf-8"><title>{title}</title>'
        f"<style>{_STYLE}</style></head><body><h1>{title}</h1>{''.join(parts)}</body></html>\n"
    )


def _table(title: str, rows: Sequence[Mapping[str, Any]]) -> str:
    if not rows:
        return ""
    head = "".join(f"<th>{escape(str(column))}</th>" for column in rows[0])
    body = "".join(
        "<tr>" + "".join(f"<td>{escape(_shown(value))}</td>" for value in row.values()) + "</tr>" for row in rows
    )
    return f"<h2>{escape(title)}</h2><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _shown(value: object) -> str:
    return "–" if value is None else f"{value:.6g}".replace(".", ",") if isinstance(value, float) else str(value)


def _calibration(bands: Sequence[Mapping[str, Any]]) -> str:
    """Predicted (line) and observed (dots, larger with more pairs) shares of true pairs by match weight."""
    shown = [band for band in bands if _LOW <= band["from"] <= _HIGH]
    if not shown:
        return ""
    line = " ".join(f"{_x(band['from'] + 1):.1f},{_y(band['predicted']):.1f}" for band in shown)
    dots = "".join(
        f'<circle cx="{_x(band["from"] + 1):.1f}" cy="{_y(band["observed"]):.1f}" r="{3 + len(str(band["pairs"]))}">'
        f"<title>peso desde {band['from']}: {band['pairs']} pares, {_shown(band['observed'])}</title></circle>"
        for band in shown
    )
    return (
        "<h2>Calibração</h2><p>Linha: parte de pares verdadeiros que o peso prevê. Pontos: a que há.</p>"
        f'<svg viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" aria-label="calibração">{_axes()}'
        f'<polyline points="{line}" fill="none" stroke="#555" stroke-width="2"/><g fill="#0b5cad">{dots}</g></svg>'
        + _table("", [dict(band) for band in shown]).replace("<h2></h2>", "")
    )


def _axes() -> str:
    ticks = "".join(
        f'<text x="{_x(weight):.0f}" y="{_HEIGHT - 16}" text-anchor="middle">{weight}</text>'
        for weight in range(_LOW, _HIGH + 1, 4)
    ) + "".join(
        f'<text x="{_MARGIN - 8}" y="{_y(share) + 5:.0f}" text-anchor="end">{share:.2f}</text>'
        for share in (0, 0.25, 0.5, 0.75, 1)
    )
    frame = f'<path d="M{_MARGIN} {_y(1)}V{_y(0)}H{_WIDTH - 16}" fill="none" stroke="#999"/>'
    return f'<g font-size="13" fill="#333">{ticks}</g>{frame}'


def _x(weight: float) -> float:
    return _MARGIN + (weight - _LOW) / (_HIGH - _LOW) * (_WIDTH - _MARGIN - 16)


def _y(share: float) -> float:
    return _HEIGHT - _MARGIN - share * (_HEIGHT - 2 * _MARGIN + 16)
