"""`python -m faults --count 200`: strike so many times under load, then compare the base with the states.

Ends with 0 when nothing was lost, doubled or left behind.
"""

import argparse
import os
import random
import signal
import sys
import tempfile
from pathlib import Path


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m faults", description=__doc__)
    parser.add_argument("--count", type=int, default=200, help="faults (default 200)")
    parser.add_argument("--prisoners", type=int, default=3_000, help="of each state at the start (default 3000)")
    parser.add_argument("--seed", default="", help="for the same choices again; not for the same moments")
    parser.add_argument("--only", default="", help="comma-separated names of faults (default: every kind in turn)")
    asked = parser.parse_args()
    seed = asked.seed or str(random.randrange(10**6))
    random.seed(seed)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with tempfile.TemporaryDirectory(prefix="senappen-faults-", ignore_cleanup_errors=True) as folder:
        os.environ["SENAPPEN_VAR"] = folder
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "senappen.settings.dev")
        os.environ.setdefault("LOG_LEVEL", "CRITICAL")
        import django

        django.setup()
        # The campaign uses models, which only now may be imported.
        from faults.campaign import run

        return run(Path(folder), count=asked.count, prisoners=asked.prisoners, only=asked.only, seed=seed) > 0


if __name__ == "__main__":
    sys.exit(main())
