"""A mapping file as YAML nodes, which know where in the text they stand."""

from collections.abc import Iterable
from typing import Any

import yaml


class TextLoader(yaml.SafeLoader):
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


def compose(text: str) -> yaml.Node | None:
    """The file's outermost node. Raises yaml.YAMLError."""
    node: yaml.Node | None = TextLoader(text).get_single_node()
    return node


def child(node: yaml.Node | None, step: object) -> tuple[yaml.Node, yaml.Node] | None:
    """What stands under a key or at a place of a list: the node that names it and its value."""
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if isinstance(key, yaml.ScalarNode) and key.value == str(step):
                return key, value
    if isinstance(node, yaml.SequenceNode) and str(step).isdigit() and int(str(step)) < len(node.value):
        value = node.value[int(str(step))]
        return value, value
    return None


def line_of(root: yaml.Node | None, path: Iterable[object]) -> int | None:
    """The line, from 1, of the deepest part of a path that the file has; steps that are no keys are passed over."""
    line = None
    for step in path:
        if found := child(root, step):
            line = found[0].start_mark.line + 1
            root = found[1]
    return line
