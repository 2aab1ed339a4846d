"""Registering an agency's certificate, freezing it at once, opening it again, revoking it."""

from dataclasses import replace
from datetime import datetime
from enum import StrEnum

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from django.db import IntegrityError, transaction
from django.utils import timezone

from audit import recorder
from audit.events import Actor, Event, Kind, system
from credentialing.models import Agency, AgencyKey, User
from credentialing.roles import Role
from senappen.lib import mail


class Cause(StrEnum):
    """Why a key was frozen; stored in the audit."""

    KEYLESS = "keyless"  # many calls in a minute that came with the key and without a person's token
    VOLUME = "volume"  # far beyond what the systems of an agency may ask
    SOMEBODY = "somebody"


BECAUSE = {
    Cause.KEYLESS: "Chamadas em série com a chave e sem a credencial de uma pessoa.",
    Cause.VOLUME: "Volume de chamadas muito acima do limite da chave.",
}


class NotACertificate(Exception):
    """The text is no certificate in PEM, or it has expired, or it is registered already."""


def read(certificate: str) -> tuple[str, datetime]:
    """Fingerprint and last moment of a certificate in PEM that is still good. Raises NotACertificate."""
    try:
        found = x509.load_pem_x509_certificate(certificate.encode())
    except ValueError:
        raise NotACertificate from None
    digest = found.fingerprint(hashes.SHA256()).hex()
    if found.not_valid_after_utc <= timezone.now() or AgencyKey.objects.filter(fingerprint=digest).exists():
        raise NotACertificate
    return digest, found.not_valid_after_utc


@transaction.atomic
def register(*, agency: Agency, name: str, certificate: str, by: Actor) -> AgencyKey:
    """Know a system of the agency by its certificate (PEM), until that expires. Raises NotACertificate."""
    digest, until = read(certificate)
    try:
        with transaction.atomic():
            made = AgencyKey.objects.create(agency=agency, system=name, fingerprint=digest, expires_at=until)
    except IntegrityError:
        raise NotACertificate from None
    _record(made, "register", by, fingerprint=digest, until=made.expires_at.isoformat())
    return made


@transaction.atomic
def freeze(*, key: int, cause: Cause, reason: str, by: Actor) -> bool:
    """Close the key now; False if it was frozen or revoked already."""
    held = _held(key)
    if held.frozen_at is not None or held.revoked_at is not None:
        return False
    held.frozen_at, held.frozen_because = timezone.now(), reason
    held.save(update_fields=["frozen_at", "frozen_because"])
    _record(held, f"freeze.{cause}", by, reason=reason)
    transaction.on_commit(lambda: _tell(held))
    return True


def freeze_by_itself(*, key: AgencyKey, cause: Cause) -> bool:
    """Freeze a key for what its calls show. Recorded as of its agency, whose corregedor reads it."""
    by = replace(system("agency_keys"), agency=key.agency.acronym)
    return freeze(key=key.pk, cause=cause, reason=BECAUSE[cause], by=by)


@transaction.atomic
def open_again(*, key: int, reason: str, by: Actor) -> bool:
    """Let a frozen key count again; False if it was not frozen, or is revoked."""
    held = _held(key)
    if held.frozen_at is None or held.revoked_at is not None:
        return False
    held.frozen_at, held.frozen_because = None, ""
    held.save(update_fields=["frozen_at", "frozen_because"])
    _record(held, "open", by, reason=reason)
    return True


@transaction.atomic
def revoke(*, key: int, reason: str, by: Actor) -> bool:
    """End the key for good; False if it was ended already."""
    held = _held(key)
    if held.revoked_at is not None:
        return False
    held.revoked_at = timezone.now()
    held.save(update_fields=["revoked_at"])
    _record(held, "revoke", by, reason=reason)
    return True


def _held(key: int) -> AgencyKey:
    return AgencyKey.objects.select_for_update(of=("self",)).select_related("agency").get(pk=key)


def _record(key: AgencyKey, action: str, by: Actor, **more: str) -> None:
    detail = {"key": key.pk, "system": key.system, "agency": key.agency.acronym, **more}
    recorder.record_with(Event(kind=Kind.AGENCY_KEY, actor=by, action=f"key.{action}", detail=detail))


def _tell(key: AgencyKey) -> None:
    """An e-mail without personal data to whoever answers for the agency."""
    heads = User.objects.open_in(key.agency_id, Role.FOCAL_POINT, Role.CORREGEDOR)
    at = timezone.localtime(key.frozen_at)
    body = (
        f"A chave do sistema {key.system}, do órgão {key.agency.acronym}, foi congelada em "
        f"{at:%d/%m/%Y às %H:%M}: {key.frozen_because}\n"
        "Nenhuma chamada com ela é atendida até que a administração geral a libere.\n"
    )
    mail.post("Chave do órgão congelada", body, heads.values_list("email", flat=True), about=f"agency key {key.pk}")
