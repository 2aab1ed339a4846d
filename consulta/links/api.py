"""Links for programs: the same gate, the same answers, in JSON."""

import uuid
from typing import Any

from django.http import HttpResponse
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.views import APIView

from audit.events import Channel
from consulta import access as gate
from consulta import rendering
from consulta.access import Action, Shown
from consulta.links import present, serializers
from consulta.links.views import FIELDS, around
from consulta.profile import grounds
from consulta.profile.finding import find_current
from consulta.serializers import PURPOSE, REASON, REFUSALS
from registry.models import LinkKind
from registry.selectors.links import paths

_INVALID = {400: OpenApiResponse(description="Critérios inválidos")}


class LinksView(APIView):
    """Who is linked to a person."""

    @extend_schema(
        operation_id="links",
        summary="Ver os vínculos de uma pessoa",
        parameters=[
            PURPOSE,
            REASON,
            OpenApiParameter("kinds", str, many=True, enum=[kind.value for kind in LinkKind]),
            OpenApiParameter("strength", int, description="força mínima, 0 a 100"),
            OpenApiParameter("since", str, description="com fatos desde (AAAA-MM-DD)"),
            OpenApiParameter("until", str, description="com fatos até (AAAA-MM-DD)"),
            OpenApiParameter("page", int, description=serializers.PAGE_HELP),
        ],
        responses={200: serializers.NeighbourhoodSerializer, **_INVALID, **REFUSALS},
    )
    def get(self, request: Request, person: uuid.UUID) -> HttpResponse:
        """A page of links, the strongest first; `counts` are all of them by kind."""
        given = serializers.LinkCriteriaSerializer(data=request.query_params)
        given.is_valid(raise_exception=True)
        criteria, page = given.criteria, given.validated_data["page"]
        asked = {"person": str(person), **criteria.asked, "page": page, **grounds.given(request, person)}
        access = gate.open_request(request, Action.LINKS, asked=asked, channel=Channel.API)
        subject = find_current(person, access)
        grounds.require(subject, asked)
        found = around(subject, criteria, access, page=page, drawing=False)
        shown = Shown(persons=present.page_persons(found), fields=FIELDS, extra={"total": found.total, "page": page})
        return rendering.data(access, serializers.links(found), shown=shown)


class PathView(APIView):
    """How two persons are connected. A POST, so that a pair of persons is in no address."""

    @extend_schema(
        operation_id="path",
        summary="Traçar o caminho entre duas pessoas",
        parameters=[PURPOSE],
        request=serializers.PathCriteriaSerializer,
        responses={200: serializers.PathsSerializer, **_INVALID, **REFUSALS},
    )
    def post(self, request: Request, person: uuid.UUID) -> HttpResponse:
        """Up to three of the shortest paths of at most four links, the strongest first."""
        given = serializers.PathCriteriaSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        criteria, other = given.criteria, given.validated_data["other"]
        asked: dict[str, Any] = {"person": str(person), "other": str(other), **criteria.asked}
        access = gate.open_request(request, Action.PATH, asked=asked, channel=Channel.API)
        ends = [find_current(one, access) for one in (person, other)]
        if ends[0].person.pk == ends[1].person.pk:
            raise ValidationError({"other": ["É a mesma pessoa."]})
        found = paths(ends[0].person.pk, ends[1].person.pk, criteria, access.scope)
        persons = present.path_persons(found, [end.public_id for end in ends])
        shown = Shown(persons=persons, fields=("caminho",), extra={"ending": found.ending.value})
        return rendering.data(access, serializers.path(found), shown=shown)
