"""How good the rows of one origin are, counted field by field. Counts only: nothing here identifies anybody."""

from registry.selectors.quality.counting import FieldCount, ViewCount, count_view
from registry.selectors.quality.delays import Delay, DelayKind
from registry.selectors.quality.faults import Fault
from registry.selectors.quality.unkept import unkept_numbers

__all__ = ["Delay", "DelayKind", "Fault", "FieldCount", "ViewCount", "count_view", "unkept_numbers"]
