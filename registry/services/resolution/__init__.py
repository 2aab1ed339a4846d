"""Which records are of one human being, and what follows: judgements, and persons rebuilt from them."""

from registry.services.resolution.judging import AlreadyRevoked, Judged, judge, redirect, revoke
from registry.services.resolution.settling import Settled, settle

__all__ = ["AlreadyRevoked", "Judged", "Settled", "judge", "redirect", "revoke", "settle"]
