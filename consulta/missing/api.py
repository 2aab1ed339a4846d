"""The search of somebody missing for programs: the same gate, the same candidates, in JSON."""

from typing import Final

from django.http import HttpResponse
from drf_spectacular.utils import OpenApiExample, OpenApiResponse, extend_schema
from rest_framework.request import Request
from rest_framework.views import APIView

from audit.events import Channel
from consulta import rendering
from consulta.access import Action, open_request
from consulta.missing.serializers import CandidatesSerializer, MissingCriteriaSerializer
from consulta.missing.views import shown
from consulta.serializers import PURPOSE, REFUSALS
from registry.selectors.missing import find_missing, to_json

_TOLD: Final = {
    "name": "jose carlos da silva", "age": 35, "sex": "M", "marks": "âncora no braço direito", "seen_on": "2026-03-01",
}  # fmt: skip


class MissingView(APIView):
    """Candidates for somebody missing. A POST, so that the description is in no address."""

    @extend_schema(
        operation_id="missing",
        summary="Procurar pessoa desaparecida",
        parameters=[PURPOSE],
        request=MissingCriteriaSerializer,
        responses={
            200: CandidatesSerializer,
            400: OpenApiResponse(description="Descrição inválida ou vaga demais"),
            **{code: REFUSALS[code] for code in (403, 428, 503)},
        },
        examples=[OpenApiExample("Nome, idade, tatuagem e data", value=_TOLD, request_only=True)],
    )
    def post(self, request: Request) -> HttpResponse:
        """The persons to be checked, the likeliest first, with what speaks for and against each. Never a verdict."""
        given = MissingCriteriaSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        criteria, page = given.validated_data["criteria"], given.validated_data["page"]
        asked = {**to_json(criteria), "page": page}
        access = open_request(request, Action.MISSING, asked=asked, channel=Channel.API)
        found = find_missing(criteria, access.scope, page)
        return rendering.data(access, dict(CandidatesSerializer(found).data), shown=shown(found))
