"""What the search API reads and answers."""

from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from consulta.search import labels
from consulta.search.forms import NOTHING_ASKED, UNREAD_DOCUMENT, period_problem
from consulta.serializers import SourceSerializer
from consulta.wording import masked_cpf
from registry.models import RecordKind
from registry.selectors.search import FACETS, Criteria, Facet, Filters, Narrowing, PersonCard, Place, Precision, Results
from registry.values.dates import BirthRange, parse_birth_query
from registry.values.errors import InvalidDate
from registry.values.identity_strength import IdentityStrength


@extend_schema_field(OpenApiTypes.STR)
class BirthField(serializers.Field[BirthRange, str, str, Any]):
    """A date, a month, a year or a range of years, as in the form."""

    def to_internal_value(self, data: str) -> BirthRange:
        try:
            return parse_birth_query(str(data))
        except InvalidDate as error:
            raise serializers.ValidationError(error.message) from error

    def to_representation(self, value: BirthRange) -> str:
        return f"{value.first.isoformat()}/{value.last.isoformat()}"


def _values(**options: Any) -> serializers.ListField:
    return serializers.ListField(child=serializers.CharField(max_length=40, **options), max_length=40, required=False)


class FiltersSerializer(serializers.Serializer[Any]):
    """What narrows the answer; values of one field are alternatives."""

    situation = _values()
    uf = _values(min_length=2)
    regime = _values()
    modality = _values()
    sex = _values()
    kind = serializers.ListField(child=serializers.ChoiceField(choices=RecordKind.choices), required=False)
    unit = serializers.UUIDField(required=False)


class NarrowingSerializer(serializers.Serializer[Any]):
    """What narrows the answer by what records tell; `faction` takes a permission of its own."""

    place = serializers.CharField(max_length=120, required=False, help_text="Nome ou sigla da unidade.")
    since = serializers.DateField(required=False, help_text="Início do período na unidade.")
    until = serializers.DateField(required=False, help_text="Fim do período na unidade, incluído.")
    marks = serializers.CharField(max_length=120, required=False, help_text="Sinais, cicatrizes e tatuagens.")
    offence = serializers.CharField(max_length=60, required=False, help_text="Artigo e lei: 33 11343.")
    faction = serializers.CharField(max_length=60, required=False)
    fresh = serializers.BooleanField(required=False, help_text="Só de estados com a carga em dia.")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if problem := period_problem(attrs.get("place", ""), attrs.get("since"), attrs.get("until")):
            raise serializers.ValidationError(problem)
        return attrs


class CriteriaSerializer(serializers.Serializer[Any]):
    """One search: at least a name, a mother's name, a document, a birth or a unit."""

    text = serializers.CharField(max_length=200, required=False, help_text="Nome, vulgo ou documento.")
    name = serializers.CharField(max_length=200, required=False)
    mother = serializers.CharField(max_length=200, required=False)
    father = serializers.CharField(max_length=200, required=False)
    birth = BirthField(required=False, help_text="1991, 03/1991, 12/03/1991 ou 1989-1993.")
    document = serializers.CharField(max_length=40, required=False, help_text="CPF, RG, RJI, matrícula, OAB ou NPU.")
    precision = serializers.ChoiceField(choices=[one.value for one in Precision], default=Precision.SOUND.value)
    filters = FiltersSerializer(required=False)
    narrowing = NarrowingSerializer(required=False)
    page = serializers.IntegerField(min_value=1, max_value=1000, default=1)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        criteria = self.read(attrs)
        if criteria.has_unread_document:
            raise serializers.ValidationError({"document": UNREAD_DOCUMENT})
        if not criteria.is_selective:
            raise serializers.ValidationError(NOTHING_ASKED)
        return {"criteria": criteria, "page": attrs["page"]}

    @staticmethod
    def read(attrs: dict[str, Any]) -> Criteria:
        """The criteria of the validated fields."""
        filters = attrs.get("filters", {})
        chosen = {name: tuple(filters.get(name, ())) for name in FACETS}
        texts = {name: attrs.get(name, "") for name in ("text", "name", "mother", "father", "document")}
        return Criteria(
            **texts,
            birth=attrs.get("birth"),
            precision=Precision(attrs["precision"]),
            narrowing=Narrowing(**attrs.get("narrowing", {})),
            filters=Filters(unit=filters.get("unit"), **chosen),
        )


class CodeSerializer(serializers.Serializer[Any]):
    """A code and its words."""

    code = serializers.CharField()
    text = serializers.CharField()


