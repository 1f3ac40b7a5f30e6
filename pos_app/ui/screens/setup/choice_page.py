"""The first question: where the box office of this computer is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QPainter
from PySide6.QtWidgets import QSizePolicy, QStyle, QStyleOptionButton, QWidget

from pos_app.ui.look.icons import icon_pixmap
from pos_app.ui.look.theme import current_theme, ui_font
from pos_app.ui.screens.setup.page import SetupPage
from pos_app.ui.widgets.buttons import Button

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

_HEIGHT: Final = 78
_ICON: Final = 32
_SIDE: Final = 20


class WayTile(Button):
    """A way to begin: an icon, its name, and a line about it. Signals: clicked() of QPushButton."""

    def __init__(self, icon_name: str, name: str, line: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon_name = icon_name
        self._name = name
        self._line = line
        self.setProperty("variant", "tile")
        self.setFixedHeight(_HEIGHT)
        self.setStyleSheet(f"min-height: {_HEIGHT - 4}px")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("{0}. {1}").format(name, line))

    def sizeHint(self) -> QSize:
        """As wide as there is room."""
        return QSize(480, _HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the frame of the style sheet, then icon and words."""
        del event
        option = QStyleOptionButton()
        self.initStyleOption(option)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.style().drawControl(QStyle.ControlElement.CE_PushButtonBevel, option, painter, self)
        theme = current_theme()
        able = self.isEnabled()
        pixmap = icon_pixmap(self._icon_name, _ICON, role="accent" if able else "faint", ratio=self.devicePixelRatioF())
        painter.drawPixmap(_SIDE, (self.height() - _ICON) // 2, pixmap)
        words = QRectF(self.rect()).adjusted(2 * _SIDE + _ICON, 17, -_SIDE, -8)
        painter.setFont(ui_font(16, QFont.Weight.DemiBold))
        painter.setPen(theme.color("text" if able else "faint"))
        painter.drawText(words, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft, self._name)
        painter.setFont(ui_font(13))
        painter.setPen(theme.color("muted" if able else "faint"))
        painter.drawText(
            words.adjusted(0, 24, 0, 0),
            Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap,
            self._line,
        )


class ChoicePage(SetupPage):
    """Three ways to begin.

    Signals:
        demo_chosen(): an invented house to practise in.
        here_chosen(): a database of this computer's own.
        server_chosen(): a server that several tills share.
    """

    demo_chosen = Signal()
    here_chosen = Signal()
    server_chosen = Signal()

    def __init__(self) -> None:
        super().__init__("", "", go_on="", back=False)
        self.title.setText(self.tr("Welcome to Foyer"))
        self.sentence.setText(self.tr("Where is the box office of this computer? This can be changed later."))
        self.demo = WayTile(
            "ticket",
            self.tr("Try the demo"),
            self.tr("An invented house to practise in; nothing in it is real."),
        )
        self.here = WayTile(
            "house",
            self.tr("This computer only"),
            self.tr("One till and its door. The database is a file here; no server is needed."),
        )
        self.server = WayTile(
            "plugs-connected",
            self.tr("Connect to a MySQL server"),
            self.tr("Several tills and gates sell from one MySQL or MariaDB server."),
        )
        for tile, signal in (
            (self.demo, self.demo_chosen),
            (self.here, self.here_chosen),
            (self.server, self.server_chosen),
        ):
            tile.clicked.connect(signal)
            self.body.addWidget(tile)
        self.body.addStretch(1)
        self.on_button.hide()

    def begin(self) -> None:
        """Begin at the first way."""
        self.demo.setFocus()

    def set_open(self, is_open: bool) -> None:  # noqa: FBT001 - one flag, named by the method
        """Let a person choose, or not."""
        for tile in (self.demo, self.here, self.server):
            tile.setEnabled(is_open)

    def set_may_go_back(self, may: bool) -> None:  # noqa: FBT001 - one flag, named by the method
        """Offer to go back to where the connection failed."""
        self._may_go_back = may
        self.back_button.setVisible(may)
