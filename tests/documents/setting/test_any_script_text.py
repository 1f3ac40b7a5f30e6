from __future__ import annotations

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from pos_app.documents.previews import rasterise
from pos_app.documents.setting.any_script_text import OutlinedText, measure_text, outline_text
from pos_app.documents.setting.text import Face, clean, fit_text, line_width, prepare_fonts
from pos_app.documents.tickets.rendering import render_tickets
from pos_app.domain.tickets.papers import Paper
from tests.hands import PROGRAM_SECONDS

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QApplication

NOWHERE = "\U000f1234"
"""A private character that no font has."""

SCRIPTS = {
    "arabic": "محمد الأحمدي",
    "hebrew": "דוד לוי",
    "chinese": "王小明",
    "japanese": "山田太郎",
    "korean": "김민수",
    "mixed": "Smith & محمد, row G 12",
}


def subpaths(text: OutlinedText) -> int:
    return text.operators.count(" m")


def fresh(text: str, weight: int = 400) -> OutlinedText:
    return outline_text.__wrapped__(text, weight)


@pytest.mark.parametrize("text", SCRIPTS.values(), ids=SCRIPTS.keys())
def test_a_name_in_any_script_is_letters_and_not_boxes(qapp: QApplication, text: str) -> None:
    drawn = outline_text(text, 400)
    boxes = outline_text(NOWHERE * len(text), 400)
    assert drawn.width > 0.2 * len(text)
    assert drawn.operators.count(" c") > len(text)
    assert boxes.operators.count(" c") == 0
    assert drawn.operators != boxes.operators


def test_a_character_that_no_font_has_is_an_open_box(qapp: QApplication) -> None:
    one, two = outline_text(NOWHERE, 400), outline_text(NOWHERE + NOWHERE, 400)
    assert subpaths(one) == 2
    assert subpaths(two) == 4
    assert one.top > 0.5
    assert 0.3 < one.width < 1.2


def test_arabic_letters_are_joined(qapp: QApplication) -> None:
    """A joined beh is narrower than one that stands alone."""
    assert outline_text("بب", 400).width < 1.6 * outline_text("ب", 400).width


def test_a_right_to_left_line_runs_from_right_to_left(qapp: QApplication) -> None:
    """The last letter in memory is the leftmost on paper."""
    line = outline_text("אבג", 400)
    last = outline_text("ג", 400)
    first = outline_text("א", 400)
    assert set(last.operators.splitlines()) <= set(line.operators.splitlines())
    assert not set(first.operators.splitlines()) <= set(line.operators.splitlines())


def test_latin_words_keep_their_places_around_a_right_to_left_name(qapp: QApplication) -> None:
    line = outline_text("Smith & محمد", 400).operators.splitlines()
    assert set(outline_text("Smith", 400).operators.splitlines()) <= set(line)


@pytest.mark.parametrize("text", ["नमस्ते दुनिया 12", "สวัสดีครับ", "বাংলা", "a\u200db", "e\u0301\u0302", "\u3164", "😀"])
def test_other_scripts_and_odd_characters_set_without_a_complaint(qapp: QApplication, text: str) -> None:
    """Warnings of Qt fail this test."""
    assert fresh(text).width >= 0


def test_measuring_and_drawing_agree(qapp: QApplication) -> None:
    for text in SCRIPTS.values():
        assert measure_text(text, 700) == pytest.approx(outline_text(text, 700).width)


def test_text_is_set_on_any_thread_while_a_window_is_there(qapp: QApplication) -> None:
    expected = [fresh(text) for text in SCRIPTS.values()] * 10
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(fresh, list(SCRIPTS.values()) * 10)) == expected


@pytest.mark.parametrize("script", ["arabic", "hebrew", "chinese", "mixed"])
def test_a_title_in_another_script_is_ink_on_the_page(qapp: QApplication, till: Any, script: str) -> None:
    def ink_of_title(title: str) -> np.ndarray[Any, np.dtype[np.bool_]]:
        raster = rasterise(render_tickets([till.face(event_title=title)], Paper.A4), dpi=100)
        page = np.frombuffer(raster.rgb, dtype=np.uint8).reshape(raster.height, raster.width, 3)
        dark: np.ndarray[Any, np.dtype[np.bool_]] = page[100:180, 90:560].max(axis=2) < 128
        return dark

    title = SCRIPTS[script]
    drawn, boxes = ink_of_title(title), ink_of_title(NOWHERE * len(title))
    assert not ink_of_title(" ").any()
    assert drawn.sum() > 300
    assert boxes.sum() > 300
    assert (drawn != boxes).sum() > 300


