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
from consulta.statistics import files, headline
from consulta.statistics.admission import admit
from consulta.statistics.forms import PanelForm
from consulta.statistics.panels import PANELS, Panel, Reading, read
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


class StateSerializer(serializers.Serializer[Any]):
    """A state; a count that is left out is null, and places where none are informed."""

    uf = serializers.CharField()
    people = serializers.IntegerField(allow_null=True)
    places = serializers.IntegerField(allow_null=True)
    occupancy = serializers.IntegerField(allow_null=True)
    women = serializers.IntegerField(allow_null=True)
    provisional = serializers.IntegerField(allow_null=True)
    entered = serializers.IntegerField(allow_null=True)
    left = serializers.IntegerField(allow_null=True)


class StatesSerializer(serializers.Serializer[Any]):
    """The states of a day's count."""

    day = serializers.DateField()
    version = serializers.IntegerField()
    states = StateSerializer(many=True)


class FigureCoverageSerializer(serializers.Serializer[Any]):
    """The percentage informed of a figure; null where it counts nobody, or would tell a count left out."""

    id = serializers.CharField(source="figure.id")
    section = serializers.CharField(source="figure.section")
    title = serializers.CharField(source="figure.title")
    population = serializers.CharField(source="figure.population")
    percent = serializers.FloatField(source="coverage", allow_null=True)


class CoverageSerializer(serializers.Serializer[Any]):
    """How much a day's count knows."""

    day = serializers.DateField()
    version = serializers.IntegerField()
    coverage = FigureCoverageSerializer(many=True)


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
        panel = Panel("api", "", "", (FIGURES[figure],)) if figure in FIGURES else None
        reading = _read(request, figure, panel)
        if request.query_params.get("formato") == "csv":
            return files.answer("csv", f"{figure}-{reading.build.day:%Y-%m-%d}", files.rows_of(reading.tables))
        return Response(FigureTableSerializer(_answer(reading)).data)


@shows_no_person
class StatesView(APIView):
    """The states at a glance: the overview."""

    permission_classes = [IsVerified]

    @extend_schema(
        operation_id="figures_states", summary="Ler a visão geral por estado", parameters=_PARAMETERS,
        responses={200: StatesSerializer, **_REFUSALS},
    )  # fmt: skip
    def get(self, request: Request) -> HttpResponse:
        """People, places and the day's entries and exits of every state."""
        reading = _read(request, "visao-geral", PANELS["visao-geral"])
        return _panel(request, reading, StatesSerializer, {"states": headline.states(reading)})


@shows_no_person
class CoverageView(APIView):
    """How much of each figure is informed."""

    permission_classes = [IsVerified]

    @extend_schema(
        operation_id="figures_coverage", summary="Ler a cobertura de cada bloco", parameters=_PARAMETERS,
        responses={200: CoverageSerializer, **_REFUSALS},
    )  # fmt: skip
    def get(self, request: Request) -> HttpResponse:
        """The percentage informed of every figure whose datum can be missing."""
        reading = _read(request, "cobertura", PANELS["cobertura"])
        return _panel(request, reading, CoverageSerializer, {"coverage": reading.tables})


def _read(request: Request, asked: str, panel: Panel | None) -> Reading:
    """Admit, then read. Raises Http404 for what is unknown or never counted, ValidationError for wrong filters."""
    reader = admit(request, {"figure": asked, **request.query_params.dict()}, channel=Channel.API)
    if panel is None:
        raise Http404
    uf = request.query_params.get("uf", "")
    form = PanelForm(request.query_params, ufs=known_ufs(), units=units_of(uf) if uf else (), exact=reader.exact)
    if not form.is_valid():
        raise serializers.ValidationError(form.errors.get_json_data())
    reading = read(panel, form.cleaned_data.get("dia"), form.filters(), reader)
    if reading is None:
        raise Http404
    return reading


def _panel(
    request: Request, reading: Reading, form: type[serializers.Serializer[Any]], told: dict[str, Any]
) -> HttpResponse:
    if request.query_params.get("formato") == "csv":
        return files.answer("csv", f"{reading.panel.slug}-{reading.build.day:%Y-%m-%d}", files.rows(reading))
    return Response(form({"day": reading.build.day, "version": reading.build.version, **told}).data)


def _answer(reading: Reading) -> dict[str, Any]:
    (table,) = reading.tables
    lines: tuple[Line, ...] = table.lines
    return {
        "figure": table.figure, "day": reading.build.day, "version": reading.build.version,
        "coverage": table.coverage, "lines": lines, "total": table.total,
    }  # fmt: skip
