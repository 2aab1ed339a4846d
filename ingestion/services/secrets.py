"""Which secrets a source holds and which its mapping cites: names, dates and authors, never values."""

from dataclasses import dataclass
from datetime import datetime

from ingestion.mapping.api import Api, ApiKey, Basic, ClientCredentials
from ingestion.mapping.reading import MappingError, read
from ingestion.models import Rule, SecretNote, Source

# What every source has, on the form of its user and password.
LOGIN = ("username", "password")


@dataclass(frozen=True)
class Kept:
    """A named secret. Without `changed_at` it was put in place before that was noted."""

    name: str
    changed_at: datetime | None
    changed_by: str
    cited: bool


def kept(source: Source) -> list[Kept]:
    """The source's named secrets, by name. Raises crypto.DecryptionError."""
    if not source.encrypted_credentials:
        return []
    notes = {note.name: note for note in SecretNote.objects.filter(source=source)}
    names, wanted = sorted(source.credentials.secrets), cited(source)
    found = ((name, notes.get(name)) for name in names)
    return [
        Kept(name, note.changed_at if note else None, note.changed_by if note else "", name in wanted)
        for name, note in found
    ]


def missing(source: Source) -> list[str]:
    """Names that the source's mapping cites and that it does not hold. Raises crypto.DecryptionError."""
    held = source.credentials.named if source.encrypted_credentials else {}
    return sorted(name for name in cited(source) if not held.get(name))


def cited(source: Source) -> frozenset[str]:
    """The names of secrets that reading the source needs, by its mapping and rule."""
    if source.rule not in (Rule.API_VPN, Rule.API_INTERNET):
        return frozenset(LOGIN)
    try:
        api = read(source.mapping.text).api if source.mapping else None
    except MappingError:
        return frozenset()
    return cited_by(api) if api else frozenset()


def cited_by(api: Api) -> frozenset[str]:
    """The names of secrets in a mapping's `api` section."""
    who = api.authentication
    names = {api.authority, who.certificate, who.key}
    match who:
        case ApiKey():
            names.add(who.secret)
        case Basic():
            names |= {who.username, who.password}
        case ClientCredentials():
            names |= {who.client_id, who.client_secret}
    return frozenset(name for name in names if name)
