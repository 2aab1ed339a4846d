"""What is signed every minute, and how it leaves."""

import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.core import mail
from django.db import connections

from audit import checkpoints, recorder, tasks
from audit.events import Event, Kind, system
from audit_verify.encoding import Tree, merkle
from audit_verify.statements import read_checkpoint, split
from tests.audit.verifying import key, report

pytestmark = pytest.mark.usefixtures("committed", "handed_out")
NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)


def _append() -> int:
    return recorder.record_now(Event(kind=Kind.LOGIN, actor=system("test")))


def _handed(folder: Path) -> list[int]:
    texts = [text for file in sorted(folder.glob("*.txt")) for text in split(file.read_text())]
    return [read_checkpoint(text, [key()]).number for text in texts]


def test_it_signs_when_something_happened_and_once_an_hour() -> None:
    _append()
    assert checkpoints.sign(NOON)
    assert checkpoints.sign(NOON + timedelta(minutes=1)) is None
    _append()
    second = checkpoints.sign(NOON + timedelta(minutes=2))
    assert second is not None
    assert second.number == 2
    assert checkpoints.sign(NOON + timedelta(minutes=61)) is None
    assert checkpoints.sign(NOON + timedelta(minutes=62))
    assert report().wrong == []


def test_the_folder_gets_each_once_even_after_a_stop(handed_out: Path) -> None:
    _append()
    checkpoints.sign(NOON)
    assert checkpoints.hand_out() == 1
    _append()
    checkpoints.sign(NOON + timedelta(days=1))
    _append()
    checkpoints.sign(NOON + timedelta(days=1, minutes=1))
    file = handed_out / "2026-05-04.txt"
    # A write that a power cut ended half way.
    file.write_text(file.read_text() + "senappen-audit-checkpoint-1\nnumber 2\nat 2026")
    assert checkpoints.hand_out() == 2
    assert checkpoints.hand_out() == 0
    assert sorted(path.name for path in handed_out.iterdir()) == ["2026-05-04.txt", "2026-05-05.txt"]
    assert len(split((handed_out / "2026-05-05.txt").read_text())) == 2


def test_a_checkpoint_that_is_missing_inside_is_noticed() -> None:
    for _ in range(3):
        _append()
        checkpoints.sign()
    with connections["owner"].cursor() as cursor:
        cursor.execute("DELETE FROM audit_checkpoint WHERE number = 2")
    assert "falta o ponto de controle 2" in str(report().wrong[0])


def test_the_task_signs_and_hands_out(handed_out: Path) -> None:
    _append()
    assert tasks.sign_checkpoint() == 1
    assert tasks.sign_checkpoint() is None
    assert _handed(handed_out) == [1]


def test_the_task_tells_when_the_chain_is_broken(settings: object) -> None:
    settings.ALERT_EMAILS = ["coordenacao@senappen.example"]  # type: ignore[attr-defined]
    _append()
    tasks.sign_checkpoint()
    with connections["owner"].cursor() as cursor:
        cursor.execute("DELETE FROM audit_link")
    with pytest.raises(checkpoints.ChainBroken):
        tasks.sign_checkpoint()
    assert [message.subject for message in mail.outbox] == ["AUDITORIA ADULTERADA"]


def test_the_last_one_is_mailed_to_each_by_itself(settings: object) -> None:
    settings.AUDIT_CHECKPOINT_EMAILS = ["a@orgao.example", "b@orgao.example"]  # type: ignore[attr-defined]
    assert tasks.mail_checkpoint() == 0
    _append()
    made = checkpoints.sign()
    assert made is not None
    assert tasks.mail_checkpoint() == 2
    assert [message.to for message in mail.outbox] == [["a@orgao.example"], ["b@orgao.example"]]
    assert made.text in mail.outbox[0].body


def test_the_signing_key_is_readable_by_its_owner_alone(settings: object) -> None:
    assert stat.S_IMODE(Path(settings.AUDIT_KEY_FILE).stat().st_mode) == 0o600  # type: ignore[attr-defined]


@pytest.mark.parametrize("count", [0, 1, 2, 3, 7, 16, 100])
def test_the_tree_that_grows_has_the_root_of_the_whole(count: int) -> None:
    leaves = [number.to_bytes(4, "big") for number in range(count)]
    assert Tree(leaves).root == merkle(leaves)
