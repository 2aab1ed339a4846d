"""The batch look-up for programs: the same gate, the same results, in JSON."""

from typing import Final

from django.http import HttpResponse
from drf_spectacular.utils import OpenApiExample, OpenApiResponse, extend_schema
from rest_framework.request import Request
from rest_framework.views import APIView

from audit.events import Channel
from consulta import rendering
from consulta.access import Action, open_request
from consulta.batch import present, serializers
from consulta.batch.views import asked, shown
from consulta.serializers import PURPOSE, REFUSALS
from registry.selectors.search import look_up_all

_TOLD: Final = {
    "reason": "Lista de alvos da operação, ofício 12/2026",
    "lines": [{"name": "jose carlos da silva", "birth": "1991"}, {"document": "180123456-78"}],
}


class BatchView(APIView):
    """Many persons at once, at most 200 lines. A POST, so that nobody is named in an address."""

    @extend_schema(
        operation_id="batch",
        summary="Consultar em lote",
        parameters=[PURPOSE],
        request=serializers.BatchSerializer,
        responses={
            200: serializers.MatchesSerializer,
            400: OpenApiResponse(description="Falta o motivo, ou há linhas demais"),
            **{code: REFUSALS[code] for code in (403, 428, 503)},
        },
        examples=[OpenApiExample("Um nome e um documento", value=_TOLD, request_only=True)],
    )
    def post(self, request: Request) -> HttpResponse:
        """For each line one person, several, nobody, or why it could not be read."""
        given = serializers.BatchSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        reason, lines = given.validated_data["reason"], given.validated_data["lines"]
        access = open_request(request, Action.BATCH, asked=asked(reason, lines), channel=Channel.API)
        matches = look_up_all([line.criteria for line in lines if line.criteria], access.scope)
        pairs = present.matched(lines, matches)
        tally = present.summary(pairs)
        return rendering.data(access, serializers.results(pairs, tally), shown=shown(matches, tally))
