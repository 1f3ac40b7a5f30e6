"""Which evening, and which seats of it: what everybody who handles a sale wants to know of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pos_app.domain.seats import tell_places

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from pos_app.domain.seats import Place
    from pos_app.domain.sentences import Sentence
    from pos_app.domain.tickets.faces import TicketFace


@dataclass(frozen=True, slots=True)
class PerformanceSeats:
    """Places of one performance, as they are told together. starts_at, ends_at: UTC. is_cancelled: it is not given."""

    performance_id: int
    title: str
    starts_at: datetime
    time_zone: str
    places: tuple[Place, ...]
    ends_at: datetime | None = None
    is_cancelled: bool = False

    def spoken(self) -> Sentence:
        """Return the places in one line: "Stalls, row G, seats 12-15, 18"."""
        return tell_places(self.places)


def seats_of_faces(faces: Iterable[TicketFace]) -> tuple[PerformanceSeats, ...]:
    """Return which evenings tickets are for, and the places of each, in the order of the tickets."""
    found: dict[int, list[TicketFace]] = {}
    for face in faces:
        found.setdefault(face.performance_id, []).append(face)
    return tuple(
        PerformanceSeats(
            performance_id,
            own[0].event_title,
            own[0].starts_at,
            own[0].time_zone,
            tuple(face.place for face in own),
            own[0].ends_at,
        )
        for performance_id, own in found.items()
    )
