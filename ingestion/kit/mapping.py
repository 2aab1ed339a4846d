"""The mapping of a state whose views were made by the templates: every column has the contract's own name."""

import yaml

from ingestion.contract import VERSION, VIEWS, FieldType, View
from ingestion.kit.databases import DATABASES
from ingestion.mapping.reading import read
from ingestion.mapping.schema import FORMAT

HEADER = """\
# Mapeamento de {code}, para visões feitas pelos modelos (manage.py contract templates).
# Apague os campos que o estado não tem e as visões que não oferece. Onde o código do estado difere do contrato:
#   sexo: {{column: sexo, codes: {{"1": M, "2": F}}}}
# Data em texto: {{column: x, format: "%d/%m/%Y"}}. Fotografia em pasta: {{column: conteudo_ou_uri, photo: path}}.
"""


def skeleton(code: str, timezone: str, dialect: str, schema: str) -> str:
    """The YAML text. Raises MappingError for a code or a time zone that no mapping takes."""
    database = DATABASES[dialect]
    whole = {
        "mapping": FORMAT,
        "contract": VERSION,
        "origin": code,
        "timezone": timezone,
        "not_declared": ["NÃO DECLARADO", "NAO DECLARADO", "NÃO INFORMADO", "NAO INFORMADO", "IGNORADO", "-"],
        "repair": ["trim"],
        "views": {
            name: {"relation": database.name(schema, name), "fields": _fields(view)} for name, view in VIEWS.items()
        },
    }
    text = HEADER.format(code=code) + yaml.safe_dump(whole, allow_unicode=True, sort_keys=False)
    read(text)
    return text


def _fields(view: View) -> dict[str, object]:
    """Every field but the digest of an image, which is reckoned when it is taken in."""
    return {
        field.name: {"column": field.name, "photo": "blob"} if field.type is FieldType.PHOTO else field.name
        for field in view.fields
        if not (view.photo and field.name == "sha256")
    }
