"""A line of words that suggests known ones while a person types."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QStringListModel

from pos_app.ui.records.fields.text_fields import TextField
from pos_app.ui.widgets.popup_list import suggest_words

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


class SuggestedField(TextField):
    """Suggests what contains the letters typed so far: "berl" finds "Europe/Berlin"; anything can be typed.

    meant: by what was typed and the known words, the one that is meant; None: the one in other capitals, with blanks
    for underscores.
    Signals: see FieldEditor.
    """

    def __init__(
        self,
        *,
        longest: int = 64,
        placeholder: str = "",
        meant: Callable[[str, Sequence[str]], str] | None = None,
    ) -> None:
        super().__init__(longest=longest, placeholder=placeholder)
        self._meant = meant or _same_word
        self._known = QStringListModel(self)
        suggest_words(self.line, self._known).activated.connect(self.edited)

    def suggest(self, words: Sequence[str]) -> None:
        """Suggest these from now on."""
        self._known.setStringList(list(words))

    def value(self) -> object:
        """Return what was typed, the known word where one is meant."""
        return self._meant(str(super().value()), self._known.stringList())


def _same_word(typed: str, known: Sequence[str]) -> str:
    wanted = typed.casefold().replace(" ", "_")
    return next((word for word in known if word.casefold() == wanted), typed)
