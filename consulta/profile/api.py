"""A person for programs: the same gate, the same parts, in JSON."""

import uuid
from typing import Any, Final

from django.http import HttpResponse
from django.shortcuts import redirect
from drf_spectacular.utils import OpenApiExample, OpenApiResponse, extend_schema
from rest_framework.request import Request
from rest_framework.views import APIView

from audit.events import Channel
from consulta import access as gate
from consulta import rendering
from consulta.access import Action, Shown
from consulta.profile import cards, grounds
from consulta.profile.cards import WHOLE, Section
from consulta.profile.finding import Moved, find
from consulta.profile.linked_serializers import PersonSerializer
from consulta.serializers import PURPOSE, REASON, REFUSALS
from registry.selectors.people.subject import Subject

# Card → the name of its part in the answer. Photographs are among the identity.
PARTS: Final = {
    "identificacao": "identity",
    "situacao": "situation",
    "documentos": "documents",
    "movimentacoes": "movements",
    "visitantes": "visitors",
    "advogados": "lawyers",
    "ligacoes": "links",
    "cruzamentos": "crossings",
    "celas": "cellmates",
    "processos": "cases",
    "rotina": "conduct",
    "achados": "findings",
    "fontes": "sources",
    "comparacao": "comparison",
}

_EXAMPLE: Final = {
    "id": "6b0f3f0e-6f0a-4f57-9a43-0d6f4d2f9c11",
    "identity": {"name": {"text": "JOÃO BATISTA TESTE", "variants": []}, "age": 36, "records": 2, "withdrawn": False},
    "situation": {"state": "custody", "places": [], "step": None, "died_on": None, "contradictions": []},
    "failed": [],
    "receipt": "0f8fad5b-d9cb-469f-a165-70867728950e",
}


class PersonView(APIView):
    """A person: identity, situation, movements and links."""

    @extend_schema(
        operation_id="person",
        summary="Ver uma pessoa",
        parameters=[PURPOSE, REASON],
        responses={
            200: PersonSerializer,
            302: OpenApiResponse(description="A pessoa foi unificada a outra: veja Location"),
            **REFUSALS,
        },
        examples=[OpenApiExample("Pessoa fictícia, resumida", value=_EXAMPLE, response_only=True)],
    )
    def get(self, request: Request, person: uuid.UUID) -> HttpResponse:
        """Everything known of the person within the caller's scope."""
        asked = {"person": str(person), **grounds.given(request, person)}
        access = gate.open_request(request, Action.PROFILE, asked=asked, channel=Channel.API)
        try:
            subject = find(person, access.scope)
        except Moved as moved:
            return redirect("consulta-api:person", moved.public_id)
        grounds.require(subject, asked)
        reference = str(getattr(request, "reference", ""))
        applying = [card for card in cards.applying(subject, access.scope) if card.slug in PARTS]
        built = [cards.build(card, subject, access.scope, limit=WHOLE, reference=reference) for card in applying]
        shown = Shown(persons=cards.disclosed(subject, built), fields=cards.fields(built))
        return rendering.data(access, payload(subject, built), shown=shown)


def payload(subject: Subject, sections: list[Section]) -> dict[str, Any]:
    """The answer: each part under its name, those that failed by name."""
    parts = {PARTS[section.card.slug]: section.found for section in sections if not section.failed}
    failed = [PARTS[section.card.slug] for section in sections if section.failed]
    return dict(PersonSerializer({"id": subject.public_id, **parts, "failed": failed}).data)
