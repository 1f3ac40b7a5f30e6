"""The look of the program: one theme for light and one for dark, applied to the whole application at once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from string import Template
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette

from pos_app.assets import asset
from pos_app.ui.look.dressing import wear
from pos_app.ui.look.theme_colors import CATEGORY_COLORS, COLORS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtWidgets import QApplication

FONT_FAMILY: Final = "Inter"
BASE_PIXELS: Final = 14
_STYLE: Final = "Fusion"


@dataclass(frozen=True, slots=True)
class Theme:
    """The colours of one look, as "#RRGGBB", by the names of theme_colors.COLORS: theme["accent"].

    categories: the seats of the price categories, dearest first.
    """

    name: str
    colors: Mapping[str, str]
    categories: tuple[str, ...]

    def __getitem__(self, role: str) -> str:
        return self.colors[role]

    @property
    def dark(self) -> bool:
        """Tell whether this is the dark look."""
        return self.name == "dark"

    def color(self, role: str) -> QColor:
        """Return a colour for painting."""
        return QColor(self.colors[role])


def _theme(name: str, side: int) -> Theme:
    return Theme(
        name=name,
        colors={role: pair[side] for role, pair in COLORS.items()},
        categories=tuple(pair[side] for pair in CATEGORY_COLORS),
    )


LIGHT: Final = _theme("light", 0)
DARK: Final = _theme("dark", 1)


class ThemeNotifier(QObject):
    """Says when the look changes, so that widgets which paint themselves can repaint.

    Signals: changed().
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.current = LIGHT
        self.sheet = ""
        """The style sheet that is on screen; empty until a theme is applied."""


@cache
def theme_notifier() -> ThemeNotifier:
    """Return the one notifier of the program."""
    return ThemeNotifier()


def current_theme() -> Theme:
    """Return the theme that is on screen."""
    return theme_notifier().current


def apply_theme(app: QApplication, dark: bool) -> None:  # noqa: FBT001 - reads well as apply_theme(app, dark=True)
    """Give the whole application the light or the dark look; widgets on screen follow at once.

    What is hidden follows in the pauses, or when it is shown. Does nothing where everything has this look.
    """
    theme, notifier = DARK if dark else LIGHT, theme_notifier()
    sheet = style_sheet_of(theme)
    if notifier.current is theme and notifier.sheet == sheet:
        return
    _load_fonts()
    _use_style(app)
    app.setPalette(palette_of(theme))
    notifier.current, notifier.sheet = theme, sheet
    wear(sheet)
    notifier.changed.emit()


def _use_style(app: QApplication) -> None:
    """Paint as Fusion does, in the program's typeface; only once, for each time costs as much as all windows do."""
    if app.style().name().casefold() != _STYLE.casefold():
        app.setStyle(_STYLE)
    if app.font() != ui_font(BASE_PIXELS):
        app.setFont(ui_font(BASE_PIXELS))


def ui_font(pixels: int, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    """Return the program's typeface in a size, for widgets that paint their own text."""
    # A copy: who is given a font may change it.
    return QFont(_made_font(pixels, weight))


@cache
def _made_font(pixels: int, weight: QFont.Weight) -> QFont:
    font = QFont(FONT_FAMILY)
    font.setPixelSize(pixels)
    font.setWeight(weight)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font


def figures_font(pixels: int, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    """Return the typeface with figures of equal width, for countdowns and columns of amounts."""
    font = ui_font(pixels, weight)
    font.setFeature(QFont.Tag("tnum"), 1)
    return font


def palette_of(theme: Theme) -> QPalette:
    """Return the palette that Fusion paints with."""
    role = QPalette.ColorRole
    palette = QPalette()
    for target, name in (
        (role.Window, "bg"),
        (role.WindowText, "text"),
        (role.Base, "surface"),
        (role.AlternateBase, "hover"),
        (role.Text, "text"),
        (role.Button, "raised"),
        (role.ButtonText, "text"),
        (role.ToolTipBase, "raised"),
        (role.ToolTipText, "text"),
        (role.Highlight, "accent"),
        (role.HighlightedText, "accent_text"),
        (role.Link, "accent"),
        (role.PlaceholderText, "muted"),
        (role.Accent, "accent"),
        (role.Light, "raised"),
        (role.Midlight, "line"),
        (role.Mid, "line"),
        (role.Dark, "faint"),
        (role.Shadow, "bg"),
    ):
        palette.setColor(target, theme.color(name))
    for target in (role.Text, role.WindowText, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, target, theme.color("faint"))
    return palette


@cache
def _style_template() -> Template:
    return Template(asset("styles", "foyer.qss").read_text(encoding="utf-8"))


def style_sheet_of(theme: Theme) -> str:
    """Return the style sheet with the colours of a theme."""
    return _style_template().substitute(theme.colors, name=theme.name, styles=asset("styles").as_posix())


@cache
def _load_fonts() -> None:
    for file in sorted(asset("fonts").glob("*.ttf")):
        if QFontDatabase.addApplicationFont(str(file)) < 0:
            raise RuntimeError(f"The font {file.name} cannot be loaded.")


def system_is_dark(app: QApplication) -> bool:
    """Tell whether the desktop asks for a dark look."""
    return app.styleHints().colorScheme() is Qt.ColorScheme.Dark
