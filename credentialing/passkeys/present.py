"""What the pages say of an account's passkeys."""

from typing import Any

from django.utils import timezone

from credentialing.models import User
from credentialing.passkeys import services
from credentialing.passkeys.forms import NameForm
from senappen.lib.wording import moment


def card(user: User) -> dict[str, Any]:
    """The card of one's own keys: those there are, and whether another fits."""
    keys = [_line(key, opened_by=getattr(user, "otp_device", None)) for key in services.held_by(user)]
    return {"keys": keys, "most": services.MOST, "has_room": len(keys) < services.MOST, "form": NameForm()}


def _line(key: Any, *, opened_by: Any) -> dict[str, Any]:
    return {
        "pk": key.pk,
        "name": key.name,
        "added": moment(timezone.localtime(key.created_at)),
        "used": moment(timezone.localtime(key.last_used_at)) if key.last_used_at else "",
        "is_current": key == opened_by,
    }
