"""Which keys do what on the screen: each part tells its own, and buttons that bear a key tell it by themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeAlias

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QWidget

from pos_app.ui.widgets.key_button import KeyButton
from pos_app.ui.widgets.search_field import SearchField

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Rows: TypeAlias = "tuple[tuple[str, str], ...]"
"""Keys as they are printed ("Ctrl+S", "↑ ↓"), and what they do."""

_HERE: Final = "told_keys"
_EVERYWHERE: Final = "told_keys_everywhere"
_PRINTED: Final = {"Return": "Enter"}
"""Keys that Qt calls otherwise than keyboards do."""


def tell_keys(part: QWidget, rows: Callable[[], Rows], *, everywhere: bool = False) -> None:
    """Tell which keys a part of the screen answers to, besides those of its buttons and of its search.

    everywhere: they work on other screens, too, and are told last.
    """
    part.setProperty(_EVERYWHERE if everywhere else _HERE, rows)


def keys_in(part: QWidget) -> Rows:
    """Return the keys that work while this is on screen, each once, those that work everywhere last."""
    told: dict[str, str] = {}
    on_buttons: dict[str, str] = {}
    everywhere: dict[str, str] = {}
    for one in _shown_in(part):
        for kind, found in ((_HERE, told), (_EVERYWHERE, everywhere)):
            rows = one.property(kind)
            for key, words in rows() if callable(rows) else ():
                found.setdefault(key, words)
        if isinstance(one, KeyButton) and not one.key_sequence.isEmpty():
            on_buttons.setdefault(printed(one.key_sequence), one.told_as or one.words or one.accessibleName())
        if isinstance(one, SearchField) and one.key:
            told.setdefault(one.key, one.placeholderText())
    # What a button says now is truer than what is always said of its key.
    here = {**told, **on_buttons}
    return (*here.items(), *(row for row in everywhere.items() if row[0] not in here))


def _shown_in(part: QWidget) -> Iterator[QWidget]:
    yield part
    for child in part.children():
        if isinstance(child, QWidget) and not child.isWindow() and child.isVisibleTo(part):
            yield from _shown_in(child)


def printed(keys: QKeySequence) -> str:
    """Return a key as keyboards and this program print it."""
    words = keys.toString(QKeySequence.SequenceFormat.PortableText)
    return _PRINTED.get(words, words)
