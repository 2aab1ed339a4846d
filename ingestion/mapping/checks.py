"""What a well-formed mapping may still get wrong against the contract."""

from collections.abc import Iterator
from difflib import get_close_matches

from ingestion.contract import VIEWS, FieldType, View
from ingestion.contract.types import Field
from ingestion.mapping import api_checks
from ingestion.mapping.schema import IDENTIFIER, FieldMapping, Mapping, ViewMapping

# Text of these formats sorts as the times they stand for, which the watermark needs.
SORTABLE = ("%Y-%m-%d", "%Y/%m/%d", "%Y%m%d")


def problems_of(mapping: Mapping) -> list[str]:
    """Sentences in pt-BR, empty for a usable mapping."""
    of_views = [problem for name, view in mapping.views.items() for problem in _of_view(mapping, name, view)]
    return [f"{problem}." for problem in [*api_checks.problems_of(mapping), *of_views]]


def _of_view(mapping: Mapping, name: str, view: ViewMapping) -> Iterator[str]:
    place = f"views.{name}"
    contract = VIEWS.get(name)
    if contract is None:
        yield f"{place}: a visão não existe no contrato{_suggest(name, list(VIEWS))}"
        return
    for field in contract.fields:
        if field.required and field.name not in view.fields:
            yield (
                f"{place}.fields.{field.name}: é obrigatório no contrato; mapeie uma coluna"
                " ou, se for sempre igual, escreva {value: …}"
            )
    for field_name, field_mapping in view.fields.items():
        yield from _of_field(mapping, contract, f"{place}.fields.{field_name}", field_name, field_mapping)


def _of_field(mapping: Mapping, view: View, place: str, name: str, given: FieldMapping) -> Iterator[str]:
    field = view.by_name.get(name)
    if field is None:
        yield f"{place}: o campo não existe em {view.name}{_suggest(name, list(view.by_name))}"
        return
    if (given.column is None) == (given.value is None):
        yield f"{place}: diga column ou value, um dos dois"
    if name in ("id_origem", "dt_atualizacao") and given.column is None:
        yield f"{place}: precisa de uma coluna, não de um valor fixo"
    if mapping.api is None and given.column and not IDENTIFIER.fullmatch(given.column):
        yield f"{place}: “{given.column}” não é nome de coluna; expressões ficam na visão do estado"
    if isinstance(given.codes, str) and given.codes not in mapping.codes:
        yield f"{place}: não há mapa “{given.codes}” em codes{_suggest(given.codes, list(mapping.codes))}"
    yield from _of_type(place, field, given)


def _of_type(place: str, field: Field, given: FieldMapping) -> Iterator[str]:
    temporal = field.type in (FieldType.DATE, FieldType.TIMESTAMP)
    if given.format and not temporal:
        yield f"{place}: format só vale para datas"
    if given.format and field.name == "dt_atualizacao" and not given.format.startswith(SORTABLE):
        yield (
            f"{place}: a marca d'água precisa de data e hora nativas ou de texto que comece por ano, mês e dia;"
            " exponha-a assim na visão"
        )
    if given.codes is not None and field.type in (FieldType.DATE, FieldType.TIMESTAMP, FieldType.PHOTO):
        yield f"{place}: codes não vale para este campo"
    if (given.photo is not None) != (field.type is FieldType.PHOTO):
        yield f"{place}: photo (blob, path ou url) vale para o campo da imagem, e ali é obrigatório"


def _suggest(name: str, known: list[str]) -> str:
    near = get_close_matches(name, known, n=1)
    return f"; seria “{near[0]}”?" if near else ""
