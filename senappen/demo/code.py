"""`python -m senappen.demo.code USERNAME`: the verification code of a demonstration account, now."""

import base64
import json
import sys

from django_otp.oath import TOTP

from senappen import servers


def main() -> int:
    """Print the six digits; 2 when the account is unknown."""
    path = servers.var() / "demo" / "accounts.json"
    if len(sys.argv) != 2 or not path.exists():
        print(__doc__, file=sys.stderr)
        return 2
    wanted = (account for account in json.loads(path.read_text()) if account["username"] == sys.argv[1])
    account = next(wanted, None)
    if account is None:
        print(f"no account {sys.argv[1]} in {path}", file=sys.stderr)
        return 2
    print(f"{TOTP(base64.b32decode(account['totp_secret'])).token():06d}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
