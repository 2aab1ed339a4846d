"""Secrets of an API go in, stay through a change of password, and never come out in what is shown or recorded."""

import io
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from audit.models import AccessEvent
from ingestion.models import Credentials, Source
from ingestion.services import mappings, secrets, sources
from tests.factories.ingestion import BY
from tests.factories.rest import api_mapping, make_api_source

pytestmark = pytest.mark.django_db(databases=["default", "audit"])

BASE = "https://api.exemplo"


@pytest.fixture
def source() -> Source:
    return make_api_source(BASE, api_mapping(BASE))


def named(source: Source) -> dict[str, str]:
    return Source.objects.get(pk=source.pk).credentials.named


def test_a_secret_is_kept_beside_the_others(source: Source) -> None:
    sources.put_secret(source=source, name="chave", value="k1", by=BY)
    sources.put_secret(source=source, name="cert", value="c1", by=BY)
    sources.put_secret(source=source, name="password", value="nova", by=BY)

    assert named(source) == {"chave": "k1", "cert": "c1", "username": "leitor", "password": "nova"}


def test_a_new_password_leaves_the_secrets(source: Source) -> None:
    sources.put_secret(source=source, name="chave", value="k1", by=BY)
    source.refresh_from_db()

    sources.replace_credentials(source=source, credentials=Credentials("outro", "nova"), by=BY)

    assert named(source) == {"chave": "k1", "username": "outro", "password": "nova"}


def test_neither_the_record_nor_the_screen_shows_a_secret(source: Source) -> None:
    sources.put_secret(source=source, name="chave", value="valor-secreto", by=BY)

    recorded = [f"{event.texts} {vars(event)}" for event in AccessEvent.objects.filter(action="source.secret")]
    assert recorded
    assert "valor-secreto" not in "".join(recorded) + repr(source.credentials)
    assert b"valor-secreto" not in bytes(Source.objects.get(pk=source.pk).encrypted_credentials)


def test_the_command_reads_the_secret_from_its_input(source: Source, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("-----BEGIN\nlinha\n"))
    out = io.StringIO()

    call_command("keep_secret", "AL", "cert", stdout=out)

    assert named(source)["cert"] == "-----BEGIN\nlinha"
    assert "linha" not in out.getvalue()


@pytest.mark.parametrize(
    ("given", "value", "words"),
    [(("XX", "chave"), "v", "Não há fonte"), (("AL", "Chave!"), "v", "minúsculas"), (("AL", "chave"), " ", "vazio")],
)
def test_the_command_says_what_is_wrong(
    source: Source, monkeypatch: pytest.MonkeyPatch, given: Any, value: str, words: str
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(value))

    with pytest.raises(CommandError, match=words):
        call_command("keep_secret", *given)


def test_who_put_a_secret_in_place_and_when_is_known_without_its_value(source: Source) -> None:
    sources.put_secret(source=source, name="chave", value="valor-secreto", by=BY)

    [kept] = secrets.kept(source_again(source))

    assert (kept.name, kept.changed_by) == ("chave", BY.username)
    assert kept.changed_at is not None
    assert "valor-secreto" not in repr(kept)


def test_a_removed_secret_is_forgotten_and_the_others_stay(source: Source) -> None:
    for name in ("chave", "cert"):
        sources.put_secret(source=source, name=name, value="v", by=BY)

    sources.remove_secret(source=source, name="chave", by=BY)

    assert [kept.name for kept in secrets.kept(source_again(source))] == ["cert"]
    assert named(source)["password"] == "senha de teste"


def test_secrets_that_the_mapping_cites_and_nobody_kept_are_told(source: Source) -> None:
    api = {"authentication": {"kind": "api_key", "secret": "chave", "header": "X-Key"}, "authority": "ca_do_estado"}
    mappings.put_in_use(source=source, text=api_mapping(BASE, api=api), by=BY)
    assert secrets.missing(source_again(source)) == ["ca_do_estado", "chave"]

    sources.put_secret(source=source, name="chave", value="k", by=BY)

    assert secrets.missing(source_again(source)) == ["ca_do_estado"]


def source_again(source: Source) -> Source:
    return Source.objects.get(pk=source.pk)
