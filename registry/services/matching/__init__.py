"""The base as matching reads it, and the models that were trained on it."""

from registry.services.matching.models import EmptyBase, UnknownModel, adopt, keep_measures, load, train
from registry.services.matching.reading import keys, sources

__all__ = ["EmptyBase", "UnknownModel", "adopt", "keep_measures", "keys", "load", "sources", "train"]
