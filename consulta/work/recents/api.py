"""Recents for programs."""

from typing import Final

from django.http import HttpResponse
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework.request import Request
from rest_framework.views import APIView

from audit.events import Channel
from consulta import rendering
from consulta.access import Action, open_request
from consulta.serializers import PURPOSE, REFUSALS
from consulta.work.people import as_json
from consulta.work.recents.opened import recents, shown
from consulta.work.serializers import PERSON, RECEIPT, PersonLinesSerializer

_EXAMPLE: Final = {
    "persons": [{**PERSON, "note": "aberta há 5 min"}],
    "receipt": RECEIPT,
}


class RecentsView(APIView):
    """Whom the caller opened lately."""

    @extend_schema(
        operation_id="recents",
        summary="Pessoas abertas há pouco",
        parameters=[PURPOSE],
        responses={200: PersonLinesSerializer, **REFUSALS},
        examples=[OpenApiExample("Uma pessoa fictícia", value=_EXAMPLE, response_only=True)],
    )
    def get(self, request: Request) -> HttpResponse:
        """At most twenty persons of the last thirty days, the latest first."""
        access = open_request(request, Action.RECENTS, asked={}, channel=Channel.API)
        lines = recents(access)
        return rendering.data(access, {"persons": as_json(lines)}, shown=shown(lines))
