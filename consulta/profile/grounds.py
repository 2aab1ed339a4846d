"""Why a lawyer's profile is opened. Lawyers have prerogatives (Lei 8.906/1994, art. 7): whoever looks says why, once
for each lawyer and purpose, and every look of theirs is recorded with it. Programs say it with each request."""

import uuid
from collections.abc import Mapping
from typing import Final
from urllib.parse import unquote

from django import forms
from django.http import HttpRequest

from consulta import inquiries
from consulta.models import InquiryKind
from credentialing.models import Purpose
from credentialing.services import purposes
from registry.selectors.people.subject import Subject

HEADER: Final = "X-Reason"
SHORTEST: Final = 15
LONGEST: Final = 500
# In the session: the lawyer's id → the inquiry that keeps the reason. Of so many lawyers at most.
SESSION_KEY: Final = "lawyer_reasons"
MOST_KEPT: Final = 50


class ReasonRequired(Exception):
    """The person is a lawyer, and nobody has said why their profile is to be opened."""

    def __init__(self, public_id: uuid.UUID) -> None:
        super().__init__()
        self.public_id = public_id


class GroundsForm(forms.Form):
    """The reason. Stays in the audit, and in no address."""

    reason = forms.CharField(
        label="Motivo",
        min_length=SHORTEST,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off", "spellcheck": "false"}),
        help_text="Fatos que justificam abrir a ficha de um advogado: fica na auditoria, com o seu nome.",
        error_messages={
            "required": "Escreva o fato que justifica a consulta.",
            "min_length": "Escreva ao menos 15 caracteres: o fato que justifica a consulta.",
        },
    )


def given(request: HttpRequest, person: uuid.UUID) -> dict[str, str]:
    """The reason said for this person under the open purpose, as the audit records it; empty if there is none."""
    said = unquote(request.headers.get(HEADER, "")).strip()
    if len(said) < SHORTEST:
        said = _kept(request, person)
    return {"reason": said[:LONGEST]} if said else {}


def require(subject: Subject, asked: Mapping[str, object]) -> None:
    """Raises ReasonRequired for a lawyer when what is asked carries no reason."""
    if subject.lawyers and "reason" not in asked:
        raise ReasonRequired(subject.public_id)


def keep(request: HttpRequest, person: uuid.UUID, reason: str, purpose: Purpose) -> None:
    """Remember the reason, encrypted, for as long as the purpose is open."""
    inquiry = inquiries.keep(InquiryKind.LAWYERS, {"person": str(person), "reason": reason}, purpose)
    known = {**request.session.get(SESSION_KEY, {}), str(person): str(inquiry.pk)}
    request.session[SESSION_KEY] = dict(list(known.items())[-MOST_KEPT:])


def _kept(request: HttpRequest, person: uuid.UUID) -> str:
    pk = request.session.get(SESSION_KEY, {}).get(str(person))
    purpose = purposes.current(request) if pk else None
    if purpose is None:
        return ""
    inquiry = inquiries.open_inquiry(uuid.UUID(pk), InquiryKind.LAWYERS, purpose)
    return str(inquiry.told["reason"]) if inquiry else ""
