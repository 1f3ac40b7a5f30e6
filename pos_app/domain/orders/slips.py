"""The slip of a reservation: what the customer brings to pick it up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from pos_app.domain.tickets.group_cover import GroupCover


@dataclass(frozen=True, slots=True)
class SlipFace:
    """What is printed on a slip. reserved: the seats that are still reserved, and what is to pay for them.

    release_at: UTC, when they are given back; time_zone: IANA name. It carries the order's number as its code.
    """

    reserved: GroupCover
    release_at: datetime
    time_zone: str

    @property
    def code(self) -> str:
        """What its QR symbol carries."""
        return self.reserved.order_number
