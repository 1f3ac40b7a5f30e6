from __future__ import annotations

import pytest
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pos_app.ui.widgets.key_button import KeyButton
from pos_app.ui.widgets.search_field import SearchField
from pos_app.ui.widgets.told_keys import keys_in, printed, tell_keys

pytestmark = pytest.mark.usefixtures("themed")


@pytest.mark.parametrize(("qt", "keyboard"), [("Return", "Enter"), ("Ctrl+S", "Ctrl+S"), ("F8", "F8")])
def test_a_key_is_told_as_it_is_printed_on_keyboards(qt: str, keyboard: str) -> None:
    assert printed(QKeySequence(qt)) == keyboard


def test_what_is_shown_tells_its_keys_and_what_is_hidden_does_not() -> None:
    page, inner, hidden = QWidget(), QWidget(), KeyButton("Archive", "F9")
    tell_keys(page, lambda: (("F5", "Read again"), ("F8", "Something")))
    tell_keys(inner, lambda: (("F5", "Another F5"), ("Esc", "Back")))
    column = QVBoxLayout(page)
    for widget in (inner, KeyButton("Undo", "F8"), SearchField("Search", key="F2"), hidden):
        column.addWidget(widget)
    hidden.hide()
    assert dict(keys_in(page)) == {"F5": "Read again", "F8": "Undo", "Esc": "Back", "F2": "Search"}
    assert [key for key, _words in keys_in(page)] == ["F5", "F8", "Esc", "F2"]
    page.deleteLater()
