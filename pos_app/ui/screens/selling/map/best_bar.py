"""Best seats together: how many, in which category, for a wheelchair or not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QPushButton, QWidget

from pos_app.ui.look.icons import icon
from pos_app.ui.screens.selling.map.stepper import Stepper
from pos_app.ui.widgets.key_button import KeyButton

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST_TOGETHER: Final = 20
ANY: Final = 0


class BestBar(QWidget):
    """Asks for seats; finds none itself.

    Signals: asked(int, int, bool): how many, the category's id (ANY for any), with a wheelchair place.
    """

    asked = Signal(int, int, bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.count = Stepper(self.tr("Seats together"), least=1, most=MOST_TOGETHER, value=2)
        self.count.changed.connect(self._say)
        self.category = QComboBox()
        self.category.setAccessibleName(self.tr("Price category"))
        self.category.setMinimumContentsLength(8)
        self.category.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.category.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.wheelchair = QPushButton(icon("wheelchair", checked_role="accent"), "")
        self.wheelchair.setCheckable(True)
        self.wheelchair.setProperty("variant", "segment")
        self.wheelchair.setFixedWidth(44)
        self.wheelchair.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.wheelchair.setToolTip(self.tr("One wheelchair place, the others beside it for companions"))
        self.wheelchair.setAccessibleName(self.wheelchair.toolTip())
        self.wheelchair.toggled.connect(self._say)
        self.button = KeyButton("", "F4", icon_name="magic-wand")
        self.button.clicked.connect(self._on_asked)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.count)
        row.addWidget(self.category)
        row.addWidget(self.wheelchair)
        row.addWidget(self.button)
        row.addStretch(1)
        self._say()
        self.show_categories(())

    def show_categories(self, categories: Sequence[tuple[int, str]]) -> None:
        """Offer these categories (id and name); the choice of before stays where it can."""
        before = self.category.currentText()
        self.category.clear()
        self.category.addItem(self.tr("Any category"), ANY)
        for category_id, name in categories:
            self.category.addItem(name, category_id)
        self.category.setCurrentIndex(max(0, self.category.findText(before)))
        self.setEnabled(bool(categories))

    def _say(self) -> None:
        count = self.count.value
        self.button.set_words(self.tr("Best seat") if count == 1 else self.tr("Best {0} together").format(count))

    def _on_asked(self) -> None:
        category = self.category.currentData()
        self.asked.emit(self.count.value, int(category or ANY), self.wheelchair.isChecked())
