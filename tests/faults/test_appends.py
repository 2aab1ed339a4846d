"""Power cuts of PostgreSQL while events are recorded. The campaign of 200 is `python -m faults.appends`."""

import subprocess
import sys


def test_no_acknowledged_event_is_lost_to_a_power_cut() -> None:
    command = [sys.executable, "-m", "faults.appends", "--count", "3"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "perdidos 0; alterados nenhum" in done.stdout
