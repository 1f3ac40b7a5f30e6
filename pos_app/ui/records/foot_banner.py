"""A banner over the foot of a widget, so that nothing moves under the hand when something is said."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject

from pos_app.ui.widgets.banner import Banner

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

_MARGIN: Final = 8
_PLACING: Final = {QEvent.Type.Show, QEvent.Type.LayoutRequest, QEvent.Type.Resize}


class FootBanner(Banner):
    """Lies over the foot of the widget that it is given. Signals: see Banner."""

    def __init__(self, below: QWidget) -> None:
        super().__init__()
        self.lay_over(below)
        self.installEventFilter(self)

    def lay_over(self, below: QWidget) -> None:
        """Lie over the foot of another widget from now on."""
        self._below = below
        self.setParent(below)
        below.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay in the place, and as high as what is said."""
        # The kind of the event comes first: those of its own end come when its attributes are gone.
        if event.type() in _PLACING and (watched is self._below or event.type() is not QEvent.Type.Resize):
            width = self._below.width() - 2 * _MARGIN
            height = max(self.heightForWidth(width), self.minimumSizeHint().height())
            self.setGeometry(_MARGIN, self._below.height() - height - _MARGIN, width, height)
            self.raise_()
        return super().eventFilter(watched, event)
