"""Until when the certificates of a source serve, as seen in its connections."""

from datetime import UTC, datetime

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from django.db import transaction

from audit import recorder
from audit.events import Event, Kind, system
from ingestion.models import CertificateKind, Source, SourceCertificate
from ingestion.network.trust import Trust, first_to_end, read

BY = system("ingestion.certificates")


def note_held(source: Source, trust: Trust) -> None:
    """The pinned authority and our own certificate, valid PEM; what is not used any more is forgotten."""
    if not _kept(source):
        return
    for kind, pem in ((CertificateKind.AUTHORITY, trust.authority), (CertificateKind.CLIENT, trust.certificate)):
        certificates = read(pem) if pem else []
        found = first_to_end(certificates if kind == CertificateKind.AUTHORITY else certificates[:1])
        if found:
            note(source, kind, found)
        else:
            SourceCertificate.objects.filter(source_id=source.pk, kind=kind).delete()


def note(source: Source, kind: CertificateKind, certificate: x509.Certificate, name: str = "") -> None:
    """The certificate seen now. A new one is recorded in the audit; a source that is not kept has nothing to note."""
    if _kept(source):
        _keep(source, kind, certificate, name)


@transaction.atomic
def _keep(source: Source, kind: CertificateKind, certificate: x509.Certificate, name: str) -> None:
    digest = certificate.fingerprint(hashes.SHA256()).hex()
    seen = {"sha256": digest, "expires_at": certificate.not_valid_after_utc, "seen_at": datetime.now(UTC)}
    known = SourceCertificate.objects.filter(source=source, kind=kind, name=name)
    if known.filter(sha256=digest).update(**seen):
        return
    SourceCertificate.objects.update_or_create(source=source, kind=kind, name=name, defaults=seen)
    detail = {"source": source.pk, "origin": source.origin.code, "kind": kind.value, "sha256": digest}
    recorder.record_with(Event(kind=Kind.CONFIGURED, actor=BY, action="source.certificate", detail=detail))


def _kept(source: Source) -> bool:
    return not source._state.adding
