"""The tour of reservations and customers in the pseudo-language: each word in brackets, and each with its room."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.hands import PROGRAM_SECONDS
from tests.tour.brackets import IN_BRACKETS

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.slow
def test_the_tour_keeps_seats_and_customers_and_forgets_one(tmp_path: Path) -> None:
    folder = tmp_path / "customers"
    done = subprocess.run(
        [sys.executable, "-m", "pos_app", "tour", "--customers", *IN_BRACKETS, "--out", str(folder)],
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
    wanted = {"reserved", "kept longer", "picked up", "lapsed", "customer made", "merged", "exported", "erased"}
    assert wanted <= set(names)
    shots = [step["screenshot"] for step in told["steps"]]
    assert sorted(path.name for path in folder.glob("*.png")) == sorted(shots)
    assert told["untranslated"] == []
    assert told["cut"] == []
    assert len(told["tickets"]) == 2
    assert {path.name for path in folder.glob("tour-customer.*")} == {"tour-customer.pdf", "tour-customer.json"}
