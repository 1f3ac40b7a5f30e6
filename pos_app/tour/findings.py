"""What a tour finds wrong about the words on screen: those that no translation reached, those that are cut off.

The first is of use in the pseudo-language only, in which each text of the catalogue stands in brackets: whatever stands
in none, and is no data, was written past the catalogue.
"""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Final
from zoneinfo import available_timezones

from babel import Locale
from babel.localedata import locale_identifiers
from babel.numbers import get_currency_symbol
from babel.units import format_unit
from PySide6.QtCore import QCoreApplication, QEvent

from pos_app.tour.reading import is_cut, texts_of, widgets_shown, words_on
from pos_app.ui.words.ui_locale import ui_locale

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    Phrase = tuple[str, ...]

_LOOKS_AGAIN: Final = 3
"""What is cut stays cut; what has changed just now, and again while the first look was taken, has its room at last."""
_WORD: Final = re.compile(r"[^\W\d_]{2,}")
_ADDRESS: Final = re.compile(
    r"\S+@\S+|\b\w+://\S+|(?:[A-Za-z]:)?(?:[/\\][\w.~-]+){2,}|\b(?:[\w-]+\.)+(?:org|csv|ics|json|pdf|png|db)\b|#[\da-f]{6}\b"
)
"""E-mail addresses, addresses of servers, paths and names of files, colours as they are typed."""
_HYPHEN_OF_CODE: Final = re.compile(r"(?<=[A-Z\d])-(?=[A-Z\d])")
_CODE: Final = re.compile(r"\b(?=[A-Z]*\d)[A-Z\d]+\b")
"""Capitals and digits: numbers of orders, codes of tickets, names of rows, seats and papers."""
_KEYS: Final = [
    "Alt",
    "Ctrl",
    "Del",
    "Down",
    "End",
    "Enter",
    "Esc",
    "Home",
    "Left",
    "PgDown",
    "PgUp",
    "Return",
    "Right",
    "Shift",
    "Space",
    "Tab",
    "Up",
]
"""Names of keys, which Qt translates by catalogues of its own."""
_PRODUCTS: Final = ("Foyer", "MySQL", "MariaDB", "SQLite", "PDF", "CSV", "PNG", "JPEG", "JSON", "pretix", "IANA")
"""Names of programs, formats and registers, the same in every language."""

_UNITS: Final = (
    *(f"duration-{one}" for one in ("day", "hour", "minute", "second")),
    *(f"digital-{one}" for one in ("kilobyte", "megabyte")),
)


@dataclass(frozen=True, slots=True)
class Untranslated:
    """A text with words in no bracket. step: at which it was first seen."""

    text: str
    words: tuple[str, ...]
    widget: str
    step: str


@dataclass(frozen=True, slots=True)
class Cut:
    """Words for which a label or a button has no room."""

    text: str
    widget: str
    step: str


class Findings:
    """Keeps what was found at the steps of a tour, each finding once; what is data is known at the end only."""

    def __init__(self) -> None:
        self._texts: dict[str, tuple[str, str]] = {}
        self._cut: dict[tuple[str, str], Cut] = {}

    def read_windows(self, step: str, rest: Callable[[], object]) -> None:
        """Read all that is on screen. rest: lets the windows work; a text that has changed just now gets its room."""
        for widget in widgets_shown():
            for text in texts_of(widget):
                self.read(text, type(widget).__name__, step)
        seen = _words_cut()
        for _ in range(_LOOKS_AGAIN):
            if not seen:
                return
            rest()
            QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
            # What counts seconds may have other words now, and its room only after the next layout.
            seen &= _words_cut()
        for words, kind in seen:
            self._cut.setdefault((words, kind), Cut(words, kind, step))

    def read(self, text: str, where: str, step: str) -> None:
        """Read one text; where a long word may be broken is no part of it."""
        text = text.replace("\u200b", "")
        if text not in self._texts and _WORD.search(outside_brackets(text)):
            self._texts[text] = (where, step)

    def untranslated(self, data: Iterable[str]) -> tuple[Untranslated, ...]:
        """Return the texts with words that stand in no bracket and are no data. data: names, whole as they stand."""
        known = Known(data)
        judged = ((text, known.strange_words(text), *seen) for text, seen in self._texts.items())
        return tuple(Untranslated(*one) for one in judged if one[1])

    def cut(self) -> tuple[Cut, ...]:
        """Return the words that were cut off."""
        return tuple(self._cut.values())

    def told(self, data: Iterable[str] | None) -> dict[str, list[dict[str, object]]]:
        """Return what tour.json tells. data: None where the language is not made to find what is untranslated."""
        told = {"cut": [asdict(one) for one in self.cut()]}
        if data is not None:
            told["untranslated"] = [asdict(one) for one in self.untranslated(data)]
        return told


