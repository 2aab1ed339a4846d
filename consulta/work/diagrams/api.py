"""Saved diagrams for programs: the same gate, the same answers."""

import uuid
from typing import Any, Final

from django.http import HttpResponse
from drf_spectacular.utils import OpenApiExample, OpenApiResponse, extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from audit.events import Channel
from consulta import access as gate
from consulta import rendering
from consulta.access import Action, Shown
from consulta.links.serializers import LinkedSerializer
from consulta.links.views import FIELDS
from consulta.marks import shows_no_person
from consulta.models import SavedDiagram
from consulta.profile import grounds
from consulta.search import queries
from consulta.serializers import PURPOSE, REASON, REFUSALS
from consulta.work import own
from consulta.work.diagrams import drawn
from consulta.work.diagrams.forms import Crowded, places_of
from credentialing import actors
from registry.selectors.links.neighbourhood import MOST_NODES

_PERSON: Final = "0f0c7f5e-1a64-4c59-8a1d-0d2f6f1f2f10"
_KEPT: Final = {"name": "Família de um alvo", "focus": _PERSON, "places": {_PERSON: [120, -40]}}


class DiagramLineSerializer(serializers.ModelSerializer[SavedDiagram]):
    """A saved diagram of a list; whom it shows, and how many, is read by opening it."""

    name = serializers.CharField(read_only=True)

    class Meta:
        model = SavedDiagram
        fields = ["id", "name", "created_at", "opened_at"]


class KeepDiagramSerializer(serializers.Serializer[Any]):
    """A diagram to keep: `places` has `[x, y]` of each person by id."""

    name = serializers.CharField(max_length=80)
    focus = serializers.UUIDField()
    places = serializers.DictField(child=serializers.ListField(child=serializers.IntegerField()))

    def validate_places(self, sent: dict[str, Any]) -> Any:
        """Checked as the page's are."""
        try:
            return places_of(sent)
        except Crowded as crowded:
            raise serializers.ValidationError(f"No máximo {MOST_NODES} pessoas.") from crowded
        except ValueError as wrong:
            raise serializers.ValidationError("Informe [x, y] para cada identificador de pessoa.") from wrong


class DrawnTieSerializer(serializers.Serializer[Any]):
    """A link between two of its persons."""

    source = serializers.UUIDField()  # type: ignore[assignment]  # the field of the answer, as the page's graph has it
    target = serializers.UUIDField()
    kind = serializers.CharField()
    relation = serializers.CharField()
    strength = serializers.IntegerField()


class DiagramSerializer(serializers.Serializer[Any]):
    """A diagram as things are known now, without whoever the caller may no longer see."""

    name = serializers.CharField()
    persons = LinkedSerializer(many=True)
    places = serializers.DictField(child=serializers.ListField(child=serializers.IntegerField()))
    links = DrawnTieSerializer(many=True)
    receipt = serializers.UUIDField(help_text="Comprovante da consulta.", required=False)


@shows_no_person
class DiagramsView(APIView):
    """The caller's own diagrams."""

    @extend_schema(
        operation_id="diagrams",
        summary="Diagramas guardados",
        parameters=[PURPOSE],
        responses={200: DiagramLineSerializer(many=True), **REFUSALS},
    )
    def get(self, request: Request) -> Response:
        """All of them, the latest first."""
        return Response(DiagramLineSerializer(own.of_user(SavedDiagram, queries.admit(request).user), many=True).data)

    @extend_schema(
        operation_id="keep_diagram",
        summary="Guardar um diagrama",
        parameters=[PURPOSE],
        request=KeepDiagramSerializer,
        responses={201: DiagramLineSerializer, 400: OpenApiResponse(description="Diagrama inválido"), **REFUSALS},
        examples=[OpenApiExample("Guardar", value=_KEPT, request_only=True)],
    )
    def post(self, request: Request) -> Response:
        """Keep one under a name."""
        user = queries.admit(request).user
        given = KeepDiagramSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        kept = SavedDiagram(user=user)
        kept.keep(**given.validated_data)
        try:
            own.keep(kept, by=actors.from_request(request, Channel.API))
        except own.TooMany as full:
            raise serializers.ValidationError("Você já guarda o máximo de diagramas. Exclua um.") from full
        return Response(DiagramLineSerializer(kept).data, status=status.HTTP_201_CREATED)


class DiagramView(APIView):
    """One of the caller's own."""

    @extend_schema(
        operation_id="diagram",
        summary="Abrir um diagrama",
        parameters=[PURPOSE, REASON],
        responses={200: DiagramSerializer, **REFUSALS},
    )
    def get(self, request: Request, pk: uuid.UUID) -> HttpResponse:
        """Its persons and links as known now."""
        kept = own.require(SavedDiagram, queries.admit(request).user, pk)
        asked = {"diagram": str(pk), "person": str(kept.focus), **grounds.given(request, kept.focus)}
        access = gate.open_request(request, Action.LINKS, asked=asked, channel=Channel.API)
        opened = drawn.draw(kept, access, asked)
        own.opened(kept)
        shown = Shown(persons=opened.persons, fields=FIELDS, extra={"diagram": str(pk)})
        return rendering.data(access, _answer(opened), shown=shown)

    @extend_schema(
        operation_id="forget_diagram",
        summary="Excluir um diagrama",
        parameters=[PURPOSE],
        responses={204: None, **REFUSALS},
    )
    def delete(self, request: Request, pk: uuid.UUID) -> Response:
        """Delete it."""
        kept = own.require(SavedDiagram, queries.admit(request).user, pk)
        own.forget(kept, by=actors.from_request(request, Channel.API))
        return Response(status=status.HTTP_204_NO_CONTENT)


def _answer(opened: drawn.Opened) -> dict[str, Any]:
    graph = drawn.graph(opened)
    persons = [
        {"id": node.public_id, "name": node.name, "kinds": list(node.kinds), "degree": node.degree, "ufs": node.ufs}
        for node in opened.found.by_id.values()
    ]
    links = [{**edge, "relation": edge["label"]} for edge in graph["edges"]]
    told = {"name": opened.diagram.name, "places": graph["places"], "persons": persons, "links": links}
    return dict(DiagramSerializer(told).data)
