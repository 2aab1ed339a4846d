"""What a check says."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

Json = dict[str, Any]


class Verdict(StrEnum):
    """What was found. The first three fail a source; the others inform."""

    MISSING = "missing"
    WRONG = "wrong"
    SLOW = "slow"
    NOTICE = "notice"
    UNVERIFIED = "unverified"


FAILING = frozenset({Verdict.MISSING, Verdict.WRONG, Verdict.SLOW})
WORDS = {
    Verdict.MISSING: "FALTA",
    Verdict.WRONG: "ERRADO",
    Verdict.SLOW: "LENTO",
    Verdict.NOTICE: "aviso",
    Verdict.UNVERIFIED: "não verificado",
}


@dataclass(frozen=True)
class Finding:
    """One thing found, and its remedy, sentences in pt-BR. Without a view it is of the whole source.

    `count` of `total` rows of the sample have it, where rows are what it is about. Never holds a row's values.
    """

    check: str
    verdict: Verdict
    said: str
    remedy: str = ""
    view: str = ""
    field: str = ""
    count: int = 0
    total: int = 0

    def as_json(self) -> Json:
        return {
            "check": self.check, "verdict": self.verdict.value, "view": self.view, "field": self.field,
            "count": self.count, "total": self.total, "said": self.said, "remedy": self.remedy,
        }  # fmt: skip