def _words_cut() -> set[tuple[str, str]]:
    return {(words_on(widget), type(widget).__name__) for widget in filter(is_cut, widgets_shown())}


class Known:
    """What may stand outside of brackets: names, what the locale writes, time zones, keys, products."""

    def __init__(self, data: Iterable[str]) -> None:
        self._by_first: dict[str, set[Phrase]] = {}
        zones = available_timezones()
        names = tuple(data)
        # Of a time zone that the house has, the windows tell the city.
        cities = (name.rpartition("/")[2] for name in names if name in zones)
        for text in (*names, *cities, *zones, *_words_of_locale(), *_KEYS, *_PRODUCTS):
            for line in text.splitlines():
                if phrase := _phrase(line):
                    self._by_first.setdefault(phrase[0], set()).add(phrase)

    def strange_words(self, text: str) -> tuple[str, ...]:
        """Return the words in no bracket that are not part of a whole name; a name may be elided at the end."""
        strange: list[str] = []
        for line in outside_brackets(text).splitlines():
            words, at = _phrase(line), 0
            while at < len(words):
                rest = words[at:]
                if line.endswith("…") and self._begins_a_name(rest):
                    break
                length = max(
                    (len(one) for one in self._by_first.get(rest[0], ()) if rest[: len(one)] == one), default=0
                )
                if not length:
                    strange.append(rest[0])
                at += length or 1
        return tuple(strange)

    def _begins_a_name(self, words: Phrase) -> bool:
        *whole, last = words
        at = len(whole)
        return any(
            list(one[:at]) == whole and len(one) > at and one[at].startswith(last)
            for phrases in self._by_first.values()
            for one in phrases
        )


def _phrase(text: str) -> Phrase:
    plain = _CODE.sub(" ", _HYPHEN_OF_CODE.sub("", _ADDRESS.sub(" ", text)))
    return tuple(word.casefold() for word in _WORD.findall(plain))


def outside_brackets(text: str) -> str:
    """Return what of a text stands in no bracket."""
    depth, rest = 0, []
    for letter in text:
        if letter == "[":
            depth += 1
        elif letter == "]" and depth:
            depth -= 1
            rest.append(" ")
        elif not depth:
            rest.append(letter)
    return "".join(rest)


def _words_of_locale() -> Iterator[str]:
    """Yield what Babel puts into dates, spans, amounts and languages: names of months, units, currencies, countries."""
    locale = Locale.parse(ui_locale())
    for forms in (locale.months, locale.days, locale.day_periods):
        for widths in forms.values():
            for names in widths.values():
                yield from names.values()
    for code, name in locale.currencies.items():
        yield from (code, name, get_currency_symbol(code, locale))
    for unit in _UNITS:
        for count in (1, 2, 5):
            yield from (format_unit(count, unit, one, locale=locale) for one in ("long", "short", "narrow"))
    # A language of a country as one name: some languages alone are called like a word of English.
    for name in locale_identifiers():
        if Locale.parse(name).territory:
            yield Locale.parse(name).get_display_name(locale) or name
