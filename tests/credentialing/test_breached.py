"""Passwords known to others, by lists on this machine."""

import hashlib
from pathlib import Path

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.test import override_settings

from credentialing.passwords import is_breached, is_common

LEAKED = [f"frase vazada de número {number}" for number in range(500)]


@pytest.fixture(params=["\n", "\r\n"])
def breached(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A list as Have I Been Pwned gives it, with either end of line."""
    hashes = sorted(hashlib.sha1(one.encode()).hexdigest().upper() for one in LEAKED)
    file = tmp_path / "breached.txt"
    file.write_bytes(request.param.join(f"{one}:{at % 90 + 1}" for at, one in enumerate(hashes)).encode())
    return file


def test_every_line_of_the_list_is_found_and_nothing_else(breached: Path) -> None:
    with override_settings(BREACHED_PASSWORDS_FILE=str(breached)):
        assert all(is_breached(one) for one in LEAKED)
        assert not any(is_breached(f"{one}!") for one in LEAKED)
        with pytest.raises(ValidationError, match="vazamentos"):
            validate_password(LEAKED[7])


def test_without_a_list_the_other_rules_hold() -> None:
    assert not is_breached(LEAKED[7])
    validate_password(LEAKED[7])


def test_a_list_that_is_not_there_lets_no_password_through() -> None:
    with override_settings(BREACHED_PASSWORDS_FILE="/nowhere/list.txt"), pytest.raises(FileNotFoundError):
        validate_password("quatro palavras sem ligação")


@pytest.mark.parametrize(
    "password",
    [
        "senhasenhasenha",
        "password1234567",
        "123456123456123",
        "qwertyqwertyqwerty",
        "Brasil!2026!2026!",
        "aaaabbbbaaaabbbb",
    ],
)
def test_a_common_word_made_longer_is_refused(password: str) -> None:
    assert is_common(password)
    with pytest.raises(ValidationError, match="senha comum"):
        validate_password(password)


@pytest.mark.parametrize("password", ["uma senha longa de teste", "cavalo grampo bateria 7", "Jk3$kd0sLw92mPqz"])
def test_a_phrase_is_accepted(password: str) -> None:
    validate_password(password)
