"""The audit after a campaign, read and verified as an auditor does it, with what was signed and handed out."""

from pathlib import Path

from audit import checkpoints
from audit_verify.check import check
from audit_verify.database import opened
from audit_verify.encoding import Event, Link
from audit_verify.statements import split
from senappen import servers


def read(folder: Path) -> tuple[list[Link], int, list[str]]:
    """Every linked event, how many checkpoints lie outside in `folder`, and what is wrong, in words."""
    outside = [text for file in sorted(folder.glob("*.txt")) for text in split(file.read_text())]
    with opened(servers.postgres().url(user=servers.AUDITOR_ROLE, name=servers.DATABASE_NAME)) as base:
        items: list[str | Event | Link] = [*base.checkpoints(), *base.retirements(), *base.orphans(), *base.links()]
    report = check(items, outside, [checkpoints.signing_key().public_key()])
    return [item for item in items if isinstance(item, Link)], len(outside), [str(wrong) for wrong in report.wrong]
