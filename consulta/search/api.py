"""The search for programs: the same gate, the same answer, in JSON."""

from typing import Final

from django.http import HttpResponse
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.request import Request
from rest_framework.views import APIView

from audit.events import Channel
from consulta import rendering
from consulta.access import Action, open_request
from consulta.search import serializers
from consulta.search.views import needed, shown
from registry.selectors.search import search, to_json

_PURPOSE: Final = OpenApiParameter(
    "X-Purpose", str, OpenApiParameter.HEADER, required=True, description="id da finalidade declarada"
)
_EXAMPLES: Final = [
    OpenApiExample(
        "Nome, mãe e ano",
        value={"text": "jose carlos da silva", "mother": "maria aparecida", "birth": "1991"},
        request_only=True,
    ),
    OpenApiExample("Documento", value={"document": "180123456-78"}, request_only=True),
    OpenApiExample(
        "Nome, só custodiados em dois estados",
        value={"text": "thiago xavier", "filters": {"uf": ["AL", "PE"], "situation": ["custody"]}, "page": 2},
        request_only=True,
    ),
]


class SearchView(APIView):
    """Find persons. A POST, so that what is asked is in no address."""

    @extend_schema(
        operation_id="search",
        summary="Localizar pessoas",
        parameters=[_PURPOSE],
        request=serializers.CriteriaSerializer,
        responses={
            200: serializers.ResultsSerializer,
            400: OpenApiResponse(description="Critérios inválidos"),
            403: OpenApiResponse(description="O perfil não consulta pessoas"),
            428: OpenApiResponse(description="Falta declarar a finalidade"),
            503: OpenApiResponse(description="Auditoria indisponível: nada é mostrado"),
        },
        examples=_EXAMPLES,
    )
    def post(self, request: Request) -> HttpResponse:
        """The persons who answer the criteria, twenty a page, the likeliest first."""
        given = serializers.CriteriaSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        criteria, page = given.validated_data["criteria"], given.validated_data["page"]
        asked = {**to_json(criteria), "page": page}
        access = open_request(request, Action.SEARCH, asked=asked, channel=Channel.API, needs=needed(criteria))
        found = search(criteria, access.scope, page)
        return rendering.data(access, serializers.results(found), shown=shown(found))
