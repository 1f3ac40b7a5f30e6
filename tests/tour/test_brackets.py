"""What is wrong on the command line of a tour is said in the pseudo-language, too."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

from tests.hands import PROGRAM_SECONDS

if TYPE_CHECKING:
    from pathlib import Path


def refused_tour(tmp_path: Path, *options: str) -> str:
    """Ask for a tour that cannot be; returns what was said."""
    done = subprocess.run(
        [sys.executable, "-m", "pos_app", "tour", "--out", str(tmp_path / "tour"), *options],
        capture_output=True,
        text=True,
        timeout=PROGRAM_SECONDS,
        check=False,
        env={**os.environ, "FOYER_STATE": str(tmp_path / "computer")},
    )
    assert done.returncode == 1
    return done.stdout + done.stderr


def test_what_is_wrong_on_the_command_line_is_said_in_the_language_of_the_tour(tmp_path: Path) -> None:
    said = refused_tour(tmp_path, "--language", "xx", "--size", "wide")
    assert said.startswith("foyer: [“wide” is no size of a window. lorem")
    said = refused_tour(tmp_path, "--language", "klingon")
    assert said == "foyer: “klingon” is no language. Write it like de or de_AT.\n"
