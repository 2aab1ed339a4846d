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
    """Someone held in the unit; `out` is the movement that took them out for a while, with an empty code if inside."""

    person = PersonRefSerializer()
    birth_date = serializers.DateField(allow_null=True)
    wing = serializers.CharField()
    cell = serializers.CharField()
    since = MomentField()
    days = serializers.IntegerField()
    regime = LabelSerializer()
    situation = LabelSerializer()
    out = LabelSerializer()


class WingSerializer(serializers.Serializer[Any]):
    name = serializers.CharField()
    people = serializers.IntegerField()


class ResidentsSerializer(serializers.Serializer[Any]):
    rows = ResidentSerializer(many=True)
    wings = WingSerializer(many=True)
    total = serializers.IntegerField()
    page = serializers.IntegerField()
    pages = serializers.IntegerField()


class PassageSerializer(serializers.Serializer[Any]):
    """A movement into or out of the unit."""

    person = PersonRefSerializer()
    kind = LabelSerializer()
    temporary = serializers.BooleanField()
    at = MomentField()
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


class UnitVisitsSerializer(serializers.Serializer[Any]):
    since = MomentField()
    rows = VisitSerializer(many=True)
    total = serializers.IntegerField()
    today = serializers.IntegerField()


class UnitSerializer(SourcedSerializer):
    """A unit and the people in it. A part that failed is in `failed`; the others are there all the same."""

    id = serializers.UUIDField(source="unit.public_id")
    name = serializers.CharField(source="unit.name")
    kind = LabelSerializer()
    modality = LabelSerializer()
    sex = LabelSerializer()
    management = LabelSerializer()
    occupancy = OccupancySerializer()
    places = PlacesSerializer(many=True)
    residents = ResidentsSerializer(required=False)
    flow = FlowSerializer(required=False)
    visits = UnitVisitsSerializer(required=False)
    failed = serializers.ListField(child=serializers.CharField())
    receipt = serializers.UUIDField(help_text="Comprovante da consulta.", required=False)
