"""The recovery sheet is shown to be copied, and saved where it is asked to, for its user alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pos_app.ui.background import Background
from pos_app.ui.widgets import recovery_box
from pos_app.ui.widgets.recovery_box import RecoveryBox

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

CODE = "ABCD-EFGH-JKMN-PQRS-TUVW-XYZ2"


@pytest.mark.usefixtures("themed")
def test_it_is_shown_and_saved_and_a_file_that_cannot_be_written_is_told(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    background = Background()
    box = RecoveryBox(background)
    qtbot.addWidget(box)
    box.show_sheet("The Little House", CODE)
    assert box.code.text() == CODE
    chosen = [str(tmp_path / "sheet.txt"), str(tmp_path / "sheet.txt" / "no folder" / "x.txt"), ""]
    monkeypatch.setattr(recovery_box, "ask_path", lambda *_args: chosen[0])
    box.save_button.click()
    qtbot.waitUntil(lambda: "Saved" in box.said.text())
    file = tmp_path / "sheet.txt"
    assert CODE in file.read_text(encoding="utf-8")
    assert "The Little House" in file.read_text(encoding="utf-8")
    assert file.stat().st_mode & 0o777 == 0o600
    monkeypatch.setattr(recovery_box, "ask_path", lambda *_args: chosen[1])
    box.save_button.click()
    qtbot.waitUntil(lambda: "could not be written" in box.said.text())
    monkeypatch.setattr(recovery_box, "ask_path", lambda *_args: chosen[2])
    box.save_button.click()
    background.shut_down()
