"""What the corregedor's desk keeps. Reasons and words of people are kept encrypted; evidence is event ids alone."""

from oversight.models.alert import Alert, AlertSign, Cause, State, Verdict
from oversight.models.canary import Canary
from oversight.models.sample import WeeklySample
from oversight.models.step import Step, StepKind

__all__ = ["Alert", "AlertSign", "Canary", "Cause", "State", "Step", "StepKind", "Verdict", "WeeklySample"]
