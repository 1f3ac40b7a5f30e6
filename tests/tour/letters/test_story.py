"""The tour of letters in the pseudo-language: each word in brackets, and each letter in a file as it arrived."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from email import message_from_bytes
from email.policy import default
from typing import TYPE_CHECKING

import pytest

from tests.hands import PROGRAM_SECONDS
from tests.tour.brackets import IN_BRACKETS

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.slow
def test_the_tour_writes_to_guests_and_keeps_what_arrives(tmp_path: Path) -> None:
    folder = tmp_path / "letters"
    done = subprocess.run(
        [sys.executable, "-m", "pos_app", "tour", "--letters", *IN_BRACKETS, "--out", str(folder)],
        capture_output=True,
        text=True,
        timeout=PROGRAM_SECONDS,
        check=False,
        env={**os.environ, "FOYER_STATE": str(tmp_path / "computer")},
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    told = json.loads((folder / "tour.json").read_text(encoding="utf-8"))
    assert told["ok"] is True
    names = [step["name"] for step in told["steps"]]
    assert names[0] == "open"
    assert names[-1] == "judge"
    wanted = {"test letter", "sent again", "verified", "tickets by e-mail", "refund told", "new ticket by e-mail"}
    assert wanted | {"reminded"} <= set(names)
    shots = [step["screenshot"] for step in told["steps"]]
    assert sorted(path.name for path in folder.glob("*.png")) == sorted(shots)
    assert told["untranslated"] == []
    assert told["cut"] == []
    letters = [message_from_bytes(path.read_bytes(), policy=default) for path in sorted(folder.glob("letter-*.eml"))]
    assert not any(part.defects for letter in letters for part in letter.walk())
    to_buyer = [letter for letter in letters if "anna.nowak@" in letter["To"]][-4:]
    brought = [any(part.get_content_type() == "application/pdf" for part in letter.walk()) for letter in to_buyer]
    assert brought == [False, True, False, True]
    assert len({letter["Message-ID"] for letter in letters}) == len(letters)
