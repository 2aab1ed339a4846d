"""Accounts to try the platform with: one agency per state, one account per profile. All invented."""

import base64
import json
import secrets
from dataclasses import asdict, dataclass
from pathlib import Path

from django.db import transaction
from django_otp.plugins.otp_totp.models import TOTPDevice

from audit import recorder
from audit.events import Event, Kind, system
from credentialing.activities import every
from credentialing.models import Agency, User
from credentialing.roles import LABELS, Role

HEADCOUNT = 400
CENTRAL = ("SENAPPEN", "Secretaria Nacional de Políticas Penais (demonstração)", "")
NAMES = {
    Role.GENERAL_ADMIN: "Helena Prado Siqueira",
    Role.FOCAL_POINT: "Otávio Nunes Barreto",
    Role.CORREGEDOR: "Beatriz Falcão Moura",
    Role.REGIONAL_MANAGER: "Raul Teixeira Viana",
    Role.STATE_TECHNICIAN: "Ivo Castanho Rezende",
    Role.STATISTICIAN: "Clarice Antunes Bittar",
    Role.AGENT: "Ana Paula Lima",
}
# Three, since a risky pair takes two people and their disagreement a third.
REVIEWERS = {
    "revisor.1": "Nadia Correia Pacheco",
    "revisor.2": "Tomás Arruda Meireles",
    "revisor.3": "Lígia Campos Sodré",
}


@dataclass(frozen=True)
class Account:
    """One line of `accounts.json`. `totp_secret` is base32, as authenticator apps take it."""

    username: str
    password: str
    totp_secret: str
    profile: str
    agency: str


def ensure(path: Path, states: list[str]) -> list[Account]:
    """Create the accounts on the first run and write them to `path` (mode 600); later, read them back."""
    if path.exists():
        return [Account(**line) for line in json.loads(path.read_text())]
    made = _create(states)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o600)
    path.write_text(json.dumps([asdict(account) for account in made], indent=1, ensure_ascii=False) + "\n")
    return made


@transaction.atomic
def _create(states: list[str]) -> list[Account]:
    central = _agency(*CENTRAL)
    made = [_account("admin", Role.GENERAL_ADMIN, central)]
    # An adhesion takes two people of the coordination.
    made += [_account("admin.2", Role.GENERAL_ADMIN, central, "Murilo Dantas Sobral")]
    made += [_account(name, Role.IDENTITY_REVIEWER, central, full_name) for name, full_name in REVIEWERS.items()]
    for uf in states:
        agency = _agency(f"SAP-{uf}", f"Secretaria de Administração Penitenciária de {uf} (demonstração)", uf)
        suffix = uf.lower()
        made += [
            _account(f"agente.{suffix}", Role.AGENT, agency),
            _account(f"corregedor.{suffix}", Role.CORREGEDOR, agency),
            _account(f"pontofocal.{suffix}", Role.FOCAL_POINT, agency),
            _account(f"gestor.{suffix}", Role.REGIONAL_MANAGER, agency),
            _account(f"tecnico.{suffix}", Role.STATE_TECHNICIAN, agency),
            _account(f"estatistico.{suffix}", Role.STATISTICIAN, agency),
        ]
    return made


def _agency(acronym: str, name: str, uf: str) -> Agency:
    agency, _ = Agency.objects.get_or_create(acronym=acronym, defaults={"name": name, "uf": uf, "headcount": HEADCOUNT})
    return agency


def _account(username: str, role: Role, agency: Agency, full_name: str = "") -> Account:
    password, key = secrets.token_urlsafe(15), secrets.token_bytes(20)
    # An interrupted first run may have left the account without its file: give it a new password.
    User.objects.filter(username=username).delete()
    user = User.objects.create_user(
        username, password, full_name=full_name or NAMES[role], role=role, agency=agency, activities=every()
    )
    TOTPDevice.objects.create(user=user, name="demonstração", key=key.hex(), confirmed=True)
    recorder.record_with(
        Event(kind=Kind.CONFIGURED, actor=system("demo"), action="user.create", detail={"user": user.pk})
    )
    secret = base64.b32encode(key).decode()
    return Account(username, password, secret, LABELS[role], agency.acronym)
