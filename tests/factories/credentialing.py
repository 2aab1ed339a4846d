"""Invented agencies, accounts and purposes."""

from itertools import count
from typing import Any

from django_otp.plugins.otp_totp.models import TOTPDevice

from credentialing.activities import every
from credentialing.models import Activity, Agency, Purpose, User
from credentialing.roles import Role

PASSWORD = "uma senha longa de teste"

_serial = count(1)


def make_agency(acronym: str = "PP-AL", **fields: Any) -> Agency:
    """An open agency; the same one when asked for again by its acronym."""
    values = {"name": f"Órgão fictício {acronym}", "uf": acronym[-2:], "headcount": 500}
    return Agency.objects.get_or_create(acronym=acronym, defaults={**values, **fields})[0]


def make_user(*, role: Role = Role.AGENT, password: str = PASSWORD, device: bool = True, **fields: Any) -> User:
    """An account with a confirmed TOTP device (`device=False`: still without one). Its password is PASSWORD."""
    serial = next(_serial)
    values = {"username": f"teste{serial}", "full_name": f"Pessoa de Teste {serial}", "role": role}
    values["activities"] = every()
    agency = fields.pop("agency", None) or make_agency()
    user = User.objects.create_user(password=password, agency=agency, **{**values, **fields})
    if device:
        TOTPDevice.objects.create(user=user, name="celular", confirmed=True)
    return user


def make_purpose(user: User | None = None, **fields: Any) -> Purpose:
    """An open purpose of the user. Not audited: tests of declaring use `credentialing.services.purposes`."""
    values = {
        "activity": Activity.LOCATE_PERSON,
        "case_reference": "Operação Teste 1/2026",
        "justification": "Localizar pessoa fictícia para um teste automático.",
    }
    purpose = Purpose(user=user or make_user(), **{**values, **fields})
    purpose.save()
    return purpose
