"""Who is linked to whom: the neighbourhood of a person, and the paths between two."""

from registry.selectors.links.criteria import DIRECT, EVERY, LinkCriteria
from registry.selectors.links.drawing import Drawing, drawing
from registry.selectors.links.neighbourhood import Neighbourhood, neighbourhood
from registry.selectors.links.nodes import Node
from registry.selectors.links.path import Ending, Path, Paths, paths
from registry.selectors.links.ties import Tie

__all__ = [
    "DIRECT", "EVERY", "Drawing", "Ending", "LinkCriteria", "Neighbourhood", "Node", "Path", "Paths", "Tie", "drawing",
    "neighbourhood", "paths",
]  # fmt: skip
