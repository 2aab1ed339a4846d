"""Verification codes for the demonstration's accounts. A code works once, so logins of one account may have to wait."""

import base64
import time

from django_otp.oath import TOTP

STEP_S = 30
_used: dict[str, int] = {}


def fresh_code(account: dict[str, str]) -> str:
    """A code of the account that was not used before: this half minute's, the next one's, or else after a wait."""
    last = _used.get(account["username"], 0)
    # A telephone's clock may be one step ahead.
    while last > int(time.time()) // STEP_S:
        time.sleep(1)
    _used[account["username"]] = max(last + 1, int(time.time()) // STEP_S)
    code = TOTP(base64.b32decode(account["totp_secret"]), step=STEP_S)
    code.time = _used[account["username"]] * STEP_S
    return f"{code.token():06d}"
