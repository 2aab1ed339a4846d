"""Crossings for programs: the same gate, the same lists, in JSON."""

from typing import Final

from django.http import HttpResponse
from drf_spectacular.utils import OpenApiExample, OpenApiResponse, extend_schema
from rest_framework.request import Request
from rest_framework.views import APIView

from audit.events import Channel
from consulta import rendering
from consulta.access import Action, open_request
from consulta.crossing.serializers import CrossingCriteriaSerializer, CrossingsSerializer
from consulta.crossing.views import shown
from consulta.serializers import PURPOSE, REFUSALS
from credentialing.roles import Permission
from registry.selectors.crossing import LAWYERS, crossings

_EXAMPLES: Final = [
    OpenApiExample(
        "Visitantes presos, visitas em Alagoas", value={"of": "visitor-prisoner", "uf": "AL"}, request_only=True
    ),
    OpenApiExample(
        "Visitantes de cinco ou mais presos em dois estados, neste ano",
        value={"of": "visitor-of-many", "least": 5, "states": 2, "since": "2026-01-01", "distant": True},
        request_only=True,
    ),
]


class CrossingsView(APIView):
    """Crossings. A POST, so that the reason for listing lawyers is in no address."""

    @extend_schema(
        operation_id="crossings",
        summary="Listar cruzamentos",
        parameters=[PURPOSE],
        request=CrossingCriteriaSerializer,
        responses={
            200: CrossingsSerializer,
            400: OpenApiResponse(description="Critérios inválidos, ou falta o motivo"),
            **{code: REFUSALS[code] for code in (403, 428, 503)},
        },
        examples=_EXAMPLES,
    )
    def post(self, request: Request) -> HttpResponse:
        """A page of one list, the gravest first."""
        given = CrossingCriteriaSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        criteria, page = given.validated_data["criteria"], given.validated_data["page"]
        of_lawyers = criteria.of in LAWYERS
        asked = {**criteria.asked, "page": page}
        if of_lawyers:
            asked["reason"] = given.validated_data["reason"]
        needs = Permission.SEE_LAWYERS if of_lawyers else Permission.CONSULT_PEOPLE
        access = open_request(request, Action.CROSSINGS, asked=asked, channel=Channel.API, needs=needs)
        found = crossings(criteria, access.scope, page)
        return rendering.data(access, dict(CrossingsSerializer(found).data), shown=shown(found))
