"""What is said to a person, made of typed facts: its template is the key of its translation.

    raise SeatsTaken(say("{place} was just taken by somebody else.", place=place.sentence()))
    say_count("{count} place is left in {area}.", "{count} places are left in {area}.", left, area=name)

A sentence is its own English text, so that a log, the programmer and a comparison see what it says. Whoever shows it to
a person translates the template, writes the facts as the person's country does, and puts them in (pos_app.ui.words).
Nothing may be cut from a sentence or glued to it: that text is English for good.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Protocol, Self, TypeAlias
from zoneinfo import ZoneInfo

from pos_app.domain.currencies import plain

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal
    from pathlib import PurePath


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in minor units of a currency (ISO 4217)."""

    minor: int
    currency: str


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment on the clock of a place. at: UTC; time_zone: IANA name. year: whether the year is told, too.

    until: when what begins then is over; it is told of what lasts for days.
    """

    at: datetime
    time_zone: str
    year: bool = True
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Span:
    """A length of time."""

    seconds: float


Fact: TypeAlias = "str | int | float | Decimal | date | PurePath | Money | Moment | Span | tuple[Fact, ...]"
"""What stands in a sentence. A text is data (a name), unless it is a sentence itself; a tuple is a list of facts."""


class Language(Protocol):
    """Who says sentences."""

    def say(self, template: str) -> str:
        """Return a template in this language."""
        ...

    def say_count(self, one: str, many: str, count: int) -> str:
        """Return the template for so many, in this language."""
        ...

    def write(self, fact: Fact) -> str:
        """Write a fact that is no sentence."""
        ...


class Sentence(str):
    """A text with what it was made of. Its own letters are English.

    template: with {names} of facts; many: the template for any number but one, of the fact "count"; "" where nothing
    is counted.
    """

    __slots__ = ("facts", "many", "template")
    template: str
    many: str
    facts: Mapping[str, Fact]

    def __new__(cls, template: str, many: str = "", facts: Mapping[str, Fact] | None = None) -> Self:
        """Make a sentence; use say() and say_count()."""
        told = dict(facts or {})
        made = super().__new__(cls, _render(template, many, told, ENGLISH))
        made.template, made.many, made.facts = template, many, told
        return made

    def __reduce__(self) -> tuple[object, ...]:
        """Let a sentence travel to another process with its facts."""
        return Sentence, (self.template, self.many, dict(self.facts))

    def in_language(self, language: Language) -> str:
        """Return the sentence as it is said in a language."""
        return _render(self.template, self.many, self.facts, language)


def say(template: str, /, **facts: Fact) -> Sentence:
    """Return a sentence. Raises KeyError where a {name} of the template has no fact."""
    return Sentence(template, "", facts)


def say_count(one: str, many: str, /, count: int, **facts: Fact) -> Sentence:
    """Return a sentence about so many. one, many: the English templates, both with {count} where it is written."""
    return Sentence(one, many, {**facts, "count": count})


def say_list(*facts: Fact) -> Sentence:
    """Return names and sentences one after another ("A; B"), with no words of its own: nothing there to translate."""
    return Sentence("{facts}", facts={"facts": facts}) if facts else NOTHING


def say_in_turn(*sentences: str) -> Sentence:
    """Return whole sentences, one after the other, as one; those that say nothing are passed over."""
    facts = {f"sentence_{at}": sentence for at, sentence in enumerate(filter(None, sentences))}
    return Sentence(" ".join(f"{{{name}}}" for name in facts), facts=facts)


def _render(template: str, many: str, facts: Mapping[str, Fact], language: Language) -> str:
    count = facts.get("count")
    said = language.say_count(template, many, count) if many and isinstance(count, int) else language.say(template)
    return said.format_map({name: write(fact, language) for name, fact in facts.items()}) if facts else said


def write(fact: Fact, language: Language) -> str:
    """Write a fact as a language does; sentences and lists of facts within it, too."""
    if isinstance(fact, Sentence):
        return fact.in_language(language)
    if isinstance(fact, tuple):
        return "; ".join(write(one, language) for one in fact)
    return language.write(fact)


def _on_the_clock(at: datetime, time_zone: str) -> str:
    there = (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(ZoneInfo(time_zone))
    return f"{there:%Y-%m-%d %H:%M}"


class _English:
    """As the programmer wrote it."""

    def say(self, template: str) -> str:
        return template

    def say_count(self, one: str, many: str, count: int) -> str:
        return one if count == 1 else many

    def write(self, fact: Fact) -> str:
        match fact:
            case Money(minor, currency):
                return f"{plain(minor, currency)} {currency}"
            case Moment(at, time_zone, until=until):
                return " to ".join(_on_the_clock(one, time_zone) for one in (at, until) if one is not None)
            case Span(seconds):
                return f"{round(seconds)} s"
            case bool():
                return str(fact)
            case int():
                return f"{fact:,}"
            case _:
                return str(fact)


ENGLISH = _English()
NOTHING = Sentence("")
"""No sentence at all."""
