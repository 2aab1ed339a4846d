"""Secrets of a development machine: made once, kept readable by their owner only, never in the repository."""

import base64
import hashlib
import hmac
import json
import os
import secrets as random
from pathlib import Path


def local(var: Path) -> dict[str, str]:
    """The local secrets (`secret_key`, `field_key`), created on first use in `var/secrets.json` (mode 600)."""
    path = var / "secrets.json"
    if not path.exists():
        var.mkdir(parents=True, exist_ok=True)
        made = {
            "secret_key": random.token_urlsafe(64),
            "field_key": base64.b64encode(random.token_bytes(32)).decode(),
        }
        keep(path, json.dumps(made))
    loaded: dict[str, str] = json.loads(path.read_text())
    return loaded


def keep(path: Path, text: str) -> None:
    """Write a secret to a file of its own (mode 600), unless it is there already."""
    if path.exists():
        return
    # Several processes may start at once: the first to link its file wins, all read the same one.
    draft = path.with_suffix(f".{os.getpid()}")
    draft.touch(mode=0o600)
    draft.write_text(text)
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()


def derived(secret: str, purpose: str) -> str:
    """Another secret of this machine, 32 bytes in base64, the same at every start."""
    return base64.b64encode(hmac.digest(secret.encode(), purpose.encode(), hashlib.sha256)).decode()
