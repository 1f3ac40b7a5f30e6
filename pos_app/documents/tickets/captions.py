"""The fixed words of tickets and of a group's cover, in the language of the house."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from pos_app.catalogues import catalogue
from pos_app.domain.sentences import say, say_count

if TYPE_CHECKING:
    from pos_app.catalogues import Catalogue
    from pos_app.domain.sentences import Fact, Sentence


class Captions:
    """What stands above, before and beside the facts of a ticket. language: as "de_AT" or "de-AT"; English else."""

    def __init__(self, language: str) -> None:
        self._language = _Language(catalogue(language.replace("-", "_")))
        said = self.said
        self.date = said(say("Date"))
        self.starts = said(say("Starts"))
        self.doors = said(say("Doors"))
        self.zone = said(say("Zone"))
        self.row = said(say("Row"))
        self.seat = said(say("Seat"))
        self.ticket = said(say("Ticket"))
        self.price = said(say("Price"))
        self.order = said(say("Order"))
        self.name = said(say("Name"))
        self.wheelchair = said(say("Wheelchair place"))
        self.companion = said(say("Companion seat"))
        self.restricted = said(say("Restricted view"))
        self.entry = said(say("One entry. Show this code at the door."))
        self.group = said(say("Group order"))
        self.tickets = said(say("Tickets"))
        self.total = said(say("Total"))
        self.seats = said(say("Seats"))
        self.places = said(say("Places"))
        self.follow = said(say("The tickets follow in the order of this list."))
        self.care = said(say("Keep this code to yourself: it opens the door once, for whoever shows it first."))

    def starts_at(self, time: str) -> str:
        """Say when the performance starts."""
        return self.said(say("Starts {time}", time=time))

    def from_to(self, begins: str, ends: str) -> str:
        """Say from when to when something lasts that lasts for days."""
        return self.said(say("From {begins} to {ends}", begins=begins, ends=ends))

    def doors_at(self, time: str) -> str:
        """Say when the doors are opened."""
        return self.said(say("Doors {time}", time=time))

    def in_row(self, row: str) -> str:
        """Say which row."""
        return self.said(say("Row {row}", row=row))

    def on_seat(self, number: str) -> str:
        """Say which seat."""
        return self.said(say("Seat {seat}", seat=number))

    def reprint(self, issue: int) -> str:
        """Say which print of the ticket it is."""
        return self.said(say("Reprint {number}", number=str(issue)))

    def more_rows(self, count: int) -> str:
        """Say how many rows are left out."""
        return self.said(say_count("+ {count} more row", "+ {count} more rows", count))

    def said(self, sentence: Sentence) -> str:
        """Say a sentence in the language."""
        return sentence.in_language(self._language)


@cache
def captions_in(language: str) -> Captions:
    """Return the fixed words in a language."""
    return Captions(language)


class _Language:
    """Says sentences by a catalogue; what stands in them is written as it comes."""

    def __init__(self, texts: Catalogue) -> None:
        self._texts = texts

    def say(self, template: str) -> str:
        return self._texts.say(template)

    def say_count(self, one: str, many: str, count: int) -> str:
        return self._texts.say_count(one, many, count)

    def write(self, fact: Fact) -> str:
        return str(fact)
