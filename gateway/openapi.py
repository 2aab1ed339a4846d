"""What the gateway answers, as OpenAPI 3.1: written here, and held against the running gateway by the tests."""

from collections.abc import Iterable
from typing import Any

from gateway import VERSION

TEXT = {"type": "string"}
MOMENT = r"^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])"
HOUR = r"T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\.[0-9]{6})?$"
# Kinds of a value → what it may hold.
KINDS: dict[str, dict[str, Any]] = {
    # A NUL is in no database's text.
    "plain": {"oneOf": [{"type": "string", "pattern": r"^[^\x00]*$"}, {"type": "number"}, {"type": "boolean"}]},
    "datetime": {"type": "string", "pattern": MOMENT.replace("[0-9]{4}", "[1-9][0-9]{3}") + HOUR},
    "date": {"type": "string", "pattern": MOMENT.replace("[0-9]{4}", "[1-9][0-9]{3}") + "$"},
    "decimal": {"type": "string", "pattern": r"^-?[0-9]{1,30}(\.[0-9]{1,30})?$"},
    "bytes": {"type": "string", "pattern": "^([0-9a-f]{2})*$"},
    "uuid": {"type": "string", "pattern": "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$"},
}


def document(views: Iterable[str]) -> dict[str, Any]:
    """The whole document of a gateway with these agreed views."""
    view = _parameter("view", {"enum": sorted(views)}, place="path", required=True)
    after, until, since = (_json(name, said) for name, said in JSON_PARAMETERS.items())
    limit = _parameter("limit", {"type": "integer", "minimum": 1, "maximum": 10_000_000})
    key = _parameter("key", TEXT, place="path", required=True)
    part = _parameter("Range", {"type": "string", "pattern": r"^bytes=[0-9]{1,9}-$"}, place="header")
    return {
        "openapi": "3.1.0",
        "info": {"title": "senappen-gateway", "version": VERSION},
        "security": [{"token": []}],
        "components": {"securitySchemes": {"token": {"type": "http", "scheme": "bearer"}}, "schemas": SCHEMAS},
        "paths": {
            "/v1/health": _get("Se o gateway, o banco e as fotos respondem.", [], _of("Health")),
            "/v1/openapi.json": _get("Este documento.", [], _answer("application/json", {"type": "object"})),
            "/v1/views": _get("As visões acordadas.", [], _of("Views")),
            "/v1/views/{view}": _get("As linhas de uma visão.", [view, after, until, limit], LINES, "400", "404"),
            "/v1/views/{view}/keys": _get("As chaves de uma visão.", [view, since], LINES, "400", "404"),
            "/v1/photos/{key}": _get("Uma foto.", [key, part], PHOTO | {"206": PHOTO["200"]}, "404", "416"),
        },
    }


def _get(summary: str, parameters: list[Any], answers: dict[str, Any], *refusals: str) -> dict[str, Any]:
    refused = _answer("application/json", {"$ref": "#/components/schemas/Refusal"}, "default")["default"]
    responses = answers | dict.fromkeys(["400", "401", "405", "429", "502", "503", *refusals], refused)
    return {"get": {"summary": summary, "parameters": parameters, "responses": responses}}


def _answer(media: str, schema: dict[str, Any], status: str = "200") -> dict[str, Any]:
    return {status: {"description": "A resposta.", "content": {media: {"schema": schema}}}}


def _of(name: str) -> dict[str, Any]:
    return _answer("application/json", {"$ref": f"#/components/schemas/{name}"})


def _parameter(name: str, schema: dict[str, Any], *, place: str = "query", required: bool = False) -> dict[str, Any]:
    return {"name": name, "in": place, "required": required, "schema": schema}


def _json(name: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"name": name, "in": "query", "required": False, "content": {"application/json": {"schema": schema}}}


def _object(**properties: Any) -> dict[str, Any]:
    return {
        "type": "object", "properties": properties, "required": list(properties), "additionalProperties": False,
    }  # fmt: skip


def _list(items: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": items}


_TAGGED = [
    {"type": "array", "prefixItems": [{"const": kind}, content], "items": False, "minItems": 2}
    for kind, content in KINDS.items()
]
VALUE = {"oneOf": [{"type": "null"}, *_TAGGED]}
POSITION = {"type": "array", "prefixItems": [VALUE, VALUE], "items": False, "minItems": 2}
JSON_PARAMETERS: dict[str, dict[str, Any]] = {"after": POSITION, "until": VALUE, "since": VALUE}
LINES = _answer("application/x-ndjson", TEXT)
PHOTO = _answer("application/octet-stream", {"type": "string", "format": "binary"})
SCHEMAS = {
    "Refusal": _object(detail=TEXT, code=TEXT, reference={"type": "string", "pattern": "^GTW-[0-9A-F]{8}$"}),
    "Health": _object(
        version=TEXT, contract={"type": "integer"}, database={"type": "boolean"}, photos={"type": "boolean"}, clock=TEXT
    ),
    "Views": _object(views=_list(_object(name=TEXT, columns=_list(TEXT), updated=TEXT, key=TEXT))),
}
