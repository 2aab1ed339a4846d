"""A source described in a file on the state's own machine, for a check before SENAPPEN knows it."""

from ipaddress import ip_address
from pathlib import Path
from typing import Annotated, Any

import yaml
from pydantic import Field, ValidationError

from ingestion.mapping.api import Strict
from ingestion.mapping.reading import MappingError, explain, read
from ingestion.models import Credentials, MappingVersion, Rule, Source, SourceDialect


class SourceFile(Strict):
    """The file `fonte.yaml`. Paths begin where it lies; secrets are named, with the files that hold them."""

    rule: Rule
    dialect: SourceDialect | None = None
    host: str
    port: Annotated[int, Field(ge=1, le=65_535)]
    database: str = ""
    username: str = ""
    mapping: str = "mapping.yaml"
    photo_folder: str = ""
    vpn_range: str = ""
    authority: str = ""
    server_name: str = ""
    secrets: dict[str, str] = Field(default_factory=dict)


def open_file(path: Path, password: str) -> Source:
    """A source that is in no base. Raises MappingError, in pt-BR, for the file, its mapping and what it names."""
    described = _described(path)
    text = _contents(path.parent / described.mapping)
    read(text)
    source = Source(
        pk=1,
        rule=described.rule,
        dialect=described.dialect or "",
        host=described.host,
        port=described.port,
        database=described.database,
        photo_folder=str(path.parent / described.photo_folder) if described.photo_folder else "",
        vpn_range=described.vpn_range or _only(described.host),
        authority=_contents(path.parent / described.authority) if described.authority else "",
        server_name=described.server_name,
        mapping=MappingVersion(pk=1, text=text),
    )
    secrets = {name: _contents(path.parent / file).strip() for name, file in described.secrets.items()}
    source.seal(Credentials(described.username, password, secrets))
    return source


def _described(path: Path) -> SourceFile:
    try:
        given: Any = yaml.safe_load(_contents(path))
        return SourceFile.model_validate(given)
    except yaml.YAMLError:
        raise MappingError([f"{path.name} não é YAML válido."]) from None
    except ValidationError as error:
        raise MappingError([explain(dict(detail)) for detail in error.errors()]) from None


def _contents(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        raise MappingError([f"Não foi possível ler {path}."]) from None


def _only(host: str) -> str:
    """The network of that address alone, which is what the technician means by naming it; none for a name."""
    try:
        address = ip_address(host)
    except ValueError:
        return ""
    return f"{address}/{address.max_prefixlen}"
