"""Make the states of a margins file, as `generate` makes a country's."""

import shutil
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from fictitious import states
from fictitious.country import Country
from fictitious.generate import found, unit_rows
from fictitious.margins.closing import Closed
from fictitious.margins.dealing import deal
from fictitious.margins.records import State
from fictitious.render.files import Writer


def make(wanted: Sequence[Closed], folder: Path, *, seed: str, today: date) -> Country:
    """Write the states into `folder`; what an earlier country left there of them is removed.

    They have no noise and no truth file: each record is somebody else. No next day follows them.
    """
    counts = {}
    for closed in wanted:
        shutil.rmtree(folder / closed.uf, ignore_errors=True)
        profile = states.profile(closed.uf)
        found(profile, folder / closed.uf)
        state = State(closed, seed, today)
        units = state.units()
        rows = unit_rows(units, today) | state.write(deal(closed, state.rng), units)
        Writer(profile, folder / closed.uf, "00001").write(rows)
        counts[closed.uf] = {view: len(made) for view, made in sorted(rows.items())}
    people = sum(each["vw_preso"] for each in counts.values())
    country = Country(people, seed, tuple(counts), today, spoiled=0.0, situations=0.0, counts=counts)
    country.save(folder)
    return country
