from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QFontInfo

from pos_app.ui.look.icons import icon, icon_pixmap
from pos_app.ui.look.theme import (
    DARK,
    LIGHT,
    Theme,
    apply_theme,
    current_theme,
    style_sheet_of,
    theme_notifier,
    ui_font,
)
from pos_app.ui.look.theme_choice import ThemeChoice, choose_theme, chosen_theme, restore_theme, toggle_theme
from pos_app.ui.seat_map.painting.colors import ink_on
from tests.contrast import contrast

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication


_PAIRS = [
    *((word, area) for word in ("text", "muted", "accent") for area in ("bg", "surface", "raised", "hover", "map")),
    *((word, area) for word in ("ok", "warn", "danger") for area in ("bg", "surface", "raised")),
    *((word, f"{word}_soft") for word in ("accent", "ok", "warn", "danger")),
    *(("text", area) for area in ("accent_soft", "ok_soft", "warn_soft", "danger_soft", "line")),
    *(("muted", area) for area in ("accent_soft", "warn_soft", "line")),
    ("accent_text", "accent"),
    ("accent_text", "accent_hover"),
    ("danger_text", "danger"),
    ("danger_text", "danger_hover"),
    ("mine_text", "mine"),
]


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
@pytest.mark.parametrize(("word", "area"), _PAIRS)
def test_words_stand_out_from_what_they_are_written_on(theme: Theme, word: str, area: str) -> None:
    assert contrast(theme[word], theme[area]) >= 4.5


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_letters_of_categories_stand_out_from_their_seats(theme: Theme) -> None:
    for area in theme.categories:
        assert contrast(area, ink_on(area)) >= 4.5


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_the_style_sheet_leaves_no_placeholder(theme: Theme) -> None:
    assert "$" not in style_sheet_of(theme)


def test_applying_a_theme_tells_those_who_paint_themselves(qapp: QApplication) -> None:
    heard: list[str] = []
    listener = theme_notifier().changed.connect(lambda: heard.append(current_theme().name))
    apply_theme(qapp, dark=True)
    apply_theme(qapp, dark=False)
    theme_notifier().changed.disconnect(listener)
    assert heard == ["dark", "light"]


def test_the_style_is_set_once_and_not_at_each_change(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    apply_theme(qapp, dark=False)
    asked: list[object] = []
    monkeypatch.setattr(type(qapp), "setStyle", lambda *args: asked.append(args))
    monkeypatch.setattr(type(qapp), "setFont", lambda *args: asked.append(args))
    apply_theme(qapp, dark=True)
    apply_theme(qapp, dark=False)
    assert not asked
    assert qapp.style().name().casefold() == "fusion"
    assert qapp.styleSheet() == ""


def test_the_bundled_typeface_is_used(qapp: QApplication) -> None:
    apply_theme(qapp, dark=False)
    assert QFontInfo(ui_font(14)).family() == "Inter"


def test_a_choice_is_remembered_until_the_next_start(qapp: QApplication) -> None:
    assert chosen_theme() is ThemeChoice.SYSTEM
    choose_theme(qapp, ThemeChoice.DARK)
    apply_theme(qapp, dark=False)
    restore_theme(qapp)
    assert current_theme().dark
    toggle_theme(qapp)
    assert chosen_theme() is ThemeChoice.LIGHT
    assert not current_theme().dark


def test_an_icon_takes_the_colours_of_the_theme_at_painting(qapp: QApplication) -> None:
    ticket = icon("ticket", role="accent")
    seen = set()
    for dark in (False, True):
        apply_theme(qapp, dark=dark)
        image = ticket.pixmap(32, 32).toImage()
        colors = {
            image.pixelColor(x, y).name() for x in range(32) for y in range(32) if image.pixelColor(x, y).alpha() == 255
        }
        assert current_theme()["accent"].lower() in colors
        seen |= colors
    assert len(seen) > 1


def test_an_icon_is_sharp_on_a_fine_screen() -> None:
    pixmap = icon_pixmap("ticket", 20, ratio=2.0)
    assert pixmap.width() == 40
    assert pixmap.devicePixelRatio() == 2.0


def test_an_icon_of_a_button_is_sharp_on_a_fine_screen() -> None:
    pixmap = icon("ticket").pixmap(QSize(20, 20), 2.0)
    assert pixmap.width() >= 40
    assert pixmap.deviceIndependentSize().toSize() == QSize(20, 20)


def test_an_unknown_icon_is_named_at_once() -> None:
    with pytest.raises(FileNotFoundError):
        icon("no-such-icon")
