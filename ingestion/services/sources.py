"""Opening a source and changing how it is reached."""

from dataclasses import replace
from datetime import time, timedelta
from typing import TypedDict, Unpack

from django.db import connection, transaction

from audit import recorder
from audit.events import Actor, Event, Kind
from ingestion import clock
from ingestion.models import Credentials, Rule, RuleChoice, SecretNote, Source, SourceDialect
from ingestion.services import breakers, mappings
from ingestion.transports import requirements
from registry.models import Halt, Origin
from registry.services import origins


@transaction.atomic
def create(
    *,
    origin: Origin,
    host: str,
    port: int,
    database: str,
    credentials: Credentials,
    mapping: str,
    by: Actor,
    rule: int = Rule.SQL_VPN,
    dialect: str = SourceDialect.POSTGRESQL,
    photo_folder: str = "",
    vpn_range: str = "",
    authority: str = "",
    server_name: str = "",
    interval: timedelta | None = None,
    daily_at: time | None = None,
) -> Source:
    """A new enabled source with its mapping and the origin's partition.

    Without interval and daily_at it is loaded on request only. Raises MappingError, and SourceProblem when it lacks
    what its rule requires.
    """
    source = Source(
        origin=origin,
        rule=rule,
        dialect=dialect,
        host=host,
        port=port,
        database=database,
        photo_folder=photo_folder,
        vpn_range=vpn_range,
        authority=authority,
        server_name=server_name,
        interval=interval,
        daily_at=daily_at,
    )
    requirements.check(source)
    source.mapping = mappings.add_version(origin=origin, text=mapping, by=by)
    source.save()
    source.seal(credentials)
    source.save(update_fields=["encrypted_credentials"])
    open_partition(origin)
    note_rule(source, by)
    _record("source.create", source, by, {"rule": int(rule), "dialect": dialect})
    return source


def open_partition(origin: Origin) -> None:
    """Room for the origin in the mirror; harmless when repeated."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT ingestion_add_partition(%s)", [origin.pk])


class Way(TypedDict, total=False):
    """How a source is reached; what is not given stays as it is."""

    dialect: str
    host: str
    port: int
    database: str
    photo_folder: str
    vpn_range: str
    authority: str
    server_name: str


@transaction.atomic
def change_rule(
    *,
    source: Source,
    rule: int,
    by: Actor,
    credentials: Credentials | None = None,
    mapping: str | None = None,
    **way: Unpack[Way],
) -> None:
    """Another rule for the same origin, from its next load on: identity, records, cursors and history stay.

    Named secrets stay too, unless the credentials bring others. A load that stopped half-way goes on by the new rule.
    Raises MappingError, and SourceProblem when the source would lack what the rule requires; nothing changes then.
    """
    changed = Source.objects.select_for_update(of=("self",), no_key=True).get(pk=source.pk)
    before, changed.rule = changed.rule, rule
    for name, value in way.items():
        setattr(changed, name, value)
    requirements.check(changed)
    changed.save(update_fields=["rule", *way])
    if credentials is not None:
        replace_credentials(source=changed, credentials=credentials, by=by)
    if mapping is not None:
        mappings.put_in_use(source=changed, text=mapping, by=by)
    source.refresh_from_db()
    record_rule(source=source, before=before, by=by)


def record_rule(*, source: Source, before: int, by: Actor) -> None:
    """Tell the audit and the history, in the transaction of the change, from which rule to which a source went."""
    note_rule(source, by)
    _record("source.rule", source, by, {"from": int(before), "to": int(source.rule)})


def note_rule(source: Source, by: Actor) -> None:
    """A line of the history, unless the origin's last one says the same."""
    last = RuleChoice.objects.filter(origin=source.origin_id).last()
    if last is None or last.rule != source.rule:
        RuleChoice.objects.create(
            origin_id=source.origin_id, rule=source.rule, since=clock.now(), chosen_by=by.username
        )


@transaction.atomic
def change_address(*, source: Source, host: str, port: int, database: str, by: Actor) -> None:
    """Where the source is found from now on."""
    source.host, source.port, source.database = host, port, database
    source.save(update_fields=["host", "port", "database"])
    breakers.try_once(source.pk)
    _record("source.address", source, by, {})


@transaction.atomic
def replace_credentials(*, source: Source, credentials: Credentials, by: Actor) -> None:
    """A new user and password in place of the old ones, which are forgotten; named secrets stay unless given anew."""
    kept = _locked(source).credentials if source.encrypted_credentials else credentials
    source.seal(credentials if credentials.secrets else replace(credentials, secrets=kept.secrets))
    source.save(update_fields=["encrypted_credentials"])
    for name in ("username", "password", *credentials.secrets):
        _note(source, name, by)
    breakers.try_once(source.pk)
    _record("source.credentials", source, by, {})


@transaction.atomic
def put_secret(*, source: Source, name: str, value: str, by: Actor) -> None:
    """Keep what an API's mapping cites by this name. It goes in and never comes out."""
    locked = _locked(source)
    kept = locked.credentials if locked.encrypted_credentials else Credentials("", "")
    locked.seal(kept.with_secret(name, value))
    locked.save(update_fields=["encrypted_credentials"])
    _note(locked, name, by)
    breakers.try_once(locked.pk)
    _record("source.secret", locked, by, {"name": name})


@transaction.atomic
def remove_secret(*, source: Source, name: str, by: Actor) -> None:
    """Forget a named secret; user and password are replaced, never removed. Harmless when it is not there."""
    locked = _locked(source)
    kept = locked.credentials
    locked.seal(replace(kept, secrets={other: value for other, value in kept.secrets.items() if other != name}))
    locked.save(update_fields=["encrypted_credentials"])
    SecretNote.objects.filter(source=locked, name=name).delete()
    _record("source.secret.remove", locked, by, {"name": name})


@transaction.atomic
def erase_credentials(*, source: Source, by: Actor) -> None:
    """Forget how the source is entered, for good: whoever wants to load it again must be given new credentials."""
    if not source.encrypted_credentials:
        return
    source.encrypted_credentials = b""
    source.save(update_fields=["encrypted_credentials"])
    SecretNote.objects.filter(source=source).delete()
    _record("source.erase_credentials", source, by, {})


@transaction.atomic
def set_enabled(*, source: Source, enabled: bool, by: Actor, reason: str = "") -> None:
    """Pause a source, saying why, or let it load again. A running load goes on to its end."""
    source.enabled = enabled
    source.paused_by, source.paused_at = ("", None) if enabled else (by.username, clock.now())
    source.pause_reason = "" if enabled else reason
    source.save(update_fields=["enabled", "paused_by", "paused_at", "pause_reason"])
    origins.tell_halt(source.origin_id, Halt.NONE if enabled else Halt.PAUSED)
    _record("source.enable" if enabled else "source.pause", source, by, {"reason": source.pause_reason})


def _locked(source: Source) -> Source:
    """The source as it is now, held against other changes of its secrets."""
    return Source.objects.select_for_update(of=("self",), no_key=True).select_related("origin").get(pk=source.pk)


def _note(source: Source, name: str, by: Actor) -> None:
    SecretNote.objects.update_or_create(source=source, name=name, defaults={"changed_by": by.username})


def _record(action: str, source: Source, by: Actor, detail: dict[str, object]) -> None:
    known = {"source": source.pk, "origin": source.origin.code}
    recorder.record_with(Event(kind=Kind.CONFIGURED, actor=by, action=action, detail={**known, **detail}))
