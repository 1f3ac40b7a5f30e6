"""The list of all that Foyer says is as the code says it, and reaches whoever is to read it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from pos_app.catalogues import PSEUDO, catalogue

_ROOT = Path(__file__).resolve().parents[1]


def test_the_catalogue_is_what_the_code_says() -> None:
    told = subprocess.run(
        [sys.executable, str(_ROOT / ".ci" / "translations"), "--check"], capture_output=True, text=True, check=False
    )
    assert told.returncode == 0, told.stderr


def test_the_pseudo_language_shows_what_is_in_the_catalogue_and_nothing_else() -> None:
    texts = catalogue(PSEUDO)
    assert texts.say("Choose another one.") == "[Choose another one. lorem i]"
    assert texts.say("Choose something that nobody says.") == "Choose something that nobody says."
    assert texts.say_count("{count} line cannot be taken over.", "{count} lines cannot be taken over.", 2).startswith(
        "[{count} lines cannot be taken over. lorem"
    )


def test_a_language_without_a_catalogue_is_english() -> None:
    assert catalogue("de_AT").say("Choose other seats.") == "Choose other seats."
