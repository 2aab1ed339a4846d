"""The second person's decisions for programs: the same requests, words and rules as on the screen."""

import uuid
from collections.abc import Callable
from functools import partial
from typing import Any, Final

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiExample, OpenApiResponse, extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from audit.events import Channel
from consulta.marks import shows_no_person
from consulta.models import ExportRequest, Follow
from consulta.work.approvals.waiting import decider_of, waiting_exports, waiting_follows
from consulta.work.exports import asking as exporting
from consulta.work.follows import asking as following
from credentialing import actors
from credentialing.permissions import IsVerified

NO_REASON: Final = "Diga o motivo da recusa."
LEAST_REASON: Final = 5
_FOLLOW: Final = {
    "id": "5a3a7a52-27c1-4a0e-9a35-8e1f4b1f6a10",
    "asked_by": "agente.al",
    "asked_at": "2026-11-28T13:00:00-03:00",
    "of": "person",
    "since": "2026-11-28",
    "until": "2027-01-27",
    "kinds": ["movement", "release"],
    "renewal": False,
    "basis": "Inquérito 123/2026",
    "reason": "Alvo de investigação em curso, autorizada.",
}
_EXPORT: Final = {
    "id": "c1d6f0a5-6a0b-4a53-9b7b-2f8f0f0f7a11",
    "asked_by": "agente.al",
    "asked_at": "2026-11-28T13:05:00-03:00",
    "of": "search",
    "rows": 420,
    "format": "xlsx",
    "purpose": "Investigação criminal · Inquérito 123/2026",
    "reason": "Relação pedida pelo juízo, com prazo.",
}
_REFUSALS: Final = {
    403: OpenApiResponse(description="O perfil não decide pedidos"),
    404: OpenApiResponse(description="Não existe, já foi decidido, ou é de outro órgão"),
    409: OpenApiResponse(description="Outra pessoa decidiu enquanto isso"),
}


class AskedFollowSerializer(serializers.Serializer[Any]):
    """A follow that waits. It says of whom only that it is a person or a search: whoever decides consults nobody."""

    id = serializers.UUIDField()
    asked_by = serializers.CharField()
    asked_at = serializers.DateTimeField()
    of = serializers.ChoiceField(choices=["person", "search"])
    since = serializers.DateField()
    until = serializers.DateField()
    kinds = serializers.ListField(child=serializers.CharField())
    renewal = serializers.BooleanField()
    basis = serializers.CharField()
    reason = serializers.CharField()


class AskedExportSerializer(serializers.Serializer[Any]):
    """An export above the cap that waits."""

    id = serializers.UUIDField()
    asked_by = serializers.CharField()
    asked_at = serializers.DateTimeField()
    of = serializers.ChoiceField(choices=["folder", "search"])
    rows = serializers.IntegerField()
    format = serializers.CharField()
    purpose = serializers.CharField()
    reason = serializers.CharField()


class WaitingSerializer(serializers.Serializer[Any]):
    """All that waits for the caller."""

    follows = AskedFollowSerializer(many=True)
    exports = AskedExportSerializer(many=True)


class DecisionSerializer(serializers.Serializer[Any]):
    """Yes or no; a refusal says why."""

    approve = serializers.BooleanField()
    note = serializers.CharField(max_length=300, required=False, default="", allow_blank=True)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if not attrs["approve"] and len(attrs["note"].strip()) < LEAST_REASON:
            raise serializers.ValidationError({"note": NO_REASON})
        return attrs


_DECIDE: Final[dict[str, Any]] = {
    "request": DecisionSerializer,
    "responses": {204: None, 400: OpenApiResponse(description="Recusa sem motivo"), **_REFUSALS},
    "examples": [
        OpenApiExample("Aprovar", value={"approve": True}, request_only=True),
        OpenApiExample("Recusar", value={"approve": False, "note": "Sem fundamento no caso."}, request_only=True),
    ],
}


@shows_no_person
class ApprovalsView(APIView):
    """What others of the agency ask for and a second person decides. No purpose is asked for: nobody is shown."""

    permission_classes = (IsVerified,)

    @extend_schema(
        operation_id="approvals",
        summary="Pedidos que esperam decisão",
        responses={200: WaitingSerializer, 403: _REFUSALS[403]},
        examples=[OpenApiExample("Um de cada", value={"follows": [_FOLLOW], "exports": [_EXPORT]}, response_only=True)],
    )
    def get(self, request: Request) -> Response:
        """Follows and exports, the oldest first; never one's own."""
        decider = decider_of(request)
        told = {
            "follows": [_follow(one) for one in waiting_follows(decider)],
            "exports": [_export(one) for one in waiting_exports(decider)],
        }
        return Response(WaitingSerializer(told).data)


@shows_no_person
class FollowDecisionView(APIView):
    """One follow."""

    permission_classes = (IsVerified,)

    @extend_schema(operation_id="decide_follow", summary="Aprovar ou recusar um acompanhamento", **_DECIDE)
    def post(self, request: Request, pk: uuid.UUID) -> Response:
        """Decide on it; approved, it begins."""
        decider = decider_of(request)
        follow = get_object_or_404(waiting_follows(decider), pk=pk)
        return _decided(request, partial(following.decide, follow=follow, decider=decider))


@shows_no_person
class ExportDecisionView(APIView):
    """One export."""

    permission_classes = (IsVerified,)

    @extend_schema(operation_id="decide_export", summary="Aprovar ou recusar uma exportação", **_DECIDE)
    def post(self, request: Request, pk: uuid.UUID) -> Response:
        """Decide on it; approved, its owner may take one file for some hours."""
        decider = decider_of(request)
        asked = get_object_or_404(waiting_exports(decider), pk=pk)
        return _decided(request, partial(exporting.decide, asked=asked, decider=decider))


def _decided(request: Request, decide: Callable[..., None]) -> Response:
    given = DecisionSerializer(data=request.data)
    given.is_valid(raise_exception=True)
    try:
        decide(**given.validated_data, by=actors.from_request(request, Channel.API))
    except (following.NotAsked, exporting.NotAsked):
        return Response({"detail": "O pedido já tinha sido decidido."}, status=status.HTTP_409_CONFLICT)
    return Response(status=status.HTTP_204_NO_CONTENT)


def _follow(follow: Follow) -> dict[str, Any]:
    return {
        "id": follow.pk,
        "asked_by": follow.user.username,
        "asked_at": follow.asked_at,
        "of": "search" if follow.person_id is None else "person",
        "since": follow.since,
        "until": follow.until,
        "kinds": follow.kinds,
        "renewal": follow.renews_id is not None,
        "basis": follow.words["basis"],
        "reason": follow.words["reason"],
    }


def _export(asked: ExportRequest) -> dict[str, Any]:
    return {
        "id": asked.pk,
        "asked_by": asked.user.username,
        "asked_at": asked.asked_at,
        "of": "folder" if "folder" in asked.told else "search",
        "rows": asked.rows,
        "format": asked.file_format,
        "purpose": f"{asked.purpose.get_activity_display()} · {asked.purpose.case_reference}",
        "reason": asked.told["reason"],
    }
