"""The mail server of the tour keeps letters as they were sent."""

from __future__ import annotations

import smtplib
from typing import TYPE_CHECKING

from pos_app.tour.letters.receiver import HOST, Receiver

if TYPE_CHECKING:
    from pathlib import Path


def test_each_letter_becomes_a_file_dots_and_all(tmp_path: Path) -> None:
    receiver = Receiver(tmp_path)
    letter = b"Subject: Dots\r\n\r\n.one\r\n..two\r\n.\r\nend\r\n"
    try:
        with smtplib.SMTP(HOST, receiver.port) as line:
            assert line.has_extn("smtputf8") or line.ehlo()[0] == 250
            for _ in range(2):
                assert line.sendmail("a@example.org", ["b@example.org"], letter) == {}
    finally:
        receiver.close()
    assert receiver.received == 2
    assert [(tmp_path / f"letter-0{number}.eml").read_bytes() for number in (1, 2)] == [letter, letter]