class CountSerializer(CodeSerializer):
    """A value of a facet and how many of the persons found have it."""

    persons = serializers.IntegerField()


class FacetSerializer(serializers.Serializer[Any]):
    """A filter and its values; counts are minima where `truncated`."""

    name = serializers.CharField()
    truncated = serializers.BooleanField()
    counts = CountSerializer(many=True)


class ReasonSerializer(serializers.Serializer[Any]):
    """Why the person appeared."""

    kind = serializers.CharField()
    text = serializers.CharField()


class CustodySerializer(serializers.Serializer[Any]):
    """The present custody, or the last one if not `is_present`."""

    uf = serializers.CharField()
    unit = serializers.CharField()
    unit_id = serializers.UUIDField()
    wing = serializers.CharField()
    cell = serializers.CharField()
    regime = CodeSerializer()
    since = serializers.DateTimeField()
    until = serializers.DateTimeField(allow_null=True)
    is_present = serializers.BooleanField()


class FoundPersonSerializer(serializers.Serializer[Any]):
    """A person found. The CPF is masked; the profile shows it whole."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    other_names = serializers.ListField(child=serializers.CharField())
    nicknames = serializers.ListField(child=serializers.CharField())
    mother = serializers.CharField()
    birth = serializers.DateField(allow_null=True)
    sex = serializers.CharField()
    kinds = serializers.ListField(child=serializers.ChoiceField(choices=RecordKind.choices))
    cpf = serializers.CharField()
    rji = serializers.CharField()
    oab = serializers.CharField()
    situation = CodeSerializer()
    custody = CustodySerializer(allow_null=True)
    sources = SourceSerializer(many=True)
    reasons = ReasonSerializer(many=True)
    homonyms = serializers.IntegerField(help_text="Outras pessoas da resposta com o mesmo nome, pelo som.")
    identity = serializers.ChoiceField(choices=[one.value for one in IdentityStrength])
    score = serializers.FloatField()


class ResultsSerializer(serializers.Serializer[Any]):
    """A page of the answer. `truncated`: more persons than `total` answer; `sources` are all the states searched."""

    total = serializers.IntegerField()
    truncated = serializers.BooleanField()
    page = serializers.IntegerField()
    pages = serializers.IntegerField()
    ignored_words = serializers.ListField(child=serializers.CharField())
    persons = FoundPersonSerializer(many=True)
    facets = FacetSerializer(many=True)
    sources = SourceSerializer(many=True)
    receipt = serializers.UUIDField(help_text="Comprovante da consulta.")


def results(found: Results) -> dict[str, Any]:
    """The answer as JSON types, without the receipt, which closing the consultation adds."""
    return {
        "total": found.total,
        "truncated": found.truncated,
        "page": found.page,
        "pages": found.pages,
        "ignored_words": list(found.dropped),
        "persons": [person(card) for card in found.cards],
        "facets": [_facet(facet) for facet in found.facets],
        "sources": SourceSerializer(found.sources, many=True).data,
    }


def person(card: PersonCard) -> dict[str, Any]:
    """A person found, as JSON types."""
    return {
        "id": str(card.public_id),
        "name": card.name,
        "other_names": list(card.other_names),
        "nicknames": list(card.nicknames),
        "mother": card.mother,
        "birth": card.birth.isoformat() if card.birth else None,
        "sex": card.sex,
        "kinds": list(card.kinds),
        "cpf": masked_cpf(card.cpf),
        "rji": card.rji,
        "oab": card.oab,
        "situation": {"code": card.situation, "text": labels.of("situation", card.situation)},
        "custody": _custody(card.place) if card.place else None,
        "sources": SourceSerializer(card.sources, many=True).data,
        "reasons": [{"kind": reason.kind.value, "text": reason.label} for reason in card.reasons],
        "homonyms": card.homonyms,
        "identity": card.strength.value,
        "score": card.score,
    }


def _custody(place: Place) -> dict[str, Any]:
    return {
        "uf": place.uf,
        "unit": place.unit,
        "unit_id": str(place.unit_id),
        "wing": place.wing,
        "cell": place.cell,
        "regime": {"code": place.regime.code, "text": str(place.regime)},
        "since": place.since.isoformat(),
        "until": place.until.isoformat() if place.until else None,
        "is_present": place.is_present,
    }


def _facet(facet: Facet) -> dict[str, Any]:
    counts = [
        {"code": count.value, "text": labels.of(facet.name, count.value), "persons": count.persons}
        for count in facet.counts
    ]
    return {"name": facet.name, "truncated": facet.truncated, "counts": counts}
