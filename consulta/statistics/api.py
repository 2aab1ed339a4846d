"""Statistics for programs: the same figures, in JSON or CSV. No purpose is asked for, since nobody is shown."""

from typing import Any, Final

from django.http import Http404, HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from audit.events import Channel
from consulta.marks import shows_no_person
from consulta.statistics import files
from consulta.statistics.admission import admit
from consulta.statistics.forms import PanelForm
from consulta.statistics.panels import Panel, Reading, read
from credentialing.permissions import IsVerified
from registry.figures.catalogue import FIGURES
from registry.selectors.figures.tables import Line
from registry.selectors.units.listing import known_ufs, units_of

_PARAMETERS: Final = [
    OpenApiParameter("dia", OpenApiTypes.DATE, description="Último dia apurado até esta data"),
    OpenApiParameter("uf", str), OpenApiParameter("unidade", OpenApiTypes.UUID),
    OpenApiParameter("modalidade", str, description="CELA_FISICA se omitida; TODAS para todas"),
    OpenApiParameter("regime", str), OpenApiParameter("sexo", str), OpenApiParameter("idade", str),
    OpenApiParameter("formato", str, enum=["json", "csv"]),
]  # fmt: skip
_REFUSALS: Final = {
    403: OpenApiResponse(description="O perfil não vê estatísticas"),
    404: OpenApiResponse(description="Não existe, ou nada foi apurado até a data"),
    503: OpenApiResponse(description="Auditoria indisponível: nada é mostrado"),
}


class FigureSerializer(serializers.Serializer[Any]):
    """What a figure counts."""

    id = serializers.CharField()
    section = serializers.CharField()
    title = serializers.CharField()
    counted = serializers.CharField()
    span = serializers.CharField()
    population = serializers.CharField()
    reference = serializers.CharField()
    note = serializers.CharField()


class LineSerializer(serializers.Serializer[Any]):
    """A category; a count that is left out is null."""

    code = serializers.CharField(source="category.code")
    text = serializers.CharField(source="category.text")
    group = serializers.CharField(source="category.group")
    men = serializers.IntegerField(allow_null=True)
    women = serializers.IntegerField(allow_null=True)
    unknown = serializers.IntegerField(allow_null=True)
    total = serializers.IntegerField(allow_null=True)


class FigureTableSerializer(serializers.Serializer[Any]):
    """A figure counted. `version`: of the day's count; a later correction has another."""

    figure = FigureSerializer()
    day = serializers.DateField()
    version = serializers.IntegerField()
    coverage = serializers.FloatField(allow_null=True)
    lines = LineSerializer(many=True)
    total = LineSerializer(allow_null=True)


@shows_no_person
class FiguresView(APIView):
    """What can be asked for."""

    permission_classes = [IsVerified]

    @extend_schema(
        operation_id="figures", summary="Listar estatísticas", responses={200: FigureSerializer(many=True), **_REFUSALS}
    )
    def get(self, request: Request) -> Response:
        """Every figure."""
        admit(request, {"figure": ""}, channel=Channel.API)
        return Response(FigureSerializer(list(FIGURES.values()), many=True).data)


@shows_no_person
class FigureView(APIView):
    """One figure, by date, place and who."""

    permission_classes = [IsVerified]

    @extend_schema(
        operation_id="figure", summary="Ler uma estatística", parameters=_PARAMETERS,
        responses={200: FigureTableSerializer, **_REFUSALS},
    )  # fmt: skip
    def get(self, request: Request, figure: str) -> HttpResponse:
        """The figure's table; what happened is counted from the first of the month to the day."""
        reader = admit(request, {"figure": figure, **request.query_params.dict()}, channel=Channel.API)
        if figure not in FIGURES:
            raise Http404
        uf = request.query_params.get("uf", "")
        form = PanelForm(request.query_params, ufs=known_ufs(), units=units_of(uf) if uf else (), exact=reader.exact)
        if not form.is_valid():
            raise serializers.ValidationError(form.errors.get_json_data())
        reading = read(Panel("api", "", "", (FIGURES[figure],)), form.cleaned_data.get("dia"), form.filters(), reader)
        if reading is None:
            raise Http404
        if request.query_params.get("formato") == "csv":
            return files.answer("csv", f"{figure}-{reading.build.day:%Y-%m-%d}", files.rows_of(reading.tables))
        return Response(FigureTableSerializer(_answer(reading)).data)


def _answer(reading: Reading) -> dict[str, Any]:
    (table,) = reading.tables
    lines: tuple[Line, ...] = table.lines
    return {
        "figure": table.figure, "day": reading.build.day, "version": reading.build.version,
        "coverage": table.coverage, "lines": lines, "total": table.total,
    }  # fmt: skip
