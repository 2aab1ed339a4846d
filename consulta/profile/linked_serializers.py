"""The people linked to a person, and the papers about them, in the API; and the whole answer."""

from typing import Any

from rest_framework import serializers

from consulta.crossing.serializers import CrossingSerializer
from consulta.profile.serializers import (
    ComparisonSerializer,
    DocumentSerializer,
    IdentitySerializer,
    MovementsSerializer,
    SituationSerializer,
    SourceRecordSerializer,
)
from consulta.serializers import LabelSerializer, MomentField, PersonRefSerializer, SourcedSerializer, SourceSerializer
from registry.selectors.people.findings import FindingSeen


class VisitorSerializer(serializers.Serializer[Any]):
    person = PersonRefSerializer()
    sources = SourceSerializer(many=True)
    kinships = LabelSerializer(many=True)
    status = LabelSerializer()
    valid_until = serializers.DateField(allow_null=True)
    suspension_reason = serializers.CharField()
    visits = serializers.IntegerField()
    last_visit_at = MomentField(allow_null=True)
    also = PersonRefSerializer(many=True)
    also_total = serializers.IntegerField()


class VisitorsSerializer(serializers.Serializer[Any]):
    rows = VisitorSerializer(many=True)
    total = serializers.IntegerField()


class LawyerSerializer(serializers.Serializer[Any]):
    person = PersonRefSerializer()
    sources = SourceSerializer(many=True)
    inscriptions = serializers.ListField(child=serializers.CharField())
    since = serializers.DateField(allow_null=True)
    until = serializers.DateField(allow_null=True)
    attendances = serializers.IntegerField()
    last_attendance_at = MomentField(allow_null=True)
    clients = serializers.IntegerField()


class LawyersSerializer(serializers.Serializer[Any]):
    rows = LawyerSerializer(many=True)
    total = serializers.IntegerField()


class LinkSerializer(serializers.Serializer[Any]):
    """A prisoner whom the person visits or defends."""

    person = PersonRefSerializer()
    sources = SourceSerializer(many=True)
    kinships = LabelSerializer(many=True)
    defended = serializers.BooleanField()
    unit = serializers.CharField()
    contacts = serializers.IntegerField()
    last_contact_at = MomentField(allow_null=True)


class LinksSerializer(serializers.Serializer[Any]):
    rows = LinkSerializer(many=True)
    total = serializers.IntegerField()


class CellmateSerializer(SourcedSerializer):
    person = PersonRefSerializer()
    unit_id = serializers.UUIDField()
    unit = serializers.CharField()
    wing = serializers.CharField()
    cell = serializers.CharField()
    days = serializers.IntegerField()
    since = MomentField()
    until = MomentField(allow_null=True)


class CellmatesSerializer(serializers.Serializer[Any]):
    rows = CellmateSerializer(many=True)
    total = serializers.IntegerField()


class OffenceSerializer(serializers.Serializer[Any]):
    law = serializers.CharField()
    article = serializers.CharField()
    name = LabelSerializer()
    committed_on = serializers.DateField(allow_null=True)
    heinous = serializers.BooleanField(allow_null=True)
    attempted = serializers.BooleanField(allow_null=True)


class CaseSerializer(SourcedSerializer):
    """A court case; of a sealed one everything but the source is empty."""

    sealed = serializers.BooleanField()
    number = serializers.CharField()
    valid_number = serializers.BooleanField()
    piece_kind = serializers.CharField()
    arrest_kind = LabelSerializer()
    court = serializers.CharField()
    issued_on = serializers.DateField(allow_null=True)
    valid_until = serializers.DateField(allow_null=True)
    sentenced_on = serializers.DateField(allow_null=True)
    final_on = serializers.DateField(allow_null=True)
    sentence = serializers.ListField(child=serializers.IntegerField(), allow_null=True, help_text="Anos, meses, dias.")
    initial_regime = LabelSerializer()
    recidivist = serializers.BooleanField(allow_null=True)
    remand_days = serializers.IntegerField(allow_null=True)
    secrecy = LabelSerializer()
    offences = OffenceSerializer(many=True)


class CasesSerializer(serializers.Serializer[Any]):
    rows = CaseSerializer(many=True)
    total = serializers.IntegerField()


class ActivitySerializer(SourcedSerializer):
    nature = LabelSerializer()
    detail = serializers.CharField()
    since = serializers.DateField()
    until = serializers.DateField(allow_null=True)
    remitted_days = serializers.IntegerField(allow_null=True)


class FaultSerializer(SourcedSerializer):
    severity = LabelSerializer()
    occurred_on = serializers.DateField()
    status = LabelSerializer()


class ConductSerializer(serializers.Serializer[Any]):
    activities = ActivitySerializer(many=True)
    faults = FaultSerializer(many=True)
    remitted_days = serializers.IntegerField()


class PersonCrossingsSerializer(serializers.Serializer[Any]):
    """Crossings that name the person. `crowds`: contacts left out, T telephone or E address, and how many have them."""

    rows = CrossingSerializer(many=True)
    total = serializers.IntegerField()
    crowds = serializers.ListField(child=serializers.ListField())


class FindingSerializer(serializers.Serializer[Any]):
    """What a quality rule found: a doubt about the data. `others` are further people it is about."""

    rule = serializers.CharField()
    severity = serializers.SerializerMethodField(help_text="high, medium ou low")
    status = serializers.CharField()
    title = serializers.CharField()
    explanation = serializers.CharField()
    told = serializers.CharField(help_text="A evidência, em uma frase.")
    sources = SourceSerializer(many=True)
    others = PersonRefSerializer(many=True)
    more = serializers.BooleanField()
    opened_at = serializers.DateTimeField()
    checked_at = serializers.DateTimeField()

    def get_severity(self, finding: FindingSeen) -> str:
        return finding.severity.name.lower()


class FindingsSerializer(serializers.Serializer[Any]):
    rows = FindingSerializer(many=True)
    total = serializers.IntegerField()
    waiting = serializers.BooleanField(help_text="Chegaram dados da pessoa que as regras ainda não verificaram.")


class PersonSerializer(serializers.Serializer[Any]):
    """A person. A part that does not apply, or that the scope does not show, is absent; one that failed is in
    `failed`, and the others are there all the same."""

    id = serializers.UUIDField()
    identity = IdentitySerializer(required=False)
    situation = SituationSerializer(required=False)
    documents = DocumentSerializer(many=True, required=False)
    movements = MovementsSerializer(required=False)
    visitors = VisitorsSerializer(required=False)
    lawyers = LawyersSerializer(required=False)
    links = LinksSerializer(required=False)
    crossings = PersonCrossingsSerializer(required=False)
    cellmates = CellmatesSerializer(required=False)
    cases = CasesSerializer(required=False)
    conduct = ConductSerializer(required=False)
    findings = FindingsSerializer(required=False)
    sources = SourceRecordSerializer(many=True, required=False)
    comparison = ComparisonSerializer(required=False)
    failed = serializers.ListField(child=serializers.CharField())
    receipt = serializers.UUIDField(help_text="Comprovante da consulta.", required=False)
