"""Whatever is done to the audit by whoever owns it, the verifier names it."""

import os
import random
import subprocess
import sys
import uuid
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connections

from audit import checkpoints, recorder
from audit.events import Actor, Channel, Event, Kind
from audit_verify.check import check
from audit_verify.files import FileError, load
from audit_verify.verify import Report
from tests.audit.verifying import address, export, key, report

pytestmark = pytest.mark.usefixtures("committed", "handed_out")
FLIPS = int(os.environ.get("AUDIT_FLIPS", "3000"))
EVENTS = 34


@pytest.fixture
def signed() -> list[int]:
    """Events of every shape, signed and handed out, and two more after that."""
    events = [_append(number) for number in range(EVENTS)]
    assert checkpoints.sign()
    checkpoints.hand_out()
    return [*events, _append(100), _append(101)]


def _append(number: int) -> int:
    persons = tuple(uuid.UUID(int=number * 100 + place) for place in range(number % 4))
    actor = Actor(
        id=number or None,
        username="é" * (number % 3),
        agency="PP-AL",
        channel=Channel.API,
        address="10.0.0.1" if number % 2 else None,
    )
    purpose = uuid.UUID(int=7) if number % 2 else None
    return recorder.record_now(
        Event(kind=Kind.INTENT, actor=actor, action="search", purpose=purpose, subjects=persons, detail={"n": number})
    )


def _owner(statement: str, *values: object) -> None:
    with connections["owner"].cursor() as cursor:
        cursor.execute(statement, values or None)


