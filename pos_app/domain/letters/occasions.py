"""What a letter is written for, as the service knows that writes it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pos_app.domain.letters.kinds import LetterKind


@dataclass(frozen=True, slots=True)
class Occasion:
    """What is told, in the transaction that did it. request_id: of this letter; the same occasion writes one letter.

    order_id, change_id: what it is about; performance_id: the one that was cancelled or moved. facts: only what the
    books do not tell later, as JSON takes it. Its keys:

    tickets: [[id, issue count], ...], those that go with it; one with another issue count by then is void. seats:
    [[performance, seat], ...], the places it tells of, where they are not those of the change's lines. release_at: ISO,
    UTC: until when seats are reserved, or were. amount_minor, currency: money that goes back. paid: whether that was
    paid already. starts_was: ISO, UTC, of a performance that was moved in time. from_performance: where guests were
    moved from. code: of a verification. subject, text: what somebody typed (a note). entry, offer: of a waiting list;
    place: of the entry in its queue, 1 is next. lines: of an order, whose tickets are on resale, or were.
    """

    kind: LetterKind
    request_id: str
    order_id: int | None = None
    change_id: int | None = None
    performance_id: int | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)
    staff_id: int | None = None
