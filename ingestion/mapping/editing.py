"""Changing a mapping file in place: what a person wrote, comments and order, stays as it is."""

import json
from collections.abc import Mapping
from typing import Any

import yaml

from ingestion.mapping.nodes import TextLoader, child, compose

# Start and end in the text, and what stands there instead.
Edit = tuple[int, int, str]


class EditError(ValueError):
    """The file is written in a way that cannot be changed here; the message tells a person what to do."""

    def __init__(self, view: str, field: str) -> None:
        super().__init__(
            f"Não foi possível alterar views.{view}.fields.{field} sem reescrever o arquivo; edite-o à mão."
        )


def with_codes(text: str, view: str, field: str, codes: Mapping[str, str]) -> str:
    """The file with these codes of the state translated in a field, wherever its code map is written.

    A code that the map itself produces (`1: MASC`, when the contract says M) is corrected there too. Raises EditError.
    """
    edits = _edits(text, view, field, codes)
    changed = text
    for start, end, replacement in sorted(edits, reverse=True):
        changed = changed[:start] + replacement + changed[end:]
    if _data(changed, view, field) != _expected(text, view, field, codes):
        raise EditError(view, field)
    return changed


def _edits(text: str, view: str, field: str, codes: Mapping[str, str]) -> list[Edit]:
    root = compose(text)
    node = _at(root, "views", view, "fields", field)
    if isinstance(node, yaml.ScalarNode):  # the short form: only a column
        column = text[node.start_mark.index : node.end_mark.index].rstrip()
        return [
            (node.start_mark.index, node.start_mark.index + len(column), f"{{column: {column}, codes: {_flow(codes)}}}")
        ]
    if not isinstance(node, yaml.MappingNode):
        raise EditError(view, field)
    given = child(node, "codes")
    if given is None:
        return [_insertion(text, node, [f"codes: {_flow(codes)}"])]
    target: yaml.Node | None = given[1]
    if isinstance(target, yaml.ScalarNode):
        target = _at(root, "codes", target.value)
    if not isinstance(target, yaml.MappingNode):
        raise EditError(view, field)
    return _of_map(text, target, codes)


def _of_map(text: str, target: yaml.MappingNode, codes: Mapping[str, str]) -> list[Edit]:
    edits = [
        (value.start_mark.index, value.end_mark.index, _quoted(codes[value.value]))
        for key, value in target.value
        if value.value in codes and key.value not in codes
    ]
    known = {key.value: value for key, value in target.value}
    edits += [
        (known[code].start_mark.index, known[code].end_mark.index, _quoted(given))
        for code, given in codes.items()
        if code in known
    ]
    if new := [f"{_quoted(code)}: {_quoted(given)}" for code, given in codes.items() if code not in known]:
        edits.append(_insertion(text, target, new))
    return edits


def _insertion(text: str, node: yaml.MappingNode, lines: list[str]) -> Edit:
    """New entries of a map: after its brace, or below its last line, as the map is written."""
    if node.flow_style:
        start = node.start_mark.index + 1
        return start, start, ", ".join(lines) + (", " if node.value else "")
    indent = " " * node.value[0][0].start_mark.column
    last = node.value[-1][1].end_mark.index
    if "\n" in text[node.value[-1][0].start_mark.index : last]:
        # A last value of several lines ends where it pleases: the new entries stand before the first.
        start = node.value[0][0].start_mark.index
        return start, start, "".join(f"{line}\n{indent}" for line in lines)
    end = text.find("\n", last)
    end = len(text) if end < 0 else end
    return end, end, "".join(f"\n{indent}{line}" for line in lines)


def _at(node: yaml.Node | None, *path: str) -> yaml.Node | None:
    for step in path:
        found = child(node, step)
        node = found[1] if found else None
    return node


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _flow(codes: Mapping[str, str]) -> str:
    return "{" + ", ".join(f"{_quoted(code)}: {_quoted(given)}" for code, given in codes.items()) + "}"


def _data(text: str, view: str, field: str) -> Any:
    try:
        return TextLoader(text).get_single_data()
    except yaml.YAMLError as error:
        raise EditError(view, field) from error


def _expected(text: str, view: str, field: str, codes: Mapping[str, str]) -> Any:
    data = _data(text, view, field)
    fields = data["views"][view]["fields"]
    if isinstance(fields[field], str):
        fields[field] = {"column": fields[field]}
    given = fields[field].setdefault("codes", {})
    target = data["codes"][given] if isinstance(given, str) else given
    for code, value in target.items():
        target[code] = codes.get(value, value)
    target.update(codes)
    return data
