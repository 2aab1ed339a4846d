"""Exports for programs: up to the cap; above it, a person asks on the screen."""

from typing import Any, Final

from django.conf import settings
from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample, OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.views import APIView

from audit.events import Channel
from consulta.access import Action, open_request
from consulta.search.serializers import CriteriaSerializer
from consulta.serializers import PURPOSE, REFUSALS
from consulta.work.exports import tables
from consulta.work.exports.views import file
from credentialing import stepping
from registry.selectors.search import to_json
from registry.selectors.search.whole import everyone

ABOVE: Final = (
    "A busca acha {total} pessoas, mais que as {cap} que se exportam sem aprovação. Refine-a, ou peça na tela."
)


class ExportSerializer(serializers.Serializer[Any]):
    """What to take away, and as what."""

    criteria = CriteriaSerializer()
    format = serializers.ChoiceField(choices=sorted(tables.TYPES), default="xlsx")


class SearchExportView(APIView):
    """The persons who answer a search, as a table."""

    @extend_schema(
        operation_id="export_search",
        summary="Exportar uma busca em CSV ou XLSX",
        parameters=[PURPOSE],
        request=ExportSerializer,
        responses={
            (200, tables.TYPES["xlsx"]): OpenApiTypes.BINARY,
            (200, "text/csv"): OpenApiTypes.STR,
            400: OpenApiResponse(description="Critérios inválidos, ou mais pessoas que o limite"),
            **REFUSALS,
        },
        examples=[
            OpenApiExample(
                "XLSX", value={"criteria": {"text": "jose carlos da silva"}, "format": "xlsx"}, request_only=True
            )
        ],
    )
    def post(self, request: Request) -> HttpResponse:
        """The file; its SHA-256 is in the audit under the receipt that the header X-Receipt names.

        The second factor must be fresh: a token is for STEP_UP_SECONDS.
        """
        stepping.require(request)
        given = ExportSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        criteria, file_format = given.validated_data["criteria"]["criteria"], given.validated_data["format"]
        access = open_request(request, Action.EXPORT, asked=to_json(criteria), channel=Channel.API)
        cards, total = everyone(criteria, access.scope)
        if total > settings.EXPORT_ROWS:
            raise serializers.ValidationError(ABOVE.format(total=total, cap=settings.EXPORT_ROWS))
        return file(access, cards, file_format, total)
