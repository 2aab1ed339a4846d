"""A mapping, its versions and a dry run as their pages print them."""

from collections import Counter
from difflib import SequenceMatcher
from typing import Any, Final

from django.urls import reverse
from django.utils import timezone

from ingestion.contract import VIEWS
from ingestion.mapping.reading import MappingError
from ingestion.models import MappingVersion, Rereading, Source
from ingestion.services.dry_run import Cell, DryRun, Row
from senappen.lib.wording import moment, tag

EXAMPLES: Final = 3
# Unchanged lines shown around each difference.
AROUND: Final = 3


def problems(error: MappingError, text: str) -> list[dict[str, Any]]:
    """What is wrong with a file, each with its line and what stands there."""
    lines = text.splitlines()
    return [
        {"line": line, "sentence": sentence, "quoted": lines[line - 1].strip() if line and line <= len(lines) else ""}
        for sentence, line in zip(error.problems, error.lines, strict=True)
    ]


def version(found: MappingVersion, source: Source) -> dict[str, Any]:
    """One version in the list."""
    return {
        "number": found.number,
        "created": moment(timezone.localtime(found.created_at)),
        "by": found.created_by.username if found.created_by else "processo automático",
        "sha256": found.sha256[:12],
        "used": found.pk == source.mapping_id,
        "url": reverse("ingestion:mapping-version", args=[source.origin.code, found.number]),
    }


def rereading(one: Rereading) -> dict[str, Any]:
    """One view read again."""
    return {
        "view": one.view,
        "mapping": one.mapping.number,
        "examined": one.examined,
        "changed": one.changed,
        "rejected": one.rejected,
        "unfaithful": one.unfaithful,
        "created": moment(timezone.localtime(one.created_at)),
        "status": tag("Concluída", "ok") if one.finished_at else tag("Em andamento", "info"),
    }


def difference(old: str, new: str) -> list[dict[str, Any]]:
    """Lines taken out (`-`), put in (`+`) and around them; a line with kind `…` stands for those left out."""
    before, after = old.splitlines(), new.splitlines()
    shown: list[dict[str, Any]] = []
    for group in SequenceMatcher(None, before, after, autojunk=False).get_grouped_opcodes(AROUND):
        if shown or group[0][1] > 0:
            shown.append({"kind": "…", "text": "", "old": None, "new": None})
        for op, i1, i2, j1, j2 in group:
            if op == "equal":
                shown += [_line(" ", before[i], i + 1, i - i1 + j1 + 1) for i in range(i1, i2)]
                continue
            shown += [_line("-", before[i], i + 1, None) for i in range(i1, i2)]
            shown += [_line("+", after[j], None, j + 1) for j in range(j1, j2)]
    return shown


def result(tried: DryRun) -> dict[str, Any]:
    """A dry run: counts, each field with examples, each row; rejected rows first."""
    rows = sorted(tried.rows, key=lambda row: not row.reasons)
    return {
        "view": tried.view,
        "description": VIEWS[tried.view].description,
        "total": len(tried.rows),
        "accepted": tried.accepted,
        "rejected": tried.rejected,
        "reasons": [{"sentence": sentence, "count": count} for sentence, count in tried.reasons.most_common()],
        "unmapped": [{"field": f, "code": code, "count": count} for (f, code), count in tried.unmapped.most_common()],
        "never_informed": tried.never_informed,
        "not_mapped": tried.not_mapped,
        "fields": _fields(tried),
        "rows": [_row(row) for row in rows],
    }


def _line(kind: str, text: str, old: int | None, new: int | None) -> dict[str, Any]:
    return {"kind": kind, "text": text, "old": old, "new": new}


def _fields(tried: DryRun) -> list[dict[str, Any]]:
    columns: dict[str, list[Cell]] = {}
    for row in tried.rows:
        for cell in row.cells:
            columns.setdefault(cell.field, []).append(cell)
    return [_field(name, cells) for name, cells in columns.items()]


def _field(name: str, cells: list[Cell]) -> dict[str, Any]:
    pairs = Counter((cell.raw, cell.mapped) for cell in cells if cell.changed)
    return {
        "name": name,
        "column": cells[0].column,
        "informed": sum(cell.mapped is not None for cell in cells),
        "changed": sum(cell.changed for cell in cells),
        "faults": sum(bool(cell.fault) for cell in cells),
        "unmapped": sum(cell.unmapped for cell in cells),
        "examples": [{"raw": raw, "mapped": mapped} for (raw, mapped), _ in pairs.most_common(EXAMPLES)],
    }


def _row(row: Row) -> dict[str, Any]:
    return {
        "number": row.number,
        "key": row.key,
        "reasons": row.reasons,
        "cells": row.cells,
        "status": tag("Seria rejeitada", "danger") if row.reasons else tag("Aceita", "ok"),
    }
