"""Keeping and adopting the models of matching. Nothing here, nor what it imports, needs DuckDB: loads use it."""

from typing import Any

from django.conf import settings
from django.db import connection, transaction

from audit import recorder
from audit.events import Actor, Event, Kind
from registry.matching.decisions import Thresholds
from registry.matching.model import Model
from registry.models import Judgement, MatchingModel
from registry.services import locks


class UnknownModel(Exception):
    """No model has that version, or none is adopted."""


def adopted() -> str | None:
    """The version in use, if one is."""
    return MatchingModel.objects.filter(adopted=True).values_list("version", flat=True).first()


def thresholds() -> Thresholds:
    """Those of the settings."""
    return Thresholds(join=settings.MATCHING_JOIN, keep=settings.MATCHING_KEEP, review=settings.MATCHING_REVIEW)


def load(version: str | None = None) -> Model:
    """The model of that version; without one, the adopted. Raises UnknownModel."""
    return Model.from_json(_find(version).parameters)


class NeedsRelink(Exception):
    """Judgements of rules or of another model stand: putting the model in use would move people unseen."""


_WAIT_ALL = """
INSERT INTO registry_pendingrecord (record_id, since) SELECT id, now() FROM registry_record ORDER BY id
ON CONFLICT (record_id) DO NOTHING
"""


@transaction.atomic
def adopt(*, version: str, by: Actor) -> None:
    """Make this the model in use of a base that nothing but humans judged; its records wait for the next settling.

    Raises UnknownModel, and NeedsRelink where a dry run has to show first what would change.
    """
    with connection.cursor() as cursor:
        locks.settling(cursor)
    kept = _find(version)
    others = Judgement.objects.standing().exclude(judge__startswith="user:").exclude(judge=f"model:{version}")
    if others.exists():
        raise NeedsRelink
    put_in_use(kept, by)
    with connection.cursor() as cursor:
        cursor.execute(_WAIT_ALL)


def put_in_use(kept: MatchingModel, by: Actor) -> None:
    """Make a model the one in use, in place of the one that was, within the caller's transaction."""
    MatchingModel.objects.filter(adopted=True).exclude(pk=kept.pk).update(adopted=False)
    MatchingModel.objects.filter(pk=kept.pk).update(adopted=True)
    record("matching.adopt", kept, by)


@transaction.atomic
def keep_measures(*, version: str, measures: dict[str, Any], by: Actor) -> None:
    """Keep how a model was measured, in place of an earlier measure. Raises UnknownModel."""
    kept = _find(version)
    MatchingModel.objects.filter(pk=kept.pk).update(measures=measures)
    record("matching.measure", kept, by)


def _find(version: str | None) -> MatchingModel:
    wanted = {"version": version} if version else {"adopted": True}
    found = MatchingModel.objects.filter(**wanted).first()
    if found is None:
        raise UnknownModel(version or "")
    return found


def record(action: str, kept: MatchingModel, by: Actor) -> None:
    """Write down in the audit what was done to a model."""
    detail = {"version": kept.version, "records": kept.records}
    recorder.record_with(Event(kind=Kind.CONFIGURED, actor=by, action=action, detail=detail))
