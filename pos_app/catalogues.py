"""The translations in resources/translations: what a sentence of the program is in another language.

A catalogue is found by the English text, and by a note where one English text means two things. Languages are gettext
catalogues, as translators know them: https://www.gnu.org/software/gettext/manual/html_node/PO-Files.html
"""

from __future__ import annotations

import re
from functools import cache
from gettext import GNUTranslations, NullTranslations
from typing import TYPE_CHECKING, Final

from pos_app.assets import asset

if TYPE_CHECKING:
    from collections.abc import Iterator

PSEUDO: Final = "xx"
"""No language: every text of the catalogue in brackets and two fifths longer, so that whatever is not in it shows."""
_PSEUDO_COUNTRY: Final = "en_GB"
_LONGER: Final = 0.4
_FILLING: Final = "lorem ipsum dolor "
_FACT: Final = re.compile(r"(\{[^{}]*\}|%n)")


class Catalogue:
    """The texts of one language; a text that it does not have stays English."""

    def __init__(self, texts: NullTranslations) -> None:
        self._texts = texts

    def say(self, text: str, note: str = "") -> str:
        """Return a text in the language. note: which of its meanings."""
        return self._texts.pgettext(note, text) if note else self._texts.gettext(text)

    def say_count(self, one: str, many: str, count: int) -> str:
        """Return the form for so many; the number is not put in."""
        return self._texts.ngettext(one, many, count)


_NAME: Final = re.compile(r"[A-Za-z0-9_@.-]{1,40}")
"""What a language can be called; anything else is no name of a file either."""


class _Pseudo(NullTranslations):
    """Knows the texts that translators would be given, and nothing else."""

    def __init__(self) -> None:
        super().__init__()
        self._known = frozenset(_known())

    def gettext(self, message: str) -> str:
        return _stretched(message) if ("", message) in self._known else message

    def pgettext(self, context: str, message: str) -> str:
        return _stretched(message) if (context, message) in self._known else message

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        message = msgid1 if n == 1 else msgid2
        return _stretched(message) if ("", msgid1) in self._known else message


@cache
def catalogue(language: str) -> Catalogue:
    """Return the catalogue of a language ("de_AT", "de", "xx"); English where there is none."""
    if language == PSEUDO:
        return Catalogue(_Pseudo())
    for name in (language, language.partition("_")[0]):
        if not _NAME.fullmatch(name):
            continue
        path = asset("translations", f"{name}.mo")
        if path.is_file():
            with path.open("rb") as file:
                return Catalogue(GNUTranslations(file))
    return Catalogue(NullTranslations())


def country_of(language: str) -> str:
    """Return the locale by which numbers and dates of a language are written."""
    return _PSEUDO_COUNTRY if language == PSEUDO else language


def _stretched(text: str) -> str:
    """Return a text in brackets and two fifths longer; the facts in it stay."""
    letters = len(_FACT.sub("", text))
    filling = (_FILLING * (letters // 20 + 1))[: round(letters * _LONGER)].strip()
    return f"[{text} {filling}]" if filling else f"[{text}]"


def _known() -> Iterator[tuple[str, str]]:
    """Yield note and text of each entry that translators are given."""
    from babel.messages.pofile import read_po

    with asset("translations", "messages.pot").open("rb") as file:
        for entry in read_po(file):
            text = entry.id if isinstance(entry.id, str) else entry.id[0]
            if text:
                yield entry.context or "", text
