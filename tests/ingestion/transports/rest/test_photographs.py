"""Photographs of an API: in the record as base64, or at an address of their own."""

import base64
from typing import Any

import pytest
import yaml

from ingestion.mapping.reading import MappingError, read
from ingestion.transports import rest
from tests.factories.ingestion import make_mapping
from tests.factories.rest import unsaved_source
from tests.ingestion.transports.rest.misbehaving import Reply, Server

PNG = b"\x89PNG\r\n\x1a\n invented"


def photo_mapping(base: str, kind: str, **api: Any) -> str:
    fields = {
        "id_origem": "id", "id_preso": "preso", "posicao": "pos", "dt_atualizacao": "alt",
        "dt_inclusao": "alt", "content_type": {"value": "image/png"},
        "conteudo_ou_uri": {"column": "img", "photo": kind}, "st_registro": {"value": "A"},
    }  # fmt: skip
    whole = yaml.safe_load(make_mapping())
    whole["api"] = {"base": base, "requests_per_second": 1000, **api}
    whole["views"] = {"vw_preso_foto": {"endpoint": "/fotos", "fields": fields}}
    return yaml.safe_dump(whole, allow_unicode=True)


def images(server: Server, mapping: str, *values: Any) -> list[Any]:
    """What the column of the image becomes."""
    records = [
        {"id": number, "preso": 1, "pos": "FRONTAL", "alt": "2024-03-01", "img": value}
        for number, value in enumerate(values)
    ]
    server.replies = [Reply(records)]
    parsed = read(mapping)
    column = parsed.views["vw_preso_foto"].columns.index("img")
    with rest.connect(unsaved_source(server.base, mapping)) as connection:
        return [row[column] for batch in connection.batches(parsed, "vw_preso_foto", None, 50) for row in batch.rows]


def test_an_image_in_the_record_is_base64(server: Server) -> None:
    text = base64.b64encode(PNG).decode()

    found = images(server, photo_mapping(server.base, "blob"), text, f"data:image/png;base64,{text}", None)

    assert found == [PNG, PNG, None]


def test_an_image_at_an_address_is_asked_of_the_same_server(server: Server) -> None:
    server.otherwise = lambda asked: Reply(PNG) if asked.path == "/arquivos/a/1%20b.png" else Reply(b"", 404)
    mapping = photo_mapping(server.base, "url", photo="/arquivos/{value}")

    found = images(server, mapping, "a/1 b.png", "sumiu.png", "../segredo", None)

    assert found == [PNG, None, None, None]
    assert [asked.path for asked in server.asked[1:]] == ["/arquivos/a/1%20b.png", "/arquivos/sumiu.png"]


def test_an_image_is_not_held_beyond_what_the_registry_takes(server: Server) -> None:
    server.always(Reply(b"x" * (8 << 20)))

    [found] = images(server, photo_mapping(server.base, "url", photo="/arquivos/{value}"), "grande.png")

    assert 5 << 20 < len(found) < 6 << 20


@pytest.mark.parametrize(("photo", "words"), [("url", "api.photo"), ("path", "não tem pasta de fotos")])
def test_a_photograph_that_cannot_be_found_is_refused_in_the_mapping(photo: str, words: str) -> None:
    with pytest.raises(MappingError, match=words):
        read(photo_mapping("http://localhost", photo))
