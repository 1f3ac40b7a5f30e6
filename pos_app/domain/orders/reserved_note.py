"""What a till says of a seat that is reserved."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class ReservedNote:
    """For whom, under which number, and until when (UTC). same_day: that is on the day of the performance."""

    order_id: int
    number: str
    name: str
    until: datetime
    time_zone: str
    same_day: bool
