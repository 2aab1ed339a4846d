"""The mapping of a state's views to the contract (format 1), which follows from its profile."""

from collections.abc import Mapping

import yaml

from fictitious.noise import NOT_DECLARED
from fictitious.render.schema import FOLDED_FIELDS, FOLDED_VIEW
from fictitious.states import columns
from fictitious.states.spec import Profile

Entry = str | dict[str, str]


class _Dumper(yaml.SafeDumper):
    """Quotes digits, which readers of another version of YAML would take for numbers (08)."""


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="'" if text.isdigit() else None)


_Dumper.add_representer(str, _text)


def mapping(profile: Profile) -> str:
    """The YAML text of the mapping file."""
    views: dict[str, object] = {}
    used: set[str] = set()
    for view in profile.views:
        fields: dict[str, Entry] = {}
        for table in view.tables:
            for column in columns.of_table(profile, view, table):
                if column.field not in fields and not column.field.startswith("doc:"):
                    fields[column.field] = _entry(profile, column)
                    used.update(filter(None, [column.mapping.get("codes")]))
        views[view.contract] = {"relation": f"{profile.schema}.{view.name}", "fields": fields}
    if profile.folded:
        views["vw_preso_documento"] = {"relation": f"{profile.schema}.{FOLDED_VIEW}", "fields": _folded(profile)}
    document = {
        "mapping": 1, "contract": 1, "origin": profile.uf, "timezone": profile.timezone,
        "not_declared": list(NOT_DECLARED),
        "repair": ["trim", "mojibake"], "codes": {name: _reversed(profile.codes[name]) for name in sorted(used)},
        "views": views,
    }  # fmt: skip
    return yaml.dump(document, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=120)


def _entry(profile: Profile, column: columns.Column) -> Entry:
    if column.field == "st_registro" and profile.deleted == "flag":
        return column.name
    return {"column": column.name, **column.mapping} if column.mapping else column.name


def _folded(profile: Profile) -> dict[str, Entry]:
    fields: dict[str, Entry] = dict(FOLDED_FIELDS)
    if profile.deleted == "code" and "st_registro" in profile.codes:
        fields["st_registro"] = {"column": FOLDED_FIELDS["st_registro"], "codes": "st_registro"}
    return fields


def _reversed(codes: Mapping[str, str]) -> dict[str, str]:
    """The state's code → the contract's."""
    return {state: code for code, state in codes.items()}
