"""An agency's system before the API: its certificate, which the reverse proxy verified, beside a person's token.

The certificate alone opens nothing, and who comes with one and no token is counted: a series of such calls freezes it.
"""

from typing import Final

from django.conf import settings
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare
from rest_framework.exceptions import AuthenticationFailed, Throttled

from credentialing.models import AgencyKey, User
from credentialing.services import agency_keys
from credentialing.services.agency_keys import Cause
from senappen.lib import counting

# The proxy drops what a client sends by these names, and writes its own.
CERTIFICATE: Final = "X-Client-Certificate-SHA256"
PROXY: Final = "X-Proxy-Secret"
WINDOWS: Final = {"minute": 60, "hour": 3600, "day": 86400}
# Beyond its limit a key waits; beyond so many times its limit it is frozen.
FREEZE_AT: Final = 2


def presented(request: HttpRequest) -> AgencyKey | None:
    """The key this request came with. A fingerprint counts only from the proxy, which proves itself by a secret."""
    told = request.headers.get(CERTIFICATE, "").replace(":", "").lower()
    proof = request.headers.get(PROXY, "")
    if not (told and settings.PROXY_SECRET and constant_time_compare(proof, settings.PROXY_SECRET)):
        return None
    return AgencyKey.objects.select_related("agency").filter(fingerprint=told).first()


def require(key: AgencyKey | None, user: User) -> None:
    """Raise AuthenticationFailed unless the person may come with this key (or with none, where none is asked for),
    Throttled when the key has asked too much."""
    if key is None:
        if settings.API_NEEDS_AGENCY_KEY:
            raise AuthenticationFailed("Credencial inválida.")
        return
    if not key.is_standing or key.agency_id != user.agency_id:
        refused(key)
        raise AuthenticationFailed("Credencial inválida.")
    _count(key)


def refused(key: AgencyKey) -> None:
    """Note a call with the key and without a person of its agency; many within a minute freeze it."""
    if not key.is_standing:
        return
    if counting.add(f"agency-key:refused:{key.pk}", 60) >= settings.KEY_REFUSALS_MINUTE:
        agency_keys.freeze_by_itself(key=key, cause=Cause.KEYLESS)


def _count(key: AgencyKey) -> None:
    """Sum the calls of all its people; too many of them wait, far too many close the key."""
    over = 0
    for window, most in settings.KEY_LIMITS.items():
        if not most:
            continue
        asked = counting.add(f"agency-key:calls:{key.pk}", WINDOWS[window])
        if asked > FREEZE_AT * most:
            agency_keys.freeze_by_itself(key=key, cause=Cause.VOLUME)
        over = max(over, WINDOWS[window]) if asked > most else over
    if over:
        raise Throttled(wait=over)
