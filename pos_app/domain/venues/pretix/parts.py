"""Parts of a plan file, each put into words only when there is something to say about it: a file has 60,000 seats."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from pos_app.domain.sentences import say, say_list

if TYPE_CHECKING:
    from pos_app.domain.sentences import Sentence


@dataclass(frozen=True, slots=True)
class ZonePart:
    """A zone, by its name; by its turn (from 1) where it has none."""

    name: str
    turn: int

    def spoken(self, *, begins: bool = False) -> Sentence:
        """Return it in words. begins: a sentence begins with it."""
        if self.name:
            return say_list(self.name)
        turn = str(self.turn)
        return say("Zone {turn}", turn=turn) if begins else say("zone {turn}", turn=turn)


@dataclass(frozen=True, slots=True)
class RowPart:
    """A row of a zone, by its label; by its turn (from 1) where it has none."""

    zone: ZonePart
    label: str
    turn: int

    def spoken(self, *, begins: bool = False) -> Sentence:
        """Return it in words. begins: a sentence begins with it."""
        zone = self.zone.spoken(begins=begins)
        if self.label:
            return say("{zone}, row {row}", zone=zone, row=self.label)
        return say("{zone}, row {turn} of the list", zone=zone, turn=str(self.turn))


@dataclass(frozen=True, slots=True)
class SeatPart:
    """A seat of a row; one without a number cannot be told from the others."""

    row: RowPart
    number: str

    def spoken(self, *, begins: bool = False) -> Sentence:
        """Return it in words. begins: a sentence begins with it."""
        if self.number:
            return say("{row}, seat {seat}", row=self.row.spoken(begins=begins), seat=self.number)
        row = self.row.spoken()
        return say("A seat of {row}", row=row) if begins else say("a seat of {row}", row=row)


@dataclass(frozen=True, slots=True)
class AreaPart:
    """An area of a zone, by its turn (from 1)."""

    zone: ZonePart
    turn: int

    def spoken(self, *, begins: bool = False) -> Sentence:
        """Return it in words. begins: a sentence begins with it."""
        return say("{zone}, area {turn}", zone=self.zone.spoken(begins=begins), turn=str(self.turn))


FilePart: TypeAlias = ZonePart | RowPart | SeatPart | AreaPart
Where: TypeAlias = str | FilePart
"""Where something odd stands: a part of the file, words for the whole, or a name. "": nowhere in particular."""
