"""The manager's tour, run as a person would: on this computer in the light, on a server in the dark."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtGui import QImage, QImageReader

from pos_app.documents.previews import page_count
from tests.hands import PROGRAM_SECONDS
from tests.tour.brackets import IN_BRACKETS_OR_ENGLISH

if TYPE_CHECKING:
    from pathlib import Path

_FEWEST_COLORS = 24
_OF_EVERY_SECTION = (
    "no such server",
    "box office made",
    "venue",
    "plan preview",
    "drawn plan stored",
    "plan saved",
    "ticket types",
    "event",
    "three performances",
    "prices",
    "house seats",
    "promo code",
    "batch of codes",
    "staff member",
    "till",
    "settings saved",
    "taken over",
    "cancelled",
    "sold",
    "door",
)


def take_tour(folder: Path, computer: Path, *options: str) -> tuple[int, dict[str, Any], str]:
    """Run `foyer tour --admin`; returns its exit code, what tour.json says, and what it wrote."""
    done = subprocess.run(
        [sys.executable, "-m", "pos_app", "tour", "--admin", "--out", str(folder), *options],
        capture_output=True,
        text=True,
        timeout=PROGRAM_SECONDS,
        check=False,
        env={**os.environ, "FOYER_STATE": str(computer)},
    )
    assert "Traceback" not in done.stderr, done.stderr
    told = json.loads((folder / "tour.json").read_text(encoding="utf-8"))
    return done.returncode, told, done.stdout + done.stderr


def colors_of(path: Path) -> int:
    """Count the colours of a picture, looked at coarsely; one that is blank has one."""
    image = QImage(str(path)).scaled(160, 100)
    return len(set(memoryview(image.constBits()).cast("I")))


def assert_told_in_full(told: dict[str, Any], folder: Path, size: tuple[int, int]) -> None:
    names = [step["name"] for step in told["steps"]]
    assert [name for name in _OF_EVERY_SECTION if name not in names] == []
    assert len(set(names)) == len(names)
    assert names[-1] == "judge"
    shots = [step["screenshot"] for step in told["steps"]]
    assert sorted(path.name for path in folder.glob("[0-9]*.png")) == sorted(shots)
    assert {QImageReader(str(folder / shot)).size().toTuple() for shot in shots} == {size}
    assert [shot for shot in shots if colors_of(folder / shot) < _FEWEST_COLORS] == []


@pytest.mark.slow
@pytest.mark.parametrize("options", IN_BRACKETS_OR_ENGLISH)
def test_a_manager_sets_a_season_up_on_this_computer_and_sells_its_first_tickets(
    tmp_path: Path, options: tuple[str, ...]
) -> None:
    folder = tmp_path / "season"
    folder.mkdir()
    for old in ("01-of-an-older-tour.png", "tour-codes.csv", "notes.txt"):
        (folder / old).touch()
    code, told, said = take_tour(folder, tmp_path / "computer", *options)
    assert (code, told["ok"]) == (0, True), said
    assert_told_in_full(told, folder, (1280, 720) if options else (1280, 800))
    if options:
        assert told["untranslated"] == []
        assert told["cut"] == []
    assert told["order"]["total_minor"] == 2 * (4500 - 563 + 50)
    assert [scan["verdict"] for scan in told["scans"]] == ["admitted"]
    pdf = (folder / told["tickets"][0]["pdf"]).read_bytes()
    assert page_count(pdf) == len(told["tickets"]) == 2
    assert len((folder / "tour-codes.csv").read_text(encoding="utf-8").splitlines()) == 41
    # It is a till of its own: nothing stays on this computer.
    assert not (tmp_path / "computer").exists()
    assert (folder / "notes.txt").exists()


@pytest.mark.soak  # the same story again; in each run it is told on this computer
def test_a_manager_sets_a_season_up_on_a_server_and_not_in_a_house_that_is_there(
    tmp_path: Path, server_url: str
) -> None:
    folder = tmp_path / "season"
    options = ("--database", server_url, "--dark", "--size", "1440x900")
    code, told, said = take_tour(folder, tmp_path / "computer", *options)
    assert (code, told["ok"]) == (0, True), said
    assert_told_in_full(told, folder, (1440, 900))
    code, told, _ = take_tour(folder, tmp_path / "computer", *options)
    assert (code, told["ok"]) == (1, False)
    assert [step["problem"] for step in told["steps"]] == [
        "there is a box office already; begin with an empty database"
    ]