def test_what_inter_has_is_text_and_not_outlines() -> None:
    prepare_fonts()
    assert line_width("Əliyev Łukasz Şükrü Щукин Ωμέγα €52", Face.BOLD, 10) > 100
    assert fit_text("Nguye\u0302\u0303n", Face.BOLD, (10,), 500).lines == ("Nguyễn",)


def test_text_is_cleaned_of_what_cannot_be_set() -> None:
    assert clean(" a\n\tb\x00\x07 ") == "a b"
    assert clean("\ud800x") == "\N{REPLACEMENT CHARACTER}x"
    assert clean("a" * 100_000) == "a" * 399 + "…"
    assert clean("a" * 400) == "a" * 400


def test_long_text_shrinks_then_wraps_then_ends_in_an_ellipsis() -> None:
    prepare_fonts()
    sizes, wrapped = (20.0, 18.0), (14.0, 12.0)
    assert fit_text("Short", Face.BOLD, sizes, 200, wrapped=wrapped).size == 20
    assert fit_text("The Magic Flute now", Face.BOLD, sizes, 200, wrapped=wrapped).size == 18
    two = fit_text("The Magic Flute and the night", Face.BOLD, sizes, 200, wrapped=wrapped)
    assert (len(two.lines), two.size) == (2, 14)
    cut = fit_text("The Magic Flute " * 9, Face.BOLD, sizes, 200, wrapped=wrapped)
    assert len(cut.lines) == 2
    assert cut.lines[-1].endswith("…")
    assert cut.width <= 200


def test_every_line_of_a_wrapped_text_runs_as_the_whole_text_does(qapp: QApplication) -> None:
    prepare_fonts()
    hebrew = fit_text("מפצח האגוזים Łukasz 12 מפצח", Face.BOLD, (40.0,), 135, wrapped=(16.0,), lines=3).lines
    latin = fit_text("The Nutcracker of מפצח 12 and others", Face.BOLD, (40.0,), 150, wrapped=(16.0,), lines=3).lines
    assert [line for line in hebrew if line.startswith("\N{RIGHT-TO-LEFT MARK}Łukasz 12")]
    assert [line for line in latin if line.startswith("\N{LEFT-TO-RIGHT MARK}מפצח 12")]
    assert not hebrew[0].startswith("\N{RIGHT-TO-LEFT MARK}")
    marked, bare = outline_text("\N{RIGHT-TO-LEFT MARK}Łukasz 12 מפצח", 700), outline_text("Łukasz 12 מפצח", 700)
    assert marked.width == pytest.approx(bare.width)
    assert marked.operators != bare.operators


ALONE = """
import sys
from PySide6.QtCore import QCoreApplication
from pos_app.documents.setting.any_script_text import outline_text, text_engine
with text_engine():
    words = [outline_text(text, 400) for text in ("محمد", "דוד")]
assert QCoreApplication.instance() is None
print([word.operators.count(" c") > 5 for word in words], outline_text("東", 400).operators.count(" m"))
from PySide6.QtWidgets import QApplication, QLabel
application = QApplication(["window", "-platform", "offscreen"])
label = QLabel("a window made later")
label.show()
application.processEvents()
print(outline_text("שלום", 400).width > 1)
"""


def alone(**environment: str) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-c", ALONE],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=True,
        timeout=PROGRAM_SECONDS,
    )
    assert not done.stderr
    return done.stdout.splitlines()


def test_a_command_without_a_window_can_print_any_script_and_open_one_later() -> None:
    assert alone()[0].startswith("[True, True]")
    assert alone()[1] == "True"


def test_a_machine_without_fonts_has_arabic_and_hebrew_and_boxes_for_the_rest(tmp_path: Path) -> None:
    config = tmp_path / "fonts.conf"
    config.write_text(f"<fontconfig><cachedir>{tmp_path}</cachedir></fontconfig>")
    words = alone(FONTCONFIG_FILE=str(config))
    assert words == ["[True, True] 2", "True"]
