"""From the text of a mapping file to a checked `Mapping`. Every problem is said in pt-BR, with what to do."""

from functools import lru_cache
from typing import Any

import yaml
from pydantic import ValidationError

from ingestion.mapping.checks import problems_of
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
    """The file cannot be used. `problems` are complete sentences for the person who wrote it."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


@lru_cache(maxsize=64)
def read(text: str) -> Mapping:
    """The mapping of this text. Raises MappingError with every problem found."""
    if len(text) > MOST_CHARACTERS:
        raise MappingError([f"O arquivo passa de {MOST_CHARACTERS} caracteres; um mapeamento não chega a um décimo."])
    try:
        mapping = Mapping.model_validate(_parse(text))
    except ValidationError as error:
        raise MappingError([_explain(dict(detail)) for detail in error.errors()]) from None
    if problems := problems_of(mapping):
        raise MappingError(problems)
    return mapping


class _TextLoader(yaml.SafeLoader):
    """Every scalar is text (`001` stays `001`, `N` stays `N`); repeated keys and aliases are refused."""

    yaml_implicit_resolvers: dict[str, Any] = {}

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.AliasEvent):
            mark = parent.start_mark if parent else None
            raise yaml.constructor.ConstructorError(None, None, "referências (*) não são aceitas", mark)
        return super().compose_node(parent, index)

    def construct_mapping(self, node: Any, deep: bool = False) -> dict[Any, Any]:
        seen = set()
        for key_node, _ in node.value:
            key = key_node.value if isinstance(key_node, yaml.ScalarNode) else None
            if key is None or key in seen:
                what = f"a chave “{key}” está repetida" if key else "as chaves devem ser textos"
                raise yaml.constructor.ConstructorError(None, None, what, key_node.start_mark)
            seen.add(key)
        return super().construct_mapping(node, deep)


def _parse(text: str) -> Any:
    try:
        return _TextLoader(text).get_single_data()
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else "?"
        raise MappingError([f"Linha {line}: o arquivo não é YAML válido ({error.problem})."]) from None
    except (yaml.YAMLError, RecursionError):
        raise MappingError(["O arquivo não é YAML válido; confira recuos, aspas e caracteres de controle."]) from None


def _explain(detail: dict[str, Any]) -> str:
    place = ".".join(str(part) for part in detail["loc"]) or "arquivo"
    if detail["type"] == "value_error":
        return f"{place}: {detail['ctx']['error']}."
    sentence = EXPLANATIONS.get(detail["type"], "valor não aceito; veja o guia do mapeamento")
    return f"{place}: {sentence.format_map(detail.get('ctx', {}))}."
