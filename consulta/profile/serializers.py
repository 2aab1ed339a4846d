"""The parts of a person in the API, each as its selector answers."""

from typing import Any

from rest_framework import serializers

from consulta.profile.present.facts import document_number
from consulta.serializers import (
    LabelSerializer,
    MaskedCpfField,
    MomentField,
    SourcedSerializer,
    SourceSerializer,
    UnitRefSerializer,
)
from consulta.wording import masked_cpf
from registry.selectors.people.comparison import Line
from registry.selectors.people.documents import Document


class VariantSerializer(serializers.Serializer[Any]):
    """A value and the states that hold it."""

    text = serializers.CharField()
    sources = SourceSerializer(many=True)
    updated_at = serializers.DateTimeField()


class ChoiceSerializer(serializers.Serializer[Any]):
    """A fact: `text` is what most states hold, then the freshest; `variants` has all, in that order."""

    text = serializers.CharField()
    variants = VariantSerializer(many=True)


class MaskedVariantSerializer(VariantSerializer):
    """A CPF, masked."""

    text = MaskedCpfField()


class MaskedChoiceSerializer(ChoiceSerializer):
    """CPFs, masked."""

    text = MaskedCpfField()
    variants = MaskedVariantSerializer(many=True)


class MarkSerializer(SourcedSerializer):
    kind = LabelSerializer()
    body_part = serializers.CharField()
    description = serializers.CharField()


class PhotoSerializer(SourcedSerializer):
    """A photograph: GET /fotos/<id>/ opens it, at the gate."""

    id = serializers.IntegerField(source="pk")
    position = LabelSerializer()
    taken_on = serializers.DateField(allow_null=True)


class ProvenanceSerializer(SourcedSerializer):
    records = serializers.IntegerField()
    updated_at = MomentField()


class IdentitySerializer(serializers.Serializer[Any]):
    name = ChoiceSerializer()
    mother = ChoiceSerializer()
    father = ChoiceSerializer()
    birth = ChoiceSerializer(help_text="Datas ISO 8601.")
    age = serializers.IntegerField(allow_null=True)
    sex = ChoiceSerializer()
    cpf = MaskedChoiceSerializer()
    rji = ChoiceSerializer()
    oab = ChoiceSerializer()
    nicknames = ChoiceSerializer()
    facts = serializers.DictField(child=ChoiceSerializer())
    kinds = serializers.ListField(child=serializers.CharField())
    marks = MarkSerializer(many=True)
    photos = PhotoSerializer(many=True)
    provenance = ProvenanceSerializer(many=True)
    records = serializers.IntegerField()
    withdrawn = serializers.BooleanField()


class HeldSerializer(SourcedSerializer):
    """A custody in course."""

    unit = UnitRefSerializer()
    wing = serializers.CharField()
    cell = serializers.CharField()
    since = MomentField()
    days = serializers.IntegerField()
    arrested_on = serializers.DateField()
    regime = LabelSerializer()
    situation = LabelSerializer()
    justice = LabelSerializer()
    behaviour = LabelSerializer()
    rdd = serializers.BooleanField(allow_null=True)
    monitored = serializers.BooleanField(allow_null=True)
    faction = serializers.CharField()


class StepSerializer(SourcedSerializer):
    """The movement that explains the situation."""

    kind = LabelSerializer()
    at = MomentField()
    unit = UnitRefSerializer(allow_null=True)
    expected_return_at = MomentField(allow_null=True)
    overdue = serializers.BooleanField()
    other_uf = serializers.CharField()


class ContradictionSerializer(serializers.Serializer[Any]):
    doubt = serializers.CharField()
    origins = serializers.ListField(child=serializers.CharField())
    since = MomentField(allow_null=True)


class SituationSerializer(serializers.Serializer[Any]):
    state = serializers.CharField()
    places = HeldSerializer(many=True)
    step = StepSerializer(allow_null=True)
    died_on = serializers.DateField(allow_null=True)
    contradictions = ContradictionSerializer(many=True)


class DocumentSerializer(serializers.Serializer[Any]):
    """A document; CPFs are masked."""

    kind = LabelSerializer()
    number = serializers.SerializerMethodField()
    flaw = serializers.CharField()
    issuer = serializers.CharField()
    issued_on = serializers.DateField(allow_null=True)
    sources = SourceSerializer(many=True)

    def get_number(self, document: Document) -> str:
        return document_number(document)


class StaySerializer(SourcedSerializer):
    unit = UnitRefSerializer()
    since = MomentField()
    until = MomentField(allow_null=True)
    regime = LabelSerializer()
    disputed = serializers.BooleanField()


class EventSerializer(SourcedSerializer):
    kind = LabelSerializer()
    effect = serializers.CharField()
    at = MomentField()
    registered_at = MomentField()
    delay_days = serializers.IntegerField(allow_null=True)
    unit_from = UnitRefSerializer(allow_null=True)
    unit_to = UnitRefSerializer(allow_null=True)
    other_uf = serializers.CharField()
    reason = serializers.CharField()
    document = serializers.CharField()
    expected_return_at = MomentField(allow_null=True)
    death_cause = LabelSerializer()


class StayGapSerializer(serializers.Serializer[Any]):
    """Days between two stays that no release or escape explains."""

    since = MomentField()
    until = MomentField()
    days = serializers.IntegerField()
    unit_from = UnitRefSerializer()
    unit_to = UnitRefSerializer()
    transferred = serializers.BooleanField(help_text="Há transferência lançada; a entrada veio dias depois.")


class StayOverlapSerializer(serializers.Serializer[Any]):
    """Days in two units at once."""

    since = MomentField()
    until = MomentField(allow_null=True)
    days = serializers.IntegerField()
    units = UnitRefSerializer(many=True)
    ufs = serializers.ListField(child=serializers.CharField())


class MovementsSerializer(serializers.Serializer[Any]):
    stays = StaySerializer(many=True)
    events = EventSerializer(many=True)
    gaps = StayGapSerializer(many=True, source="breaks.gaps")
    overlaps = StayOverlapSerializer(many=True, source="breaks.overlaps")
    total = serializers.IntegerField()


class ComparedRecordSerializer(SourcedSerializer):
    kind = serializers.CharField()
    origin_key = serializers.CharField()
    withdrawn = serializers.BooleanField()


class ComparedFieldSerializer(serializers.Serializer[Any]):
    """A field, one value for each record in the order of `columns`; CPFs are masked."""

    field = serializers.CharField()
    differs = serializers.BooleanField()
    values = serializers.SerializerMethodField()

    def get_values(self, line: Line) -> list[dict[str, Any]]:
        read = masked_cpf if line.field == "cpf" else str
        return [{"text": read(cell.text), "differs": cell.differs} for cell in line.cells]


class ComparisonSerializer(serializers.Serializer[Any]):
    """What each record says of each field; `differs` from what most of the others say."""

    columns = ComparedRecordSerializer(many=True)
    lines = ComparedFieldSerializer(many=True)


class SourceRecordSerializer(SourcedSerializer):
    """A record as its state holds it; the CPF is masked."""

    kind = serializers.CharField()
    origin_key = serializers.CharField()
    name = serializers.CharField()
    mother_name = serializers.CharField()
    father_name = serializers.CharField()
    birth_date = serializers.DateField(allow_null=True)
    cpf = MaskedCpfField()
    registration = serializers.CharField()
    updated_at = MomentField()
    received_at = MomentField()
    removed_at = MomentField(allow_null=True)
