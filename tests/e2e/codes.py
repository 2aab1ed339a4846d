"""Verification codes for the demonstration's accounts. A code works once, so logins of one account may have to wait."""

import base64
import time

from django_otp.oath import TOTP

STEP_S = 30
_used: dict[str, int] = {}


def fresh_code(account: dict[str, str]) -> str:
    """A code of the account that was not used before; waits for the next half minute when it must."""
    while _used.get(account["username"]) == int(time.time()) // STEP_S:
        time.sleep(1)
    _used[account["username"]] = int(time.time()) // STEP_S
    return f"{TOTP(base64.b32decode(account['totp_secret']), step=STEP_S).token():06d}"
