"""The situations of the fictitious country, loaded from its states, are what rules and crossings then find."""

import csv
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import psycopg
import pytest

from audit.events import system
from ingestion.models import Credentials, LoadStatus
from ingestion.services import sources
from registry.models import Crossing, Finding, Record, Unidentified
from registry.scope import Scope
from registry.selectors.missing import MissingCriteria, find_missing
from registry.services import crossing, findings
from senappen import servers
from tests.factories.ingestion import load
from tests.factories.registry import make_origin

pytestmark = pytest.mark.django_db(databases=["default", "audit"])

BY = system("test")
STATES = ("AL", "PE", "SP")
PASSWORD, PREFIX = "leitura de teste", "situacoes_"
RULES = {
    "visitor_in_custody": "visits.visitor_in_custody", "visited_in_custody": "visits.visited_in_custody",
    "lawyer_in_custody": "visits.lawyer_in_custody", "minor_alone": "visits.minor_alone",
    "prisoner_absent": "visits.prisoner_absent", "cpf_two_people": "identity.cpf_two_people",
    "rji_two_people": "identity.rji_two_people", "photo_two_people": "identity.photo_two_people",
    "two_sexes": "identity.two_sexes", "under_age": "dates.under_age", "birth_in_future": "dates.birth",
    "exit_before_entry": "dates.exit_before_entry", "two_units": "custody.two_units", "custody_gap": "history.gap",
    "exit_without_entry": "history.exit_without_entry", "event_after_death": "history.event_after_death",
    "held_after_death": "custody.after_death", "held_after_release": "custody.after_release",
    "man_in_womens_unit": "units.sex", "pregnant_man": "units.pregnant_man",
}  # fmt: skip
CROSSINGS = {
    "lawyer_visitor": "lawyer_visitor", "lawyer_in_custody": "lawyer_prisoner", "visitor_of_many": "visitor_of_many",
    "visitor_in_custody": "visitor_prisoner", "shared_contact": "same_phone", "cpf_two_people": "same_cpf",
    "photo_two_people": "same_photo", "rji_two_people": "same_rji", "two_units": "two_units",
}  # fmt: skip
KINDS = {"vw_preso": "P", "vw_visitante": "V", "vw_advogado": "L"}

Told = dict[str, list[dict[str, str]]]  # kind → the lines of situations.csv


@pytest.fixture(scope="module")
def country(states_server: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Two hundred people with each situation once, and nothing that no load can take."""
    folder = tmp_path_factory.mktemp("country")
    size = ("--people", "200", "--seed", "7", "--situations", "5", "--spoiled", "0", "--states", ",".join(STATES))
    _fictitious("generate", *size, "--out", str(folder))
    _fictitious(
        "load", "--from", str(folder), "--dsn", states_server, "--reader-password", PASSWORD, "--prefix", PREFIX
    )
    yield folder
    with psycopg.connect(states_server, autocommit=True) as server:
        for uf in STATES:
            server.execute(f"DROP DATABASE {PREFIX}estado_{uf.lower()} WITH (FORCE)".encode())


def _fictitious(*arguments: str) -> None:
    subprocess.run([sys.executable, "-m", "fictitious", *arguments], check=True, stdout=subprocess.DEVNULL)


@pytest.fixture
def told(country: Path) -> Told:
    """The truth, once the three states are loaded, checked and crossed."""
    for uf in STATES:
        source = sources.create(
            origin=make_origin(uf),
            host="127.0.0.1",
            port=servers.state_postgres().port,
            database=f"{PREFIX}estado_{uf.lower()}",
            credentials=Credentials(f"{PREFIX}leitor_{uf.lower()}", PASSWORD),
            mapping=(country / uf / "mapping.yaml").read_text(),
            photo_folder=str(country / uf / "photos"),
            by=BY,
        )
        done = load(source)
        assert (done.status, done.cause) == (LoadStatus.FINISHED, "")
    findings.check(by=BY)
    crossing.refresh()
    found: Told = defaultdict(list)
    with (country / "truth" / "situations.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found[row["kind"]].append(row)
    return found


def _records(rows: list[dict[str, str]]) -> list[Record]:
    return [
        Record.objects.get(origin__code=row["origin"], kind=KINDS[row["view"]], origin_key=row["id_origem"])
        for row in rows
        if row["view"] in KINDS
    ]


def _sought(country: Path) -> dict[str, str]:
    """The missing person who is the unidentified prisoner: the first that the truth declares."""
    with (country / "truth" / "missing.csv").open(encoding="utf-8", newline="") as file:
        return next(csv.DictReader(file))


def test_rules_and_crossings_find_what_the_truth_tells(country: Path, told: Told) -> None:
    missed = {
        kind: rule
        for kind, rule in RULES.items()
        if not Finding.objects.filter(rule=rule, records__in=_records(told[kind])).exists()
    }
    assert not missed
    people = {kind: {record.person_id for record in _records(told[kind])} for kind in CROSSINGS}
    missed = {
        kind: crossed
        for kind, crossed in CROSSINGS.items()
        if not Crossing.objects.filter(kind=crossed, person__in=people[kind]).exists()
    }
    assert not missed
    [unit] = [row for row in told["capacity_jump"] if row["view"] == "vw_unidade"]
    jump = Finding.objects.get(rule="units.capacity_jump")
    assert (jump.unit.origin.code, jump.unit.origin_key) == (unit["origin"], unit["id_origem"])
    [unknown] = _records(told["unidentified"])
    assert Unidentified.objects.get().record_id == unknown.pk
    sought = _sought(country)
    described = MissingCriteria(
        age=int(sought["age"]), sex=sought["sex"], marks=sought["marks"],
        seen_on=date.fromisoformat(sought["last_seen_on"]), uf=sought["last_seen_uf"],
    )  # fmt: skip
    candidates = find_missing(described, Scope()).rows
    assert [one.unidentified for one in candidates if one.person.public_id == unknown.person.public_id] == [True]
