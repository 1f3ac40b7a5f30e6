from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSettings

from pos_app.ui.remembered import remembered

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_what_cannot_be_kept_of_a_window_is_forgotten_without_a_word(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "state").write_bytes(b"a file where the folder should be")
    monkeypatch.setenv("FOYER_STATE", str(tmp_path / "state"))
    kept = remembered()
    kept.setValue("width", 5)
    kept.sync()
    assert kept.status() is not QSettings.Status.NoError
    assert remembered().value("width", 7) in {7, 5, "5"}
    assert (tmp_path / "state").read_bytes() == b"a file where the folder should be"
