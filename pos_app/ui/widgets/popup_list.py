"""Lists that fold out over whatever is below them: dressed like the window, with rows that a finger can hit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QIdentityProxyModel, Qt
from PySide6.QtWidgets import QCompleter, QListView, QStyledItemDelegate

from pos_app.domain.searching import folded
from pos_app.ui.look.dressing import dress

if TYPE_CHECKING:
    from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, QSize
    from PySide6.QtWidgets import QLineEdit, QStyleOptionViewItem, QWidget

ROW_HEIGHT: Final = 44
"""What a finger hits."""
_COMPARED_ROLE: Final = Qt.ItemDataRole.UserRole + 1
MOST_ROWS: Final = 8
"""So many are shown at once; the others are scrolled to, so that the list fits below its field in a low window."""


class TallRows(QStyledItemDelegate):
    """Rows that are no lower than a finger is wide. No signals of its own."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Return the size of a row."""
        size = super().sizeHint(option, index)
        size.setHeight(max(ROW_HEIGHT, size.height()))
        return size


class PopupList(QListView):
    """A list in a small window of its own, or of a combo box. No signals of its own."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "suggestions")
        self.setItemDelegate(TallRows(self))


class _Folded(QIdentityProxyModel):
    """Words, and as a role of its own how they are compared. No signals of its own."""

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a word as it is shown, or as it is compared."""
        if role == _COMPARED_ROLE:
            return folded(str(super().data(index, Qt.ItemDataRole.DisplayRole) or ""))
        return super().data(index, role)


class _Suggestions(QCompleter):
    """Finds words by what any keyboard types of them: "sao paulo" is America/Sao_Paulo. No signals of its own."""

    def __init__(self, words: QAbstractItemModel, line: QLineEdit) -> None:
        compared = _Folded(line)
        compared.setSourceModel(words)
        super().__init__(compared, line)
        self.setCompletionRole(_COMPARED_ROLE)

    def splitPath(self, path: str) -> list[str]:
        """Compare what was typed as the words are."""
        return [folded(path)]

    def pathFromIndex(self, index: QModelIndex | QPersistentModelIndex) -> str:
        """Return the word that was chosen as it is written."""
        return str(index.data(Qt.ItemDataRole.DisplayRole))


def suggest_words(line: QLineEdit, words: QAbstractItemModel) -> QCompleter:
    """Offer what contains the letters typed so far in a list below the line; anything can be typed all the same."""
    completer = _Suggestions(words, line)
    completer.setFilterMode(Qt.MatchFlag.MatchContains)
    completer.setMaxVisibleItems(MOST_ROWS)
    popup = PopupList()
    # A completer takes its list out of every window: nothing dresses it but itself.
    dress(popup)
    completer.setPopup(popup)
    # Setting the list gives it the completer's own rows.
    popup.setItemDelegate(TallRows(popup))
    line.setCompleter(completer)
    return completer
