"""Training, keeping and adopting the models of matching."""

from typing import Any

from django.db import transaction

from audit import recorder
from audit.events import Actor, Event, Kind
from registry.matching import linking, workbench
from registry.matching.model import Model
from registry.matching.subjects import subjects
from registry.models import MatchingModel
from registry.services.matching.reading import sources


class UnknownModel(Exception):
    """No model has that version, or none is adopted."""


class EmptyBase(Exception):
    """There is no record to train on."""


def train(*, by: Actor) -> MatchingModel:
    """Train a model on the whole base and keep it. The same base gives the version that is already kept.

    Raises EmptyBase.
    """
    with workbench.workbench() as bench:
        records = workbench.put(bench, "subjects", subjects(sources()))
        if not records:
            raise EmptyBase
        model = linking.train(bench, "subjects")
    with transaction.atomic():
        kept, made = MatchingModel.objects.get_or_create(
            version=model.version,
            defaults={"parameters": model.to_json(), "records": records, "made_by": by.username},
        )
        if made:
            _record("matching.train", kept, by)
    return kept


def load(version: str | None = None) -> Model:
    """The model of that version; without one, the adopted. Raises UnknownModel."""
    return Model.from_json(_find(version).parameters)


@transaction.atomic
def adopt(*, version: str, by: Actor) -> None:
    """Make this the model in use, in place of the one that was. Raises UnknownModel."""
    kept = _find(version)
    MatchingModel.objects.filter(adopted=True).exclude(pk=kept.pk).update(adopted=False)
    MatchingModel.objects.filter(pk=kept.pk).update(adopted=True)
    _record("matching.adopt", kept, by)


@transaction.atomic
def keep_measures(*, version: str, measures: dict[str, Any], by: Actor) -> None:
    """Keep how a model was measured, in place of an earlier measure. Raises UnknownModel."""
    kept = _find(version)
    MatchingModel.objects.filter(pk=kept.pk).update(measures=measures)
    _record("matching.measure", kept, by)


def _find(version: str | None) -> MatchingModel:
    wanted = {"version": version} if version else {"adopted": True}
    found = MatchingModel.objects.filter(**wanted).first()
    if found is None:
        raise UnknownModel(version or "")
    return found


def _record(action: str, kept: MatchingModel, by: Actor) -> None:
    detail = {"version": kept.version, "records": kept.records}
    recorder.record_with(Event(kind=Kind.CONFIGURED, actor=by, action=action, detail=detail))
