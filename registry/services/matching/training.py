"""Training a model on the base."""

from django.db import transaction

from audit.events import Actor
from registry.matching import linking, workbench
from registry.matching.subjects import subjects
from registry.models import MatchingModel
from registry.services.matching import models
from registry.services.matching.reading import sources


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
            models.record("matching.train", kept, by)
    return kept
