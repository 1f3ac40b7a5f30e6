"""The tour of waiting lists in the pseudo-language: each word in brackets, and what each party was written."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from email import message_from_bytes
from email.policy import default
from typing import TYPE_CHECKING

import pytest

from pos_app.tour.waiting.counter import ADDRESSES, FIRST, SECOND, SELLER, THIRD
from tests.hands import PROGRAM_SECONDS
from tests.tour.brackets import IN_BRACKETS

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.slow
def test_the_tour_serves_who_waits_and_resells_tickets(tmp_path: Path) -> None:
    folder = tmp_path / "waiting"
    done = subprocess.run(
        [sys.executable, "-m", "pos_app", "tour", "--waiting", *IN_BRACKETS, "--out", str(folder)],
        capture_output=True,
        text=True,
        timeout=PROGRAM_SECONDS,
        check=False,
        env={**os.environ, "FOYER_STATE": str(tmp_path / "computer")},
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    told = json.loads((folder / "tour.json").read_text(encoding="utf-8"))
    assert told["ok"]
    assert [scan["verdict"] for scan in told["scans"]] == ["refused", "admitted"]
    assert (told["untranslated"], told["cut"]) == ([], [])
    letters = [message_from_bytes(path.read_bytes(), policy=default) for path in sorted(folder.glob("letter-*.eml"))]
    told_to = Counter(name for letter in letters for name, address in ADDRESSES.items() if address in str(letter["To"]))
    # Of the first, whose seats came at once, it may not have gone out that it waits. The second one's offer lapsed; of
    # the third and the seller tell their tickets, too.
    assert told_to[FIRST] >= 2
    assert told_to[SECOND] == 3
    assert told_to[THIRD] >= 2
    assert told_to[SELLER] == 3
