"""From the text of a mapping file to a checked `Mapping`. Every problem is said in pt-BR, with what to do."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import yaml
from pydantic import ValidationError

from ingestion.mapping.checks import problems_of
from ingestion.mapping.nodes import TextLoader, compose, line_of
from ingestion.mapping.schema import Mapping

MOST_CHARACTERS = 1_000_000

EXPLANATIONS = {
    "missing": "falta este campo; acrescente-o",
    "extra_forbidden": "chave desconhecida; confira a grafia ou apague a linha",
    "string_type": "deve ser um texto",
    "dict_type": "deve ser um bloco de chaves e valores",
    "model_type": "deve ser um bloco de chaves e valores",
    "model_attributes_type": "deve ser um bloco de chaves e valores",
    "list_type": "deve ser uma lista",
    "int_parsing": "deve ser um número inteiro",
    "int_type": "deve ser um número inteiro",
    "float_parsing": "deve ser um número",
    "bool_parsing": "deve ser true ou false",
    "literal_error": "valor desconhecido; os aceitos: {expected}",
    "union_tag_not_found": "falta kind; acrescente-o",
    "union_tag_invalid": "kind desconhecido; os que existem: {expected_tags}",
    "greater_than": "deve ser maior que {gt}",
    "greater_than_equal": "deve ser pelo menos {ge}",
    "less_than_equal": "deve ser no máximo {le}",
}


class MappingError(ValueError):
    """The file cannot be used. `problems` are complete sentences for the person who wrote it.

    `lines` says on which line of the file each stands, from 1; None where that is not known.
    """

    def __init__(self, problems: list[str], lines: list[int | None] | None = None) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems
        self.lines = lines or [None] * len(problems)


@lru_cache(maxsize=64)
def read(text: str) -> Mapping:
    """The mapping of this text. Raises MappingError with every problem found."""
    if len(text) > MOST_CHARACTERS:
        raise MappingError([f"O arquivo passa de {MOST_CHARACTERS} caracteres; um mapeamento não chega a um décimo."])
    try:
        mapping = Mapping.model_validate(_parse(text))
    except ValidationError as error:
        found: list[dict[str, Any]] = [dict(detail) for detail in error.errors()]
        raise MappingError([explain(detail) for detail in found], _lines(text, [d["loc"] for d in found])) from None
    if problems := problems_of(mapping):
        raise MappingError(problems, _lines(text, [problem.split(": ", 1)[0].split(".") for problem in problems]))
    return mapping


def _lines(text: str, places: Sequence[Sequence[object]]) -> list[int | None]:
    root = compose(text)
    return [line_of(root, place) for place in places]


def _parse(text: str) -> Any:
    try:
        return TextLoader(text).get_single_data()
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else None
        raise MappingError([f"Linha {line or '?'}: o arquivo não é YAML válido ({error.problem})."], [line]) from None
    except (yaml.YAMLError, RecursionError):
        raise MappingError(["O arquivo não é YAML válido; confira recuos, aspas e caracteres de controle."]) from None


def explain(detail: dict[str, Any]) -> str:
    """One of pydantic's errors as a sentence in pt-BR."""
    place = ".".join(str(part) for part in detail["loc"]) or "arquivo"
    if detail["type"] == "value_error":
        return f"{place}: {detail['ctx']['error']}."
    sentence = EXPLANATIONS.get(detail["type"], "valor não aceito; veja o guia do mapeamento")
    return f"{place}: {sentence.format_map(detail.get('ctx', {}))}."
