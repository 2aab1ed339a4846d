"""The base as matching reads it, and the models that were trained on it. Training itself is in `training`."""

from registry.services.matching.models import NeedsRelink, UnknownModel, adopt, adopted, keep_measures, load, thresholds
from registry.services.matching.reading import keys, sources
from registry.services.matching.scorer import Scorer, ScoringFailed

__all__ = [
    "NeedsRelink", "Scorer", "ScoringFailed", "UnknownModel", "adopt", "adopted", "keep_measures", "keys", "load",
    "sources", "thresholds",
]  # fmt: skip
