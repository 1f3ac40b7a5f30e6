"""What a till says of a seat that is offered to somebody who waited."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class OfferedNote:
    """To whom, and until when (UTC). same_day: that is on the day of the performance."""

    offer_id: int
    name: str
    until: datetime
    time_zone: str
    same_day: bool
