"""Letters that nothing waits for: each address its own, a failure logged and told to nobody else."""

from smtplib import SMTPRecipientsRefused

import pytest
from django.core import mail as outgoing

from senappen.lib import mail


def test_each_address_gets_its_own_and_empty_ones_none() -> None:
    assert mail.post("Assunto", "Corpo.", ["a@orgao.example", "", "b@orgao.example"], about="test") == 2
    assert [message.to for message in outgoing.outbox] == [["a@orgao.example"], ["b@orgao.example"]]


def test_one_that_does_not_go_stops_no_other_and_names_no_address(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def picky(subject: str, body: str, sender: str, addresses: list[str]) -> int:
        if addresses == ["a@orgao.example"]:
            raise SMTPRecipientsRefused({"a@orgao.example": (550, b"a@orgao.example unknown")})
        return 1

    monkeypatch.setattr(mail, "send_mail", picky)
    assert mail.post("Assunto", "Corpo.", ["a@orgao.example", "b@orgao.example"], about="freeze 7") == 1
    assert caplog.messages == ["freeze 7: e-mail not sent: SMTPRecipientsRefused"]
