"""What the API of the crossings reads and answers."""

from typing import Any

from rest_framework import serializers

from consulta.crossing.forms import SHORTEST_REASON
from consulta.serializers import PersonRefSerializer, SourceSerializer
from registry.models import CrossingKind
from registry.selectors.crossing import LAWYERS, LEAST, LISTS, CrossingCriteria

REASON_NEEDED = "Diga o motivo, em ao menos 15 caracteres: listas de advogados só abrem com um fato que as justifique."


class CrossingCriteriaSerializer(serializers.Serializer[Any]):
    """One list and what narrows it. Lists of lawyers need a `reason`, which the audit keeps."""

    of = serializers.ChoiceField(choices=list(LISTS))
    kind = serializers.ChoiceField(choices=CrossingKind.choices, required=False)
    mark = serializers.CharField(max_length=16, required=False, help_text="Um dos `marks` de uma resposta.")
    uf = serializers.CharField(min_length=2, max_length=2, required=False)
    unit = serializers.UUIDField(required=False)
    since = serializers.DateField(required=False)
    least = serializers.IntegerField(
        min_value=2, max_value=10_000, required=False, help_text="Sem ele, 3 de visitantes e 20 de advogados."
    )
    states = serializers.IntegerField(min_value=1, max_value=27, default=1)
    places = serializers.IntegerField(min_value=0, max_value=1_000, default=0)
    distant = serializers.BooleanField(default=False)
    reason = serializers.CharField(min_length=SHORTEST_REASON, max_length=500, required=False)
    page = serializers.IntegerField(min_value=1, max_value=1_000, default=1)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if attrs["of"] in LAWYERS and not attrs.get("reason"):
            raise serializers.ValidationError({"reason": REASON_NEEDED})
        attrs.setdefault("least", LEAST.get(attrs["of"], 1))
        told = {name: value for name, value in attrs.items() if name not in ("reason", "page", "kind")}
        kind = CrossingKind(attrs["kind"]) if "kind" in attrs else None
        return {
            "criteria": CrossingCriteria(kind=kind, **told),
            "reason": attrs.get("reason", ""),
            "page": attrs["page"],
        }


class PersonBriefSerializer(serializers.Serializer[Any]):
    """A person of a crossing."""

    id = serializers.UUIDField(source="public_id")
    name = serializers.CharField()
    kinds = serializers.ListField(child=serializers.CharField())
    birth = serializers.DateField(allow_null=True)
    situation = serializers.CharField()
    unit = serializers.CharField()
    sources = SourceSerializer(many=True)


class CrossingSerializer(serializers.Serializer[Any]):
    """A crossing; `gravity` is 2 grave, 1 notable, 0 other. `named` are some of the prisoners it is about."""

    kind = serializers.CharField()
    person = PersonBriefSerializer()
    other = PersonBriefSerializer(allow_null=True)
    named = PersonRefSerializer(many=True)
    reasons = serializers.ListField(child=serializers.CharField())
    marks = serializers.ListField(child=serializers.CharField())
    ufs = serializers.ListField(child=serializers.CharField())
    units = serializers.ListField(child=serializers.CharField())
    last_on = serializers.DateField(allow_null=True)
    gravity = serializers.IntegerField()
    prisoners = serializers.IntegerField()
    states = serializers.IntegerField()
    places = serializers.IntegerField()


class TallySerializer(serializers.Serializer[Any]):
    """How many of a kind; a minimum where `capped`."""

    kind = serializers.CharField()
    total = serializers.IntegerField()
    capped = serializers.BooleanField()


class CrossingsSerializer(serializers.Serializer[Any]):
    """A page of a list; `sources` are all the states compared."""

    rows = CrossingSerializer(many=True)
    tallies = TallySerializer(many=True)
    total = serializers.IntegerField()
    capped = serializers.BooleanField()
    page = serializers.IntegerField()
    pages = serializers.IntegerField()
    sources = SourceSerializer(many=True)
    receipt = serializers.UUIDField(required=False, help_text="Comprovante da consulta.")
