"""Both tours in the pseudo-language: every word that is not data stands in brackets, and none is cut off."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from tests.hands import PROGRAM_SECONDS

if TYPE_CHECKING:
    from pathlib import Path


def take_tour(tmp_path: Path, *options: str) -> tuple[int, dict[str, Any], str]:
    """Run `foyer tour`; returns its exit code, what tour.json says, and what it wrote."""
    folder = tmp_path / "tour"
    done = subprocess.run(
        [sys.executable, "-m", "pos_app", "tour", "--out", str(folder), *options],
        capture_output=True,
        text=True,
        timeout=PROGRAM_SECONDS,
        check=False,
        env={**os.environ, "FOYER_STATE": str(tmp_path / "computer")},
    )
    path = folder / "tour.json"
    told = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    return done.returncode, told, done.stdout + done.stderr


@pytest.mark.slow
@pytest.mark.parametrize("story", [(), ("--admin",)], ids=["evening", "season"])
def test_every_word_is_translated_and_has_its_room(tmp_path: Path, story: tuple[str, ...]) -> None:
    code, told, said = take_tour(tmp_path, *story, "--language", "xx", "--size", "1280x720")
    assert (code, told["ok"]) == (0, True), said
    assert told["untranslated"] == []
    assert told["cut"] == []


def test_what_is_wrong_on_the_command_line_is_said_in_the_language_of_the_tour(tmp_path: Path) -> None:
    code, _, said = take_tour(tmp_path, "--language", "xx", "--size", "wide")
    assert code == 1
    assert said.startswith("foyer: [“wide” is no size of a window. lorem")
    code, _, said = take_tour(tmp_path, "--language", "klingon")
    assert (code, said) == (1, "foyer: “klingon” is no language. Write it like de or de_AT.\n")
