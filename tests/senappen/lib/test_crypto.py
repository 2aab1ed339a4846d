"""Encryption of single values: what opens, where, and with which key."""

import base64

import pytest
from django.core.exceptions import ImproperlyConfigured
from pytest_django import Settings

from senappen.lib import crypto

OLD = base64.b64encode(b"o" * 32).decode()
NEW = base64.b64encode(b"n" * 32).decode()


@pytest.fixture(autouse=True)
def keys(settings: Settings) -> None:
    settings.FIELD_KEYS = [NEW]


def test_a_value_opens_where_it_was_written() -> None:
    token = crypto.encrypt(b"segredo", aad="ingestion_source|1|credentials")

    assert crypto.decrypt(token, aad="ingestion_source|1|credentials") == b"segredo"
    assert len(token) == len(b"segredo") + crypto.OVERHEAD


def test_the_same_value_never_makes_the_same_token() -> None:
    assert crypto.encrypt(b"x", aad="a") != crypto.encrypt(b"x", aad="a")


def test_a_token_copied_to_another_row_does_not_open() -> None:
    token = crypto.encrypt(b"segredo", aad="ingestion_source|1|credentials")

    with pytest.raises(crypto.DecryptionError):
        crypto.decrypt(token, aad="ingestion_source|2|credentials")


@pytest.mark.parametrize("position", [0, 5, 15, -1])
def test_a_changed_byte_does_not_open(position: int) -> None:
    token = bytearray(crypto.encrypt(b"segredo", aad="a"))
    token[position] ^= 1

    with pytest.raises(crypto.DecryptionError):
        crypto.decrypt(bytes(token), aad="a")


def test_an_older_key_still_reads_but_no_longer_writes(settings: Settings) -> None:
    settings.FIELD_KEYS = [OLD]
    token = crypto.encrypt(b"segredo", aad="a")
    settings.FIELD_KEYS = [NEW, OLD]

    assert crypto.decrypt(token, aad="a") == b"segredo"
    assert not crypto.is_current(token)
    assert crypto.is_current(crypto.encrypt(b"segredo", aad="a"))


def test_a_key_taken_away_no_longer_reads(settings: Settings) -> None:
    token = crypto.encrypt(b"segredo", aad="a")
    settings.FIELD_KEYS = [OLD]

    with pytest.raises(crypto.DecryptionError, match="FIELD_KEYS"):
        crypto.decrypt(token, aad="a")


@pytest.mark.parametrize("keys", [[], ["abc"], [base64.b64encode(b"short").decode()]])
def test_unusable_keys_stop_with_a_sentence(settings: Settings, keys: list[str]) -> None:
    settings.FIELD_KEYS = keys

    with pytest.raises(ImproperlyConfigured, match="FIELD_KEYS"):
        crypto.encrypt(b"x", aad="a")
