"""The dossier for programs: the same PDF."""

import uuid
from typing import Any, Final

from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample, OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import APIException
from rest_framework.request import Request
from rest_framework.views import APIView

from audit.events import Channel
from consulta.access import Action, open_request
from consulta.profile import grounds
from consulta.profile.finding import Moved, find
from consulta.serializers import PURPOSE, REASON, REFUSALS
from consulta.work.dossier.compose import choices
from consulta.work.dossier.views import UNAVAILABLE, document
from credentialing import stepping
from senappen.lib import pdf

_SECTIONS: Final = {"sections": ["situacao", "identificacao", "movimentacoes"]}


class SectionsSerializer(serializers.Serializer[Any]):
    """The sections, by the names of the profile's cards; all that apply when left out."""

    sections = serializers.ListField(child=serializers.SlugField(max_length=40), max_length=40, required=False)


class NoPdf(APIException):
    """The server cannot make a PDF."""

    status_code = 501
    default_detail = UNAVAILABLE


class DossierView(APIView):
    """A person as a document."""

    @extend_schema(
        operation_id="dossier",
        summary="Dossiê em PDF",
        parameters=[PURPOSE, REASON],
        request=SectionsSerializer,
        responses={
            (200, "application/pdf"): OpenApiTypes.BINARY,
            501: OpenApiResponse(description="O servidor não tem as bibliotecas que compõem o PDF"),
            **REFUSALS,
        },
        examples=[OpenApiExample("Três seções", value=_SECTIONS, request_only=True)],
    )
    def post(self, request: Request, person: uuid.UUID) -> HttpResponse:
        """The PDF; its SHA-256 is in the audit under the receipt that the header X-Receipt names.

        The second factor must be fresh: a token is for STEP_UP_SECONDS.
        """
        stepping.require(request)
        given = SectionsSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        named = given.validated_data.get("sections")
        asked = {"person": str(person), "sections": named or [], **grounds.given(request, person)}
        access = open_request(request, Action.DOSSIER, asked=asked, channel=Channel.API)
        try:
            subject = find(person, access.scope)
        except Moved as moved:
            subject = find(moved.public_id, access.scope)
        grounds.require(subject, asked)
        offered = [slug for slug, _ in choices(subject, access.scope)]
        if unknown := set(named or ()) - set(offered):
            raise serializers.ValidationError({"sections": f"Não há: {', '.join(sorted(unknown))}."})
        try:
            return document(request._request, access, subject, named or offered)
        except pdf.Unavailable as error:
            raise NoPdf from error
