"""Sentences in the language of the person: translated, counted, their facts written as the person's country does."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from babel.dates import format_date
from babel.numbers import format_decimal

from pos_app.domain.season.evenings import Evening
from pos_app.domain.sentences import Fact, Moment, Money, Sentence, Span, say_count
from pos_app.ui.words.amounts import shown_amount, shown_number
from pos_app.ui.words.evenings import shown_dated_when, shown_when
from pos_app.ui.words.language import texts_spoken
from pos_app.ui.words.lists import following
from pos_app.ui.words.times import shown_span
from pos_app.ui.words.ui_locale import ui_locale

if TYPE_CHECKING:
    from pos_app.domain.errors import PosError
    from pos_app.domain.sentences import Language


class _Spoken:
    """The language that is spoken now."""

    def say(self, template: str) -> str:
        return texts_spoken().say(template)

    def say_count(self, one: str, many: str, count: int) -> str:
        return texts_spoken().say_count(one, many, count)

    def write(self, fact: Fact) -> str:
        match fact:
            case Money(minor, currency):
                return shown_amount(minor, currency)
            case Moment(at, time_zone, year, until):
                evening = Evening(at, until, time_zone)
                return shown_dated_when(evening) if year else shown_when(evening)
            case Span(seconds):
                return shown_span(seconds)
            case date():
                return format_date(fact, "medium", locale=ui_locale())
            case Decimal():
                return format_decimal(fact, locale=ui_locale(), decimal_quantization=False)
            case int():
                return shown_number(fact)
            case PurePath():
                return shown_path(fact)
            case _:
                return str(fact)


_SPOKEN = _Spoken()


def shown_path(path: PurePath) -> str:
    """Return a path without the account of the computer in it: "~/.local/share/foyer"."""
    home = Path.home()
    inside = home != Path(home.root) and path.is_relative_to(home)
    return str(PurePath("~") / path.relative_to(home) if inside else path)


def spoken_language() -> Language:
    """Return the language of the windows, for a document that is written in it; on any thread."""
    return _SPOKEN


def spoken(sentence: str) -> str:
    """Return a sentence in the language of the windows; a text that is none is a name, and stays."""
    return sentence.in_language(_SPOKEN) if isinstance(sentence, Sentence) else sentence


def spoken_error(error: PosError) -> str:
    """Say what went wrong and what to do next."""
    return following(spoken(error.message), spoken(error.advice))


def spoken_count(one: str, many: str, /, count: int, **facts: Fact) -> str:
    """Say something about so many: the plural form is that of the language. Both texts have {count} where it stands."""
    return spoken(say_count(one, many, count, **facts))
