"""Units for programs: the same gate, the same parts, in JSON."""

import uuid
from dataclasses import fields
from typing import Any, Final

from django.http import HttpResponse
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.views import APIView

from audit.events import Channel
from consulta import access as gate
from consulta import rendering
from consulta.access import Action, Shown
from consulta.facilities import page
from consulta.facilities.forms import PERIODS, InstantForm
from consulta.facilities.serializers import UnitListSerializer, UnitSerializer
from consulta.facilities.views import asked_of, find, list_asked
from consulta.serializers import PURPOSE, REFUSALS
from registry.selectors.units.establishment import Establishment
from registry.selectors.units.listing import units as list_units

PARTS: Final = ("census", "residents", "flow", "visits", "lawyers", "known")

_LIST_EXAMPLE: Final = {
    "rows": [
        {
            "id": "0d6f4d2f-6f0a-4f57-9a43-6b0f3f0e9c11",
            "name": "Presídio Fictício 1",
            "occupancy": {"places": 300, "inside": 412, "percent": 137},
        }
    ],
    "total": 1,
    "page": 1,
    "pages": 1,
    "receipt": "0f8fad5b-d9cb-469f-a165-70867728950e",
}


class UnitsView(APIView):
    """The establishments and how full they are."""

    @extend_schema(
        operation_id="units",
        summary="Listar estabelecimentos",
        parameters=[
            PURPOSE,
            OpenApiParameter("uf", str, description="UF"),
            OpenApiParameter("q", str, description="palavras do nome ou da sigla"),
            OpenApiParameter("pagina", int),
        ],
        responses={200: UnitListSerializer, **{code: REFUSALS[code] for code in (403, 428, 503)}},
        examples=[OpenApiExample("Uma unidade fictícia, resumida", value=_LIST_EXAMPLE, response_only=True)],
    )
    def get(self, request: Request) -> HttpResponse:
        """One page of units, by state and name."""
        asked = list_asked(request)
        access = gate.open_request(request, Action.UNITS, asked=asked, channel=Channel.API)
        found = list_units(access.scope, uf=asked.get("uf", ""), text=asked.get("q", ""), page=asked.get("pagina", 1))
        return rendering.data(access, dict(UnitListSerializer(found).data), shown=Shown(fields=("unidades",)))


class UnitView(APIView):
    """One establishment and the people in it."""

    @extend_schema(
        operation_id="unit",
        summary="Ver um estabelecimento",
        parameters=[
            PURPOSE,
            OpenApiParameter("horas", int, enum=list(PERIODS)),
            OpenApiParameter("pavilhao", str),
            OpenApiParameter("cela", str),
            OpenApiParameter("dia", str, description="dia passado a mostrar (AAAA-MM-DD), na hora do estado"),
            OpenApiParameter("hora", str, description="hora desse dia (HH:MM); sem ela, o fim do dia"),
            OpenApiParameter("pagina", int),
        ],
        responses={200: UnitSerializer, 400: OpenApiResponse(description="Momento que não faz sentido"), **REFUSALS},
    )
    def get(self, request: Request, unit: uuid.UUID) -> HttpResponse:
        """Who is in, who came, who left, who visited: now, or at a past instant."""
        instant = InstantForm(request.query_params)
        if not instant.is_valid():
            raise ValidationError({name: [str(one) for one in said] for name, said in instant.errors.items()})
        asked = asked_of(request)
        criteria = {"unit": str(unit), **asked.query, "pagina": asked.page}
        access = gate.open_request(request, Action.UNIT, asked=criteria, channel=Channel.API)
        found = find(unit, access, asked)
        parts = page.read(found, access.scope, asked, str(getattr(request, "reference", "")))
        return rendering.data(access, payload(found, parts), shown=page.shown(parts))


def payload(of: Establishment, parts: page.Parts) -> dict[str, Any]:
    """The answer: the unit's own facts, each part, and the names of those that failed."""
    read = {name: part.read for name in PARTS if (part := getattr(parts, name)) is not None}
    answer = {each.name: getattr(of, each.name) for each in fields(of)}
    answer["occupancy"] = parts.census.read.occupancy(of) if parts.census.read else None
    answer |= {name: found for name, found in read.items() if found is not None}
    return dict(UnitSerializer({**answer, "failed": [name for name in read if read[name] is None]}).data)
