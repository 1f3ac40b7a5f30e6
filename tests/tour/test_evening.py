"""The tour, run once as a person would, on the embedded database and without a display."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from pos_app.documents.previews import page_count
from tests.hands import PROGRAM_SECONDS
from tests.tour.brackets import IN_BRACKETS_OR_ENGLISH

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.slow
@pytest.mark.parametrize("options", IN_BRACKETS_OR_ENGLISH)
def test_the_tour_drives_the_window_through_an_evening(tmp_path: Path, options: tuple[str, ...]) -> None:
    folder = tmp_path / "evening"
    folder.mkdir()
    (folder / "01-of-an-older-tour.png").touch()
    (folder / "notes.txt").touch()
    done = subprocess.run(
        [sys.executable, "-m", "pos_app", "tour", "--out", str(folder), *options],
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
    assert all(step["ok"] for step in told["steps"])
    shots = [step["screenshot"] for step in told["steps"]]
    assert sorted(path.name for path in folder.glob("*.png")) == sorted(shots)
    assert [step["name"] for step in told["steps"]][:3] == ["open", "sign in", "choose performance"]
    verdicts = [scan["verdict"] for scan in told["scans"]]
    assert verdicts[:3] == ["admitted", "already_used", "refused"]
    assert told["order"]["total_minor"] > 0
    assert len(told["tickets"]) == 3
    pdf = (folder / told["tickets"][0]["pdf"]).read_bytes()
    assert page_count(pdf) >= 3
    assert len({ticket["code"] for ticket in told["tickets"]}) == 3
    assert (folder / "notes.txt").exists()
    if options:
        assert told["untranslated"] == []
        assert told["cut"] == []
    # It is a till of its own: nothing stays on this computer.
    assert not (tmp_path / "computer").exists()
