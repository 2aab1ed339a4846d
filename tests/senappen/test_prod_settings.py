"""Production refuses to start with unsafe values. Settings are read in a process of their own."""

import os
import subprocess
import sys

import pytest

from senappen.management.commands.check_deploy import SAMPLE


def _start(**changes: str | None) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, **SAMPLE, **{k: v for k, v in changes.items() if v is not None}}
    for name in [name for name, value in changes.items() if value is None]:
        environment.pop(name, None)
    command = [sys.executable, "-c", "import senappen.settings.prod"]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def test_the_sample_of_the_deployment_check_is_accepted() -> None:
    assert _start().returncode == 0


@pytest.mark.parametrize(
    ("variable", "value", "complaint"),
    [
        ("SECRET_KEY", None, "SECRET_KEY"),
        ("SECRET_KEY", "short", "50 characters"),
        ("FIELD_KEYS", None, "FIELD_KEYS"),
        ("DATABASE_URL", None, "DATABASE_URL"),
        ("DATABASE_OWNER_URL", None, "DATABASE_OWNER_URL"),
        ("DATABASE_OWNER_URL", "postgresql://senappen_app@localhost/senappen", "another role"),
        ("DATABASE_AUDITOR_URL", None, "DATABASE_AUDITOR_URL"),
        ("DATABASE_AUDITOR_URL", "postgresql://senappen_app@localhost/senappen", "another role"),
        ("AUDIT_KEY_FILE", None, "AUDIT_KEY_FILE"),
        ("AUDIT_CHECKPOINT_DIR", None, "AUDIT_CHECKPOINT_DIR"),
        ("REDIS_URL", None, "REDIS_URL"),
        ("ALLOWED_HOSTS", "*", "ALLOWED_HOSTS"),
        ("ALLOWED_HOSTS", "10.1.2.3,[::1]", "passkeys"),
        ("PASSKEY_DOMAIN", "outro.example", "PASSKEY_DOMAIN"),
        ("GOVBR_CLIENT_ID", "bpn", "GOVBR_CLIENT_SECRET"),
        ("GOVBR_ISSUER", "http://sso.example/", "GOVBR_ISSUER"),
        ("GOVBR_LOGOUT_RETURN", "http://bpn.example/entrar/", "GOVBR_LOGOUT_RETURN"),
        ("GOVBR_LEVEL", "bronze", "GOVBR_LEVEL"),
        ("SENAPPEN_FICTITIOUS", "1", "demonstrations"),
    ],
)
def test_an_unsafe_value_stops_the_start(variable: str, value: str | None, complaint: str) -> None:
    done = _start(**{variable: value})
    assert done.returncode != 0
    assert complaint in done.stderr


@pytest.mark.parametrize(
    ("given", "domain", "origins"),
    [
        ({"ALLOWED_HOSTS": "10.1.2.3,nacional.example"}, "nacional.example", ["https://nacional.example"]),
        ({"ALLOWED_HOSTS": "a.nacional.example,b.example"}, "a.nacional.example", ["https://a.nacional.example"]),
        (
            {"ALLOWED_HOSTS": "a.nacional.example,xnacional.example", "PASSKEY_DOMAIN": "nacional.example"},
            "nacional.example",
            ["https://a.nacional.example"],
        ),
        ({"PASSKEY_ORIGINS": "https://senappen.example:8443"}, "senappen.example", ["https://senappen.example:8443"]),
    ],
)
def test_passkeys_belong_to_the_first_name_or_to_the_one_that_is_said(
    given: dict[str, str], domain: str, origins: list[str]
) -> None:
    shown = "print(prod.OTP_WEBAUTHN_RP_ID, prod.OTP_WEBAUTHN_ALLOWED_ORIGINS)"
    command = [sys.executable, "-c", f"from senappen.settings import prod; {shown}"]
    environment = {**os.environ, **SAMPLE, **given}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == f"{domain} {origins}"
