"""The shapes of the review desk in the API."""

from typing import Any

from rest_framework import serializers

from consulta.serializers import SourceSerializer
from registry.models import RecordKind, Verdict
from registry.selectors.reviewing.queue import SHOWN_CAUSES

_CAUSES = [(cause.value, cause.label) for cause in SHOWN_CAUSES]


class ReviewRowSerializer(serializers.Serializer[Any]):
    """A pair of the queue: nothing of whom it is about."""

    id = serializers.IntegerField(source="pk")
    cause = serializers.ChoiceField(choices=_CAUSES)
    kinds = serializers.ListField(child=serializers.ChoiceField(choices=RecordKind.choices))
    origins = serializers.ListField(child=serializers.CharField())
    in_custody = serializers.BooleanField()
    opened_at = serializers.DateTimeField()
    needs_second = serializers.BooleanField()
    votes = serializers.IntegerField()
    claimed_by_me = serializers.BooleanField()
    claimed_by_other = serializers.BooleanField()
    voted = serializers.BooleanField(help_text="Você já votou neste par.")


class ReviewListSerializer(serializers.Serializer[Any]):
    rows = ReviewRowSerializer(many=True)
    total = serializers.IntegerField()
    page = serializers.IntegerField()
    pages = serializers.IntegerField()
    open = serializers.IntegerField()
    second = serializers.IntegerField()
    mine = serializers.IntegerField()


class ReviewFieldSerializer(serializers.Serializer[Any]):
    """A field of both records; of two CPFs only the digits that differ are told."""

    label = serializers.CharField()  # type: ignore[assignment]  # hides Field.label only on the class
    outcome = serializers.ChoiceField(choices=["same", "differs", "one", "partly"])
    a = serializers.ListField(child=serializers.CharField())
    b = serializers.ListField(child=serializers.CharField())


class ReviewRecordSerializer(serializers.Serializer[Any]):
    """One of the two records. `photos` are ids: GET /fotos/<id>/ opens one, at the gate."""

    kind = serializers.ChoiceField(choices=RecordKind.choices)
    source = SourceSerializer()  # type: ignore[assignment]
    key = serializers.CharField()
    photos = serializers.ListField(child=serializers.IntegerField())
    others = serializers.IntegerField(help_text="Outros registros do mesmo lado.")


class WeightSerializer(serializers.Serializer[Any]):
    feature = serializers.CharField()
    outcome = serializers.CharField()
    weight = serializers.FloatField()


class OverlapSerializer(serializers.Serializer[Any]):
    since = serializers.DateTimeField()
    until = serializers.DateTimeField()
    same_place = serializers.BooleanField()


class ReviewSerializer(serializers.Serializer[Any]):
    """A pair with what its reviewer decides on. Send `seen` back with the vote."""

    id = serializers.IntegerField()
    cause = serializers.ChoiceField(choices=_CAUSES)
    score = serializers.FloatField(allow_null=True, help_text="log2 das chances de serem a mesma pessoa")
    reasons = WeightSerializer(many=True)
    vetoes = serializers.ListField(child=serializers.CharField())
    records = ReviewRecordSerializer(many=True)
    fields_compared = ReviewFieldSerializer(many=True)
    lives = serializers.ChoiceField(choices=["no_stays", "conflict", "joined", "together", "apart"])
    overlaps = OverlapSerializer(many=True)
    risks = serializers.ListField(child=serializers.CharField(), help_text="Por que exige dois revisores.")
    seen = serializers.CharField()


class VoteSerializer(serializers.Serializer[Any]):
    verdict = serializers.ChoiceField(choices=Verdict.choices)
    seen = serializers.CharField(max_length=600)
    note = serializers.CharField(max_length=500, required=False, allow_blank=True, default="")


class CastSerializer(serializers.Serializer[Any]):
    """What the votes of the pair come to with this one."""

    conclusion = serializers.ChoiceField(choices=["waiting", "same", "different", "unsure", "disputed"])
    warning = serializers.CharField(allow_blank=True)