def _followed() -> int:
    """An event that another follows in its chain: on a busy machine any chain may be the free one."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "SELECT a.event FROM audit_link a JOIN audit_link b ON b.stream = a.stream AND b.seq = a.seq + 1"
        )
        event: int = cursor.fetchone()[0]
        return event


def _place(event: int) -> str:
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT stream, seq FROM audit_link WHERE event = %s", [event])
        return "corrente {}, sequência {}".format(*cursor.fetchone())


def _of(data: bytes, outside: tuple[str, ...] = ()) -> Report | str:
    try:
        return check(load(data.splitlines(keepends=True)), outside, [key()])
    except FileError as error:
        return str(error)


def _outside() -> list[str]:
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT text FROM audit_checkpoint ORDER BY number")
        return [text for (text,) in cursor.fetchall()]


def test_what_nobody_touched_verifies(signed: list[int]) -> None:
    found = _of(export())
    assert isinstance(found, Report)
    assert (found.links, found.checkpoints, found.covered, found.wrong) == (len(signed), 1, EVENTS, [])
    assert report().wrong == []


def test_no_bit_of_an_export_flips_unnoticed(signed: list[int]) -> None:
    data = bytearray(export())
    chance = random.Random(20261128)
    missed = []
    for _ in range(FLIPS):
        at, bit = chance.randrange(len(data)), 1 << chance.randrange(8)
        data[at] ^= bit
        found = _of(bytes(data))
        if isinstance(found, Report) and not found.wrong:
            missed.append((at, bit))
        data[at] ^= bit
    assert missed == []
    assert isinstance(_of(bytes(data)), Report)


CHANGES = [
    ("at", "at + interval '1 microsecond'"),
    ("kind", "'login'"),
    ("action", "'profile'"),
    ("actor_id", "9"),
    ("actor_id", "NULL"),
    ("actor", "'outra'"),
    ("role", "'agent'"),
    ("agency", "'PP-SE'"),
    ("channel", "'page'"),
    ("address", "'10.0.0.2'"),
    ("address", "'10.0.0.1/24'"),
    ("address", "NULL"),
    ("session", "'a'"),
    ("request", "gen_random_uuid()"),
    ("purpose", "gen_random_uuid()"),
    ("purpose", "NULL"),
    ("intent", "1"),
    ("receipt", "gen_random_uuid()"),
    ("subjects", "subjects[1:array_length(subjects, 1) - 1]"),
    ("subjects", "ARRAY[subjects[2], subjects[1], subjects[3]]"),
    ("sealed", "set_byte(sealed, 20, get_byte(sealed, 20) # 1)"),
]


def test_no_column_of_an_event_changes_unnoticed(signed: list[int]) -> None:
    event = signed[3]
    place = _place(event)
    _owner("CREATE TEMP TABLE was AS SELECT * FROM audit_accessevent WHERE id = %s", event)
    for column, value in CHANGES:
        _owner(f"UPDATE audit_accessevent SET {column} = {value} WHERE id = %s", event)
        wrong = report().wrong
        assert str(wrong[0]).startswith(place), (column, value)
        assert ("foi retirado" if column == "at" else "foi alterado") in str(wrong[0])
        _owner(f"UPDATE audit_accessevent e SET {column} = was.{column} FROM was WHERE e.id = was.id")
        assert report().wrong == []
    _owner("DROP TABLE was")


def test_every_column_but_the_number_is_tried() -> None:
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT attname FROM pg_attribute WHERE attrelid = 'audit_accessevent'::regclass"
                       " AND attnum > 0 AND NOT attisdropped")  # fmt: skip
        assert {name for (name,) in cursor.fetchall()} - {column for column, _ in CHANGES} == {"id"}


def _swap_contents(events: list[int]) -> str:
    _owner(
        "UPDATE audit_accessevent a SET actor = b.actor, sealed = b.sealed FROM audit_accessevent b"
        " WHERE (a.id, b.id) IN ((%s, %s), (%s, %s))",
        events[1], events[2], events[2], events[1],
    )  # fmt: skip
    return "foi alterado"


def _swap_links(events: list[int]) -> str:
    _owner("ALTER TABLE audit_link DROP CONSTRAINT audit_link_event_key")
    _owner(
        "UPDATE audit_link a SET event = b.event, at = b.at, digest = b.digest FROM audit_link b"
        " WHERE (a.event, b.event) IN ((%s, %s), (%s, %s))",
        events[1], events[2], events[2], events[1],
    )  # fmt: skip
    _owner("ALTER TABLE audit_link ADD CONSTRAINT audit_link_event_key UNIQUE (event)")
    return "o elo não segue o anterior"


def _remove_event(events: list[int]) -> str:
    _owner("DELETE FROM audit_accessevent WHERE id = %s", events[4])
    return f"o evento {events[4]} foi retirado"


def _remove_event_and_link(events: list[int]) -> str:
    inner = _followed()
    _owner("DELETE FROM audit_link WHERE event = %s", inner)
    _owner("DELETE FROM audit_accessevent WHERE id = %s", inner)
    return "falta (a próxima que existe é a"


def _insert(events: list[int]) -> str:
    _owner("ALTER TABLE audit_accessevent DISABLE TRIGGER audit_link")
    _append(5)
    _owner("ALTER TABLE audit_accessevent ENABLE TRIGGER audit_link")
    return "sem elo: foi inserido por fora"


def _cut_the_tail(events: list[int]) -> str:
    _owner("DELETE FROM audit_accessevent WHERE id >= %s", events[EVENTS - 5])
    _owner("DELETE FROM audit_link WHERE event >= %s", events[EVENTS - 5])
    return "o fim da corrente foi cortado"


def _chain_again(events: list[int]) -> str:
    _owner("UPDATE audit_accessevent SET actor = 'outra' WHERE id = %s", events[2])
    _owner("CREATE TEMP TABLE was AS SELECT event, stream FROM audit_link ORDER BY seq")
    _owner("DELETE FROM audit_link")
    _owner(
        "SELECT audit_chain(e, stream) FROM (SELECT e, stream FROM was JOIN audit_accessevent e ON id = event"
        " ORDER BY id) AS again"
    )
    _owner("DROP TABLE was")
    return "a corrente foi refeita"


def _cut_and_append(events: list[int]) -> str:
    _cut_the_tail(events)
    for number in range(40):
        _append(number)
    return "a corrente foi refeita"


DEEDS = [
    _swap_contents, _swap_links, _remove_event, _remove_event_and_link, _insert, _cut_the_tail, _chain_again,
    _cut_and_append,
]  # fmt: skip


@pytest.mark.parametrize("deed", DEEDS)
def test_no_deed_of_the_owner_goes_unnoticed(signed: list[int], deed: Callable[[list[int]], str]) -> None:
    outside = _outside()
    said = deed(signed)
    for hidden in (False, True):
        if hidden:
            _owner("DELETE FROM audit_checkpoint")
        for found in (report(outside), _of(export(), tuple(outside))):
            assert isinstance(found, Report)
            assert any(said in str(wrong) for wrong in found.wrong), found.wrong


@pytest.mark.parametrize("deed", [_cut_the_tail, _chain_again])
def test_the_signer_refuses_to_sign_over_it(signed: list[int], deed: Callable[[list[int]], str]) -> None:
    deed(signed)
    with pytest.raises(checkpoints.ChainBroken):
        checkpoints.sign()
    _owner("DELETE FROM audit_checkpoint")
    with pytest.raises(checkpoints.ChainBroken):
        checkpoints.sign()


def test_without_a_checkpoint_an_audit_made_anew_looks_whole(signed: list[int]) -> None:
    """Why checkpoints must leave the house: nothing inside it can tell."""
    _chain_again(signed)
    _owner("DELETE FROM audit_checkpoint")
    assert report().wrong == []


def _run(*arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    public = folder / "audit.pub"
    public.write_text(checkpoints.public_key())
    command = [sys.executable, "-m", "audit_verify", *arguments, "--key", str(public)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_the_command_says_what_it_found(signed: list[int], tmp_path: Path, handed_out: Path) -> None:
    file = tmp_path / "auditoria.jsonl"
    whole = _run("--database", address(), "--export", str(file), "--checkpoints", str(handed_out), folder=tmp_path)
    assert (whole.returncode, whole.stderr) == (0, "")
    assert f"{EVENTS} eventos; 2 depois" in whole.stdout
    assert _run("--file", str(file), folder=tmp_path).returncode == 0
    place = _place(signed[1])
    _owner("UPDATE audit_accessevent SET actor = 'outra' WHERE id = %s", signed[1])
    changed = _run("--database", address(), folder=tmp_path)
    assert changed.returncode == 1
    assert f"ALTERADO: {place}: o evento {signed[1]} foi alterado" in changed.stdout
    _owner("DELETE FROM audit_checkpoint")
    file.write_bytes(file.read_bytes()[:-30])
    assert "ALTERADO: linha" in _run("--file", str(file), folder=tmp_path).stdout
    assert _run("--file", str(tmp_path / "nada"), folder=tmp_path).returncode == 2


def test_without_checkpoints_the_command_does_not_say_that_all_is_well(tmp_path: Path) -> None:
    _append(1)
    assert _run("--database", address(), folder=tmp_path).returncode == 3


def test_another_key_signs_nothing(signed: list[int]) -> None:
    _owner("UPDATE audit_checkpoint SET text = replace(text, 'number 1', 'number 2'), number = 2")
    found = report().wrong
    assert "a assinatura não é da chave informada" in str(found[0])
