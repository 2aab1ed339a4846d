"""Files that leave the platform: their SHA-256 is in the audit before their first byte leaves."""

import hashlib
from dataclasses import replace
from typing import Any

from consulta import rendering
from consulta.access import Access, Shown
from consulta.models import IssuedFile


def issue(
    access: Access, content: bytes, content_type: str, name: str, *, shown: Shown, **detail: Any
) -> rendering.Disclosed:
    """The file as an attachment, disclosed with its digest, which then can be looked up."""
    digest = hashlib.sha256(content).hexdigest()
    told = replace(shown, extra={**shown.extra, **detail, "sha256": digest})
    answer = rendering.file(access, content, content_type, shown=told)
    IssuedFile.objects.create(sha256=digest, event=answer.receipt.event)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def events_of(digest: str) -> list[int]:
    """The events that tell of a file with this digest, the latest first."""
    return list(IssuedFile.objects.filter(sha256=digest).values_list("event", flat=True)[:20])
