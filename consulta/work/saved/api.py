"""Saved searches for programs. They show nobody: POST /search/ answers the criteria they give back."""

import uuid
from typing import Any, Final

from drf_spectacular.utils import OpenApiExample, OpenApiResponse, extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from audit.events import Channel
from consulta.marks import shows_no_person
from consulta.models import SavedSearch
from consulta.search import queries
from consulta.search.serializers import CriteriaSerializer
from consulta.serializers import PURPOSE, REFUSALS
from consulta.work import own
from consulta.work.saved import keeping
from credentialing import actors
from registry.selectors.search import to_json

_FULL: Final = "Você já guarda o máximo de buscas. Exclua uma e tente de novo."
_ONE: Final = {
    "id": "0f0c7f5e-1a64-4c59-8a1d-0d2f6f1f2f10",
    "name": "Operação Teste: alvos de Maceió",
    "criteria": {"text": "jose carlos da silva", "precision": "sound"},
    "created_at": "2026-11-28T09:00:00-03:00",
    "opened_at": None,
}


class SavedSerializer(serializers.ModelSerializer[SavedSearch]):
    """A saved search; `criteria` are what POST /search/ takes."""

    name = serializers.CharField(read_only=True)
    criteria = serializers.SerializerMethodField()

    class Meta:
        model = SavedSearch
        fields = ["id", "name", "criteria", "created_at", "opened_at"]

    def get_criteria(self, saved: SavedSearch) -> dict[str, Any]:
        return to_json(saved.criteria)


class KeepSerializer(serializers.Serializer[Any]):
    """A search to save."""

    name = serializers.CharField(max_length=80)
    criteria = CriteriaSerializer()


@shows_no_person
class SavedSearchesView(APIView):
    """The caller's own saved searches."""

    @extend_schema(
        operation_id="saved_searches",
        summary="Buscas salvas",
        parameters=[PURPOSE],
        responses={200: SavedSerializer(many=True), **REFUSALS},
        examples=[OpenApiExample("Uma busca salva", value=[_ONE], response_only=True)],
    )
    def get(self, request: Request) -> Response:
        """All of them, the latest first."""
        user = queries.admit(request).user
        return Response(SavedSerializer(own.of_user(SavedSearch, user), many=True).data)

    @extend_schema(
        operation_id="save_search",
        summary="Salvar uma busca",
        parameters=[PURPOSE],
        request=KeepSerializer,
        responses={201: SavedSerializer, 400: OpenApiResponse(description="Critérios inválidos"), **REFUSALS},
        examples=[
            OpenApiExample(
                "Salvar", value={"name": "Alvos", "criteria": {"text": "jose carlos da silva"}}, request_only=True
            )
        ],
    )
    def post(self, request: Request) -> Response:
        """Save one under a name."""
        purpose = queries.admit(request)
        given = KeepSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        name, criteria = given.validated_data["name"], given.validated_data["criteria"]["criteria"]
        by = actors.from_request(request, Channel.API)
        try:
            saved = keeping.keep(user=purpose.user, name=name, criteria=criteria, by=by)
        except own.TooMany as full:
            raise serializers.ValidationError(_FULL) from full
        return Response(SavedSerializer(saved).data, status=status.HTTP_201_CREATED)


@shows_no_person
class SavedSearchView(APIView):
    """One of the caller's own."""

    @extend_schema(
        operation_id="forget_search",
        summary="Excluir uma busca salva",
        parameters=[PURPOSE],
        responses={204: None, **REFUSALS},
    )
    def delete(self, request: Request, pk: uuid.UUID) -> Response:
        """Delete it."""
        saved = own.require(SavedSearch, queries.admit(request).user, pk)
        own.forget(saved, by=actors.from_request(request, Channel.API))
        return Response(status=status.HTTP_204_NO_CONTENT)
