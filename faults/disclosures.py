"""`python -m faults.disclosures --count 200`: kills of everything while agents consult; then each answer is looked up.

Four clients search and open profiles over HTTP. PostgreSQL, single processes of it, Redis, the web server, one of its
processes and a worker are killed in turn. Ends with 0 when whatever showed a person, even half of it, was disclosed
on the record before, and the chains agree with what was signed.
"""

import argparse
import os
import sys
import tempfile
from pathlib import Path

PEOPLE = 400
# Nobody is told to slow down: what is tried here is not the limits.
UNLIMITED = {f"CONSULT_LIMIT{whose}_{span}": "0" for whose in ("", "_AGENCY") for span in ("MINUTE", "HOUR", "DAY")}


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m faults.disclosures", description=__doc__)
    parser.add_argument("--count", type=int, default=200, help="kills (default 200)")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="senappen-disclosures-", ignore_cleanup_errors=True) as folder:
        os.environ.update(UNLIMITED, SENAPPEN_VAR=folder, PACE_WATCH="false")
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "senappen.settings.dev")
        os.environ.setdefault("LOG_LEVEL", "CRITICAL")
        import django

        django.setup()
        # The campaign uses models, which only now may be imported.
        from faults.consulting import run

        return run(Path(folder), count=asked.count, people=PEOPLE)


if __name__ == "__main__":
    sys.exit(main())
