"""What the API of the search of somebody missing reads and answers."""

from typing import Any

from rest_framework import serializers

from consulta.crossing.serializers import PersonBriefSerializer
from consulta.missing.forms import NOTHING_ASKED
from consulta.search.serializers import BirthField
from consulta.serializers import SourceSerializer
from registry import labels
from registry.selectors.missing import Agreement, MissingCriteria


def _codes(domain: str) -> serializers.ChoiceField:
    return serializers.ChoiceField(choices=[(one.code, one.text) for one in labels.choices(domain)], required=False)


class MissingCriteriaSerializer(serializers.Serializer[Any]):
    """A description: at least a name, a mother's name, marks, or a sex with an age or a birth."""

    name = serializers.CharField(max_length=200, required=False)
    mother = serializers.CharField(max_length=200, required=False)
    birth = BirthField(required=False, help_text="1991, 03/1991, 12/03/1991 ou 1989-1993.")
    age = serializers.IntegerField(
        min_value=0, max_value=120, required=False, help_text="Aproximada, no dia em que foi vista."
    )
    sex = _codes("sexo")
    race = _codes("raca_cor")
    marks = serializers.CharField(max_length=300, required=False)
    seen_on = serializers.DateField(required=False)
    uf = _codes("uf")
    page = serializers.IntegerField(min_value=1, max_value=1000, default=1)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        criteria = MissingCriteria(**{name: value for name, value in attrs.items() if name != "page"})
        if not criteria.is_selective:
            raise serializers.ValidationError(NOTHING_ASKED)
        return {"criteria": criteria, "page": attrs["page"]}


class ClueSerializer(serializers.Serializer[Any]):
    """What one feature says; points rank the list and are no probability."""

    agreement = serializers.ChoiceField(choices=[one.value for one in Agreement])
    text = serializers.CharField()
    points = serializers.IntegerField()


class CandidateSerializer(serializers.Serializer[Any]):
    """A person to be checked. `unidentified`: the state does not know who it is."""

    person = PersonBriefSerializer()
    clues = ClueSerializer(many=True)
    points = serializers.IntegerField()
    unidentified = serializers.BooleanField()
    marks = serializers.ListField(child=serializers.CharField())


class CandidatesSerializer(serializers.Serializer[Any]):
    """A page of candidates; `sources` are all the states searched."""

    rows = CandidateSerializer(many=True)
    total = serializers.IntegerField()
    cut = serializers.BooleanField()
    compared = serializers.IntegerField()
    page = serializers.IntegerField()
    pages = serializers.IntegerField()
    sources = SourceSerializer(many=True)
    receipt = serializers.UUIDField(required=False, help_text="Comprovante da consulta.")
