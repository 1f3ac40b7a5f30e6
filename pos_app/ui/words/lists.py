"""Several texts in one, each whole by itself: names in a list, what stands side by side, sentences in their order.

Parts of a sentence are no such texts: a sentence is one template with fields.
"""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING

from babel.lists import format_list

from pos_app.ui.words.language import translate
from pos_app.ui.words.ui_locale import ui_locale

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


def listed(texts: Iterable[str]) -> str:
    """Return texts as a list, without those that are empty: "Stalls, Gallery, Balcony"."""
    two = translate("Lists", "{0}, {1}", "a list: all so far, and the next")
    told = [text for text in texts if text]
    return reduce(two.format, told) if told else ""


def either(texts: Sequence[str]) -> str:
    """Return texts of which one is meant: "PNG or JPEG"."""
    return format_list(texts, style="or", locale=ui_locale())


def side_by_side(*texts: str) -> str:
    """Return what stands beside each other on one line, without what is empty: "Row G · Seat 18"."""
    return " · ".join(text for text in texts if text)


def following(*sentences: str) -> str:
    """Return sentences one after the other, without those that are empty."""
    return " ".join(sentence for sentence in sentences if sentence)


def labelled(name: str, text: str) -> str:
    """Return a text under its name: "Seats together: 2"."""
    return translate("Lists", "{0}: {1}", "a name and what stands under it").format(name, text)
