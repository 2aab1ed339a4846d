"""Photographs that rows read by SQL name by their address."""

from collections.abc import Iterator
from typing import Any

import pytest
import yaml
from pytest_django import Settings

from ingestion.mapping.compiling import PhotoError
from ingestion.mapping.reading import MappingError, read
from ingestion.models import LoadStatus, Rejection, RejectionStatus, Rule
from ingestion.problems import EntryRefused, SourceProblem
from ingestion.reasons import ReasonCode
from ingestion.transports.photo_server import photographs
from registry.models import Photo
from tests.factories.ingestion import MAPPING, State, load, make_mapping, make_source
from tests.factories.rest import unsaved_source
from tests.ingestion.pipeline.test_photographs import PNG, VIEW, folder
from tests.ingestion.transports.rest.misbehaving import Asked, Reply, Server

pytestmark = pytest.mark.django_db(databases=["default", "audit"])
__all__ = ["folder"]  # a fixture

KEY = {"kind": "api_key", "secret": "chave_fotos", "header": "X-Chave"}


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as made:
        made.otherwise = _images
        yield made


def _images(asked: Asked) -> Reply:
    if asked.headers.get("X-Chave") != "segredo":
        return Reply(b"", 401)
    return Reply(PNG + asked.path.encode()) if asked.path.startswith("/fotos/existe") else Reply(b"", 404)


def mapping_of(base: str | None, kind: str = "url", **photos: Any) -> str:
    image = {**VIEW["fields"]["conteudo_ou_uri"], "photo": kind}  # type: ignore[index]
    view: Any = {**VIEW, "fields": {**VIEW["fields"], "conteudo_ou_uri": image}}  # type: ignore[dict-item]
    whole = yaml.safe_load(make_mapping(views={**MAPPING["views"], "vw_preso_foto": view}))
    if base:
        whole["photos"] = {"base": base, "requests_per_second": 1000, "timeout": 5, **photos}
    return yaml.safe_dump(whole, allow_unicode=True)


def opened(server: Server, *, rule: int = Rule.SQL_VPN, key: str = "segredo", **photos: Any) -> Any:
    text = mapping_of(f"{server.base}/fotos", authentication=KEY, **photos)
    given = read(text).photos
    assert given
    return photographs(unsaved_source(server.base, text, rule=rule, chave_fotos=key), given)


@pytest.mark.parametrize(
    ("named", "asked"),
    [
        ("existe/1.png", "/fotos/existe/1.png"),
        ("/existe/1 á.png", "/fotos/existe/1%20%C3%A1.png"),
        ("{base}/fotos/existe/1.png", "/fotos/existe/1.png"),
        ("{base}/fotos/existe/1%20.png?v=2", "/fotos/existe/1%20.png"),
    ],
)
def test_an_image_is_asked_beneath_the_base(server: Server, named: str, asked: str) -> None:
    with opened(server) as images:
        assert images(named.format(base=server.base)) == PNG + asked.encode()


@pytest.mark.parametrize(
    "named",
    [
        "", "  ", "/", "../segredo", "a/../../segredo", "..", "a/./b",
        "http://localhost:1/fotos/existe.png", "{base}/outra/existe.png", "{base}/fotosexiste.png",
        "{base}/fotos/%2e%2e/existe.png", "{base}/fotos/a%2f..%2fexiste.png", "HTTP://LOCALHOST/fotos/existe.png",
    ],
)  # fmt: skip
def test_an_address_elsewhere_is_no_photograph_and_is_not_asked(server: Server, named: str) -> None:
    with opened(server) as images, pytest.raises(PhotoError) as refused:
        images(named.format(base=server.base))

    assert refused.value.code == ReasonCode.PHOTO_MISSING
    assert server.asked == []


def test_what_is_not_there_is_this_image_s_own_matter(server: Server) -> None:
    with opened(server) as images, pytest.raises(PhotoError):
        images("sumiu.png")


def test_a_refused_key_stops_the_source_in_the_words_of_its_section(server: Server) -> None:
    with opened(server, key="outra") as images, pytest.raises(EntryRefused) as refused:
        images("existe.png")

    assert "O servidor de fotografias recusou a credencial" in refused.value.cause
    assert "photos.authentication" in refused.value.cause


def test_by_the_internet_images_come_by_https_alone(server: Server, settings: Settings) -> None:
    settings.LOOPBACK_SOURCES = False

    with pytest.raises(SourceProblem, match="https"), opened(server, rule=Rule.SQL_INTERNET):
        pass


def test_a_server_outside_the_vpn_range_is_not_asked(server: Server, settings: Settings) -> None:
    settings.LOOPBACK_SOURCES = False
    text = mapping_of(f"{server.base}/fotos")
    source = unsaved_source(server.base, text)
    source.vpn_range = "10.0.0.0/8"
    given = read(text).photos
    assert given

    with photographs(source, given) as images, pytest.raises(SourceProblem, match="faixa da VPN"):
        images("existe.png")

    assert server.asked == []


@pytest.mark.parametrize(
    ("base", "kind", "words"),
    [(None, "url", "seção photos"), ("http://fotos.test", "path", "use photo url")],
)
def test_a_photograph_that_cannot_be_found_is_refused_in_the_mapping(base: str | None, kind: str, words: str) -> None:
    with pytest.raises(MappingError, match=words):
        read(mapping_of(base, kind))


def test_the_authentication_of_both_sections_is_checked_alike() -> None:
    with pytest.raises(MappingError, match=r"photos\.authentication: diga header ou query"):
        read(mapping_of("http://fotos.test", authentication={"kind": "api_key", "secret": "chave_fotos"}))


@pytest.mark.usefixtures("folder")
def test_a_load_takes_images_by_address_and_later_those_that_were_missing(state: State, server: Server) -> None:
    state.run(
        "CREATE TABLE dados.vw_preso_foto (cod integer, interno integer, caminho text, alt timestamp);"
        "GRANT SELECT ON dados.vw_preso_foto TO PUBLIC;"
        f"INSERT INTO dados.vw_preso_foto VALUES (7, 1, 'existe/7.png', '2024-03-01 08:00'),"
        f"(8, 1, '{server.base}/fotos/existe/8.png', '2024-03-01 08:00'), (9, 1, 'depois.png', '2024-03-01 08:00')"
    )
    state.add("vw_preso", 1)
    source = make_source(state, mapping=mapping_of(f"{server.base}/fotos", authentication=KEY))
    source.seal(source.credentials.with_secret("chave_fotos", "segredo"))
    source.save()

    assert load(source).status == LoadStatus.FINISHED
    assert set(Photo.objects.values_list("origin_key", flat=True)) == {"7", "8"}
    assert Rejection.objects.get().reasons[0]["code"] == ReasonCode.PHOTO_MISSING

    server.otherwise = lambda _: Reply(PNG + b"depois")
    load(source)

    assert set(Photo.objects.values_list("origin_key", flat=True)) == {"7", "8", "9"}
    assert Rejection.objects.get().status == RejectionStatus.REPROCESSED
