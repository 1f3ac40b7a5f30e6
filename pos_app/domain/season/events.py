"""Events as a manager sees them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from datetime import datetime

LONGEST_TITLE: Final = 160
LONGEST_DESCRIPTION: Final = 10_000
LONGEST_KIND: Final = 20


@dataclass(frozen=True, slots=True)
class EventDraft:
    """What a manager decides about an event. kind: its type in the house's own words (Theatre, Concert)."""

    title: str
    description: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class EventRecord:
    """An event. performances: all that are not put away; next_at: when the next one begins, in the zone of its venue.

    has_artwork: there is a picture of it. archived: put away; it comes back as it was.
    """

    event_id: int
    title: str
    description: str
    kind: str
    performances: int
    next_at: datetime | None
    time_zone: str
    has_artwork: bool
    archived: bool


@dataclass(frozen=True, slots=True)
class Artwork:
    """The picture of an event, made by the house itself: JPEG or PNG of width times height pixels."""

    image: bytes
    media_type: str
    width: int
    height: int
