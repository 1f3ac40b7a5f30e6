"""What a person at a till reads of a sentence."""

from __future__ import annotations

from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from pos_app.domain.sentences import say
from pos_app.ui.words.sentences import spoken

if TYPE_CHECKING:
    import pytest


def test_a_path_is_read_without_the_account_of_the_computer(monkeypatch: pytest.MonkeyPatch) -> None:
    home = Path("/home/kasse.maria")
    monkeypatch.setattr(Path, "home", lambda: home)
    told = say("Foyer cannot keep its files in {folder}.", folder=home / ".local" / "share" / "foyer")
    assert spoken(told) == "Foyer cannot keep its files in ~/.local/share/foyer."
    assert spoken(say("{folder}", folder=PurePath("/srv/foyer"))) == "/srv/foyer"
    # A log keeps it whole: whoever looks after the computer needs it.
    assert "kasse.maria" in told
