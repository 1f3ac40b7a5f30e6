"""What a tour reads in the windows: a text past the catalogue and a word without room are found, names are not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QListWidget, QPushButton, QWidget

from pos_app.catalogues import PSEUDO
from pos_app.tour.findings import Findings, Known, outside_brackets
from pos_app.ui.widgets.boxes import column
from pos_app.ui.widgets.key_button import KeyButton
from pos_app.ui.widgets.labels import ElidedLabel, text_label
from pos_app.ui.words.language import speak
from pos_app.ui.words.window_language import speak_through

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)

NAMES = ("Maren Oslo", "The Lighthouse Keepers", "Main House", "Europe/Oslo", "VGDRHJKM")


@pytest.fixture
def window(qapp: QApplication) -> Iterator[QWidget]:
    """Show a window in which things are planted; the pseudo-language is spoken."""
    speak_through(qapp)
    speak(PSEUDO)
    window = QWidget()
    window.resize(600, 400)
    yield window
    window.close()
    window.deleteLater()
    speak("")


def read(window: QWidget, *planted: QWidget) -> Findings:
    column(*planted, 1, inside=window)
    window.show()
    findings = Findings()
    findings.read_windows("a step", QApplication.processEvents)
    return findings


def strange(findings: Findings) -> list[tuple[str, tuple[str, ...]]]:
    return [(one.text, one.words) for one in findings.untranslated(NAMES)]


def test_a_label_past_the_catalogue_is_found(window: QWidget) -> None:
    findings = read(window, QLabel("Row C is empty"), QLabel(window.tr("Cancel")), QLabel("Maren Oslo · [Manager lor]"))
    assert strange(findings) == [("Row C is empty", ("row", "is", "empty"))]
    (found,) = findings.untranslated(NAMES)
    assert (found.widget, found.step) == ("QLabel", "a step")


def test_tool_tips_placeholders_accessible_names_and_rows_are_read(window: QWidget) -> None:
    button, field, rows = QPushButton("+"), QLineEdit("typed by a person"), QListWidget()
    button.setToolTip("Zoom in")
    button.setAccessibleName("Larger map")
    field.setPlaceholderText("Type a name")
    rows.addItem("Nothing here")
    key = KeyButton("Save")
    texts = {text for text, _ in strange(read(window, button, field, rows, key))}
    assert texts == {"Zoom in", "Larger map", "Type a name", "Nothing here", "Save"}


def test_each_finding_is_kept_once(window: QWidget) -> None:
    findings = read(window, QLabel("Row"), QLabel("Row"))
    findings.read_windows("a later step", QApplication.processEvents)
    assert [(one.text, one.step) for one in findings.untranslated(())] == [("Row", "a step")]


def test_a_button_and_a_label_without_room_are_found(window: QWidget) -> None:
    button, key = QPushButton("Print all the tickets"), KeyButton("Unwiderruflich")
    label, tall = text_label("Harbour Stage Company"), text_label("Words that need many lines. " * 9, wrap=True)
    for widget in (button, key, label):
        widget.setFixedWidth(60)
    tall.setFixedSize(200, 20)
    findings = read(window, button, key, label, tall)
    assert {one.text for one in findings.cut()} == {
        "Print all the tickets", "Unwiderruflich", "Harbour Stage Company", tall.text(),
    }  # fmt: skip
    assert findings.told(None) == {"cut": [
        {"text": one.text, "widget": one.widget, "step": "a step"} for one in findings.cut()
    ]}  # fmt: skip


def test_what_has_room_or_tells_the_whole_in_its_tool_tip_is_not_cut(window: QWidget) -> None:
    elided, key = ElidedLabel("The Lighthouse Keepers and their winter"), KeyButton("Best seats together", "F4")
    elided.setFixedWidth(80)
    key.setFixedWidth(180)
    wrapped = text_label("Words that need two lines when there is as little room as here.", wrap=True)
    assert read(window, elided, key, wrapped, QPushButton("Print")).cut() == ()


def test_words_that_get_their_room_a_moment_later_are_not_cut(window: QWidget) -> None:
    label = text_label("Online")
    column(label, 1, inside=window)
    window.show()
    label.setFixedWidth(10)
    findings = Findings()
    findings.read_windows("a step", lambda: label.setFixedWidth(200))
    QApplication.processEvents()
    assert findings.cut() == ()


@pytest.mark.parametrize(
    ("text", "rest"),
    [("[One], two [three [four] five] six", " , two    six"), ("[never closed…", ""), ("closed] only", "closed] only")],
)
def test_brackets_within_brackets(text: str, rest: str) -> None:
    assert outside_brackets(text) == rest


@pytest.mark.parametrize(
    "text",
    [
        "Maren Oslo, [Manager lor]",
        "The Lighthouse Keepers · Wed 9 Dec, 19:30 · Main House",
        "Wednesday, 9 December 2026, Oslo (UTC+01:00)",
        "The Lighthouse Ke…",
        "VGDR-HJKM · 6X7B-KKW5",
        "€45.00, 12 EUR, 5 min, Ctrl+S",
        "[Saved as lor] /tmp/tickets/VGDR6R98.pdf, mysql://foyer@host/foyer, maren@example.org",
    ],
)
def test_names_dates_amounts_codes_and_paths_are_data(text: str) -> None:
    assert Known(NAMES).strange_words(text) == ()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Maren signs in", ("maren", "signs", "in")),
        ("Main entrance", ("main", "entrance")),
        ("[Row C lo] · seat 7 of The Lighthouse Keepers", ("seat", "of")),
    ],
)
def test_a_part_of_a_name_is_no_name(text: str, words: tuple[str, ...]) -> None:
    assert Known(NAMES).strange_words(text) == words
