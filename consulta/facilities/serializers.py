"""Units in the API."""

from typing import Any

from rest_framework import serializers

from consulta.serializers import LabelSerializer, MomentField, PersonRefSerializer, SourcedSerializer


class OccupancySerializer(serializers.Serializer[Any]):
    """Places (null when the state informs none) and people held now."""

    places = serializers.IntegerField(allow_null=True)
    inside = serializers.IntegerField()
    percent = serializers.IntegerField(allow_null=True)


class UnitLineSerializer(SourcedSerializer):
    id = serializers.UUIDField(source="public_id")
    name = serializers.CharField()
    acronym = serializers.CharField()
    kind = LabelSerializer()
    modality = LabelSerializer()
    sex = LabelSerializer()
    occupancy = OccupancySerializer()


class UnitListSerializer(serializers.Serializer[Any]):
    rows = UnitLineSerializer(many=True)
    total = serializers.IntegerField()
    page = serializers.IntegerField()
    pages = serializers.IntegerField()
    receipt = serializers.UUIDField(help_text="Comprovante da consulta.", required=False)


class PlacesSerializer(serializers.Serializer[Any]):
    regime = LabelSerializer()
    men = serializers.IntegerField()
    women = serializers.IntegerField()


class ResidentSerializer(serializers.Serializer[Any]):
    """Someone held in the unit. `out` is the movement that took them out for a while, `gone` an exit written down
    though the custody stands open; both with an empty code if inside. `moved_since`: the cell is of later than `at`."""

    person = PersonRefSerializer()
    birth_date = serializers.DateField(allow_null=True)
    wing = serializers.CharField()
    cell = serializers.CharField()
    since = MomentField()
    days = serializers.IntegerField()
    regime = LabelSerializer()
    situation = LabelSerializer()
    out = LabelSerializer()
    gone = LabelSerializer()
    registration = serializers.CharField()
    elsewhere = serializers.CharField(help_text="Outra unidade que a mantém ao mesmo tempo.")
    moved_since = serializers.BooleanField()
    faction = serializers.CharField(help_text="Vazio sem a permissão própria.")
    disabled = serializers.BooleanField()
    pregnant = serializers.BooleanField()
    lactating = serializers.BooleanField()
    rdd = serializers.BooleanField()
    monitored = serializers.BooleanField()


class WingSerializer(serializers.Serializer[Any]):
    name = serializers.CharField()
    people = serializers.IntegerField()


class ResidentsSerializer(serializers.Serializer[Any]):
    rows = ResidentSerializer(many=True)
    wings = WingSerializer(many=True)
    total = serializers.IntegerField()
    page = serializers.IntegerField()
    pages = serializers.IntegerField()


class CellCountSerializer(serializers.Serializer[Any]):
    name = serializers.CharField()
    people = serializers.IntegerField()
    away = serializers.IntegerField()
    factions = serializers.ListField(child=serializers.CharField(), help_text="Vazio sem a permissão própria.")


class WingCountSerializer(serializers.Serializer[Any]):
    name = serializers.CharField()
    people = serializers.IntegerField()
    away = serializers.IntegerField()
    cells = CellCountSerializer(many=True)


class NeedsSerializer(serializers.Serializer[Any]):
    """How many need care of their own; `elderly`: sixty or more."""

    hospital = serializers.IntegerField()
    disabled = serializers.IntegerField()
    pregnant = serializers.IntegerField()
    lactating = serializers.IntegerField()
    elderly = serializers.IntegerField()
    rdd = serializers.IntegerField()
    monitored = serializers.IntegerField()


class CensusSerializer(serializers.Serializer[Any]):
    """Everybody counted. `inside` = `people` without those `out` for a while and those `gone`."""

    inside = serializers.IntegerField()
    people = serializers.IntegerField()
    out = serializers.IntegerField()
    gone = serializers.IntegerField()
    moved_since = serializers.IntegerField(help_text="Pessoas cuja cela no momento pedido não se conhece.")
    without_cell = serializers.IntegerField()
    wings = WingCountSerializer(many=True)
    needs = NeedsSerializer()
    factions = serializers.ListField(child=serializers.ListField(), help_text="Nome e pessoas de cada grupo.")


class PassageSerializer(serializers.Serializer[Any]):
    """A movement into or out of the unit."""

    person = PersonRefSerializer()
    kind = LabelSerializer()
    temporary = serializers.BooleanField()
    at = MomentField()
    registered_at = MomentField()
    untold = serializers.BooleanField(help_text="Ainda não lançada no momento pedido.")
    other = serializers.CharField()


class FlowSerializer(serializers.Serializer[Any]):
    since = MomentField()
    entered = PassageSerializer(many=True)
    left = PassageSerializer(many=True)
    total_entered = serializers.IntegerField()
    total_left = serializers.IntegerField()


class VisitSerializer(serializers.Serializer[Any]):
    visitor = PersonRefSerializer()
    prisoner = PersonRefSerializer()
    kind = LabelSerializer()
    entered_at = MomentField()
    left_at = MomentField(allow_null=True)
    inside = serializers.BooleanField(help_text="Entrou no dia e não se sabe que tenha saído.")


class AttendanceSerializer(serializers.Serializer[Any]):
    lawyer = PersonRefSerializer()
    prisoner = PersonRefSerializer()
    entered_at = MomentField()
    left_at = MomentField(allow_null=True)
    inside = serializers.BooleanField()


class AttendancesSerializer(serializers.Serializer[Any]):
    rows = AttendanceSerializer(many=True)
    total = serializers.IntegerField()
    inside = serializers.IntegerField()


class KnownSerializer(serializers.Serializer[Any]):
    """From when on the base has custodies in the unit; `before`: the instant asked for is earlier."""

    since = MomentField(allow_null=True)
    before = serializers.BooleanField()


class UnitVisitsSerializer(serializers.Serializer[Any]):
    since = MomentField()
    rows = VisitSerializer(many=True)
    total = serializers.IntegerField()
    today = serializers.IntegerField()
    inside = serializers.IntegerField()


class UnitSerializer(SourcedSerializer):
    """A unit and the people in it at the instant `at`, now or past; `places` are always those of today. A part that
    failed is in `failed`; the others are there all the same."""

    id = serializers.UUIDField(source="unit.public_id")
    at = MomentField()
    name = serializers.CharField(source="unit.name")
    kind = LabelSerializer()
    modality = LabelSerializer()
    sex = LabelSerializer()
    management = LabelSerializer()
    occupancy = OccupancySerializer(allow_null=True, help_text="Nulo quando a contagem falhou.")
    places = PlacesSerializer(many=True)
    census = CensusSerializer(required=False)
    residents = ResidentsSerializer(required=False)
    flow = FlowSerializer(required=False)
    visits = UnitVisitsSerializer(required=False)
    lawyers = AttendancesSerializer(required=False)
    known = KnownSerializer(required=False, help_text="Só de um momento passado.")
    failed = serializers.ListField(child=serializers.CharField())
    receipt = serializers.UUIDField(help_text="Comprovante da consulta.", required=False)
