"""The report of a check: counts and sentences, as JSON to be signed, as text for a terminal, as a page to print."""

from collections import Counter
from dataclasses import asdict, dataclass, field
from datetime import datetime
from html import escape
from typing import Any

from ingestion.conformity.checks import informed, unreadable
from ingestion.conformity.findings import FAILING, WORDS, Finding, Json, Verdict
from ingestion.conformity.sample import Sample
from ingestion.contract import VERSION

FORMAT = 1


@dataclass(frozen=True)
class ViewReport:
    """Counts of one view's sample. `fields` is field → rows with a value, rows whose value could not be read."""

    rows: int
    whole: bool
    seconds: float
    first_seconds: float
    fields: dict[str, dict[str, int]]

    @classmethod
    def of(cls, sample: Sample, seconds: float) -> "ViewReport":
        piece = sample.latest or sample.oldest
        fields = {
            name: {"informed": informed(sample, name), "unreadable": unreadable(sample, name)}
            for name in sample.reader.positions
            if name in sample.columns
        }
        return cls(sample.count, sample.whole, round(seconds, 2), round(piece.seconds, 2), fields)


@dataclass
class Report:
    """What a check found. `rows` is how many were asked for at each of the two places of a view."""

    origin: str
    rule: int
    dialect: str
    mapping: str
    rows: int
    checked_at: datetime
    views: dict[str, ViewReport] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    @property
    def passed(self) -> bool:
        return not any(finding.verdict in FAILING for finding in self.findings)

    @property
    def counts(self) -> dict[str, int]:
        """How many findings of each verdict."""
        found = Counter(finding.verdict for finding in self.findings)
        return {verdict.value: found[verdict] for verdict in Verdict}

    def as_json(self) -> Json:
        """Counts, names of views and fields, and sentences; never a value of a row."""
        return {
            "format": FORMAT,
            "contract": VERSION,
            "origin": self.origin,
            "rule": self.rule,
            "dialect": self.dialect,
            "mapping_sha256": self.mapping,
            "sampled_rows": self.rows,
            "checked_at": self.checked_at.isoformat(timespec="seconds"),
            "passed": self.passed,
            "counts": self.counts,
            "views": {name: asdict(view) for name, view in self.views.items()},
            "findings": [finding.as_json() for finding in self.findings],
        }


def as_text(report: Json) -> str:
    """For a terminal: the findings by view, the failing ones first, then the tally."""
    lines = [_title(report)]
    for name in [*report["views"], *_others(report)]:
        lines.append(f"\n{name or 'fonte'}{_measure(report['views'].get(name))}")
        found = [finding for finding in report["findings"] if finding["view"] == name]
        lines += [f"  {_word(finding)}: {_sentence(finding)}" for finding in sorted(found, key=_weight)]
        if not found:
            lines.append("  nada a corrigir")
    return "\n".join([*lines, "", _tally(report)]) + "\n"


def as_html(report: Json, signature: Json | None = None) -> str:
    """A page that stands alone, without scripts or styles, for printing and filing."""
    parts = [
        '<!doctype html>\n<html lang="pt-BR"><head><meta charset="utf-8">',
        f"<title>{_title(report)}</title></head><body><h1>{escape(_title(report))}</h1><p>{escape(_tally(report))}</p>",
        "<table border><thead><tr><th>visão</th><th>campo</th><th>resultado</th><th>o que se viu</th>"
        "<th>o que fazer</th></tr></thead><tbody>",
    ]
    for finding in sorted(report["findings"], key=_weight):
        cells = (finding["view"], finding["field"], _word(finding), _seen(finding), finding["remedy"])
        parts.append("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in cells) + "</tr>")
    parts.append("</tbody></table><h2>Visões lidas</h2><table border><thead><tr><th>visão</th><th>linhas</th>"
                 "<th>campo</th><th>preenchido</th><th>ilegível</th></tr></thead><tbody>")  # fmt: skip
    for name, view in report["views"].items():
        for field_name, counted in view["fields"].items():
            cells = (name, str(view["rows"]), field_name, str(counted["informed"]), str(counted["unreadable"]))
            parts.append("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in cells) + "</tr>")
    signed = "Sem assinatura."
    if signature:
        signed = f"Assinatura Ed25519 da chave {signature['key_id']}; confira-a no arquivo JSON."
    return "\n".join([*parts, f"</tbody></table><p>{escape(signed)}</p></body></html>\n"])


def _title(report: Json) -> str:
    return f"Verificação de {report['origin']}, regra {report['rule']}, em {report['checked_at']}"


def _tally(report: Json) -> str:
    found = ", ".join(f"{WORDS[Verdict(name)]} {count}" for name, count in report["counts"].items())
    return f"{'Aprovado' if report['passed'] else 'Reprovado'}: {found}."


def _others(report: Json) -> list[str]:
    """What has findings but no sample, the source itself last."""
    names = dict.fromkeys(finding["view"] for finding in report["findings"])
    return sorted((name for name in names if name not in report["views"]), reverse=True)


def _measure(view: Json | None) -> str:
    if view is None:
        return ""
    extent = "todas as linhas" if view["whole"] else "amostra"
    return f" ({view['rows']} linhas, {extent}; {view['first_seconds']} s até as primeiras)"


def _word(finding: Json) -> str:
    return WORDS[Verdict(finding["verdict"])]


def _seen(finding: Json) -> str:
    rows = f" ({finding['count']} de {finding['total']})" if finding["total"] else ""
    return f"{finding['said']}{rows}"


def _sentence(finding: Json) -> str:
    place = f"{finding['field']}: " if finding["field"] else ""
    return f"{place}{_seen(finding)}. {finding['remedy']}".rstrip()


def _weight(finding: Json) -> tuple[Any, ...]:
    return (list(Verdict).index(Verdict(finding["verdict"])), finding["view"], finding["field"])
