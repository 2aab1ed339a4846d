"""What a person's records have beside their columns: other names, documents, marks, photographs; read together."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Final, NamedTuple

from registry.models import Record
from registry.selectors.sql import select


class PaperKind(StrEnum):
    """The table a paper comes from."""

    NAME = "name"
    DOCUMENT = "document"
    MARK = "mark"
    PHOTO = "photo"


class Paper(NamedTuple):
    """One row. `code` is its kind in the state's words; of a name `text` is the value, of a document the number, of a
    mark the description, of a photograph the SHA-256. `detail` is a document's number as received or a mark's part of
    the body; `issuer`, `flaw` are a document's; `day` that of issue or of the photograph."""

    paper: PaperKind
    id: int
    origin_id: int
    updated_at: datetime
    code: str
    text: str
    detail: str
    issuer: str
    flaw: str
    day: date | None


Papers = Mapping[PaperKind, Sequence[Paper]]

# One round trip for four tables; of each, as many rows as anybody looks through.
_FEW: Final = 200
_MANY: Final = 1000
_PAPERS: Final = f"""
(SELECT 'name', id, origin_id, origin_updated_at, kind, value, '', '', '', NULL::date FROM registry_recordname
    WHERE record_id = ANY(%(records)s) AND removed_at IS NULL ORDER BY id LIMIT {_FEW})
UNION ALL
(SELECT 'document', id, origin_id, origin_updated_at, kind, number, raw, issuer, flaw, issued_on
    FROM registry_recorddocument WHERE record_id = ANY(%(records)s) AND removed_at IS NULL ORDER BY id LIMIT {_MANY})
UNION ALL
(SELECT 'mark', id, origin_id, origin_updated_at, kind, description, body_part, '', '', NULL FROM registry_mark
    WHERE record_id = ANY(%(records)s) AND removed_at IS NULL ORDER BY id LIMIT {_FEW})
UNION ALL
(SELECT 'photo', id, origin_id, origin_updated_at, position, sha256, '', '', '', taken_on FROM registry_photo
    WHERE record_id = ANY(%(records)s) AND removed_at IS NULL ORDER BY id DESC LIMIT {_FEW})
"""  # noqa: S608 - composed of fixed texts


def papers_of(records: Sequence[Record]) -> Papers:
    """The papers of these records by table: names, documents and marks oldest first, photographs newest first."""
    found: dict[PaperKind, list[Paper]] = defaultdict(list)
    parameters: dict[str, Any] = {"records": [record.pk for record in records]}
    for row in select(Paper, _PAPERS, parameters):
        found[PaperKind(row.paper)].append(row)
    return {kind: tuple(found[kind]) for kind in PaperKind}
