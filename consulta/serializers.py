"""What several answers of the API share. Their shapes are a promise to programs: fields are added, never renamed."""

from datetime import datetime
from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema_field
from rest_framework import serializers

from consulta.wording import masked_cpf

PURPOSE = OpenApiParameter(
    "X-Purpose", str, OpenApiParameter.HEADER, required=True, description="id da finalidade declarada"
)
REASON = OpenApiParameter(
    "X-Reason",
    str,
    OpenApiParameter.HEADER,
    description="para a ficha de um advogado: o fato que justifica a consulta, codificado como em endereços (%20)",
)
REFUSALS = {
    403: OpenApiResponse(description="O perfil não consulta pessoas"),
    404: OpenApiResponse(description="Não existe, ou está fora do que você pode ver"),
    428: OpenApiResponse(description="Falta declarar a finalidade, ou o motivo de abrir a ficha de um advogado"),
    503: OpenApiResponse(description="Auditoria indisponível: nada é mostrado"),
}


@extend_schema_field(OpenApiTypes.DATETIME)
class MomentField(serializers.DateTimeField):
    """An instant on the clocks of the state it happened in: its offset is kept."""

    def to_representation(self, value: datetime) -> str:
        return value.isoformat(timespec="seconds")


@extend_schema_field(OpenApiTypes.STR)
class MaskedCpfField(serializers.CharField):
    """A CPF without its middle digits."""

    def to_representation(self, value: str) -> str:
        return masked_cpf(value)


class SourceSerializer(serializers.Serializer[Any]):
    """A state's data and its age."""

    code = serializers.CharField()
    uf = serializers.CharField()
    loaded_at = serializers.DateTimeField(allow_null=True)
    late = serializers.BooleanField()


class SourcedSerializer(serializers.Serializer[Any]):
    """What one state tells."""

    # DRF takes declared fields off the class: this does not hide Field.source.
    source = SourceSerializer()  # type: ignore[assignment]


class LabelSerializer(serializers.Serializer[Any]):
    """A code of the contract and its words; a code that no mapping knows comes as received."""

    code = serializers.CharField()
    text = serializers.CharField()
    known = serializers.BooleanField()


class UnitRefSerializer(serializers.Serializer[Any]):
    """A unit, named."""

    id = serializers.UUIDField(source="public_id")
    name = serializers.CharField()
    modality = LabelSerializer()


class PersonRefSerializer(serializers.Serializer[Any]):
    """Another person, named as the record that links them names them."""

    id = serializers.UUIDField(source="public_id")
    name = serializers.CharField()
